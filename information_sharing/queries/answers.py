"""What an answer says to whoever reads it: nobody learns from it of items that they do not see."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from agencies.access.roles import EMERGENCY_ACCESS
from agencies.access.transitions import roles_on
from agencies.access.viewer import Viewer
from information_sharing.choices import AnswerKind
from information_sharing.models import Answer, InformationRequest, Item

ANSWERED = "Answered"
"""What somebody reads who has emergency access and sees no item of an answer: what is for the hub alone and
nothing to share read alike."""


def words_of(viewer: Viewer, requests: Iterable[InformationRequest], answers: Iterable[Answer]) -> dict[uuid.UUID, str]:
    """Return by request what its answer says to the viewer; "nothing held" and "only sealed items" read alike."""
    through_glass = {one.pk for one in requests if EMERGENCY_ACCESS in roles_on(one, viewer)}
    shown: set[uuid.UUID] = set()
    if through_glass:
        items = Item.objects.filter(request_id__in=through_glass).visible_to(viewer).given()
        shown = set(items.values_list("request_id", flat=True))
    hidden = through_glass - shown
    return {
        one.request_id: ANSWERED
        if one.request_id in hidden and one.kind != AnswerKind.HELD_NOT_SHARED
        else one.get_kind_display()
        for one in answers
    }
