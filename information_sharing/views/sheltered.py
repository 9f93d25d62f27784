"""The protected address of a request: a field of its own that is opened by a press of a button, each time logged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse

from agencies.access import transitions
from agencies.access.opened import OWN_ACCESS, opened_word, purpose_of
from agencies.access.roles import ASSIGNED, looks_into
from agencies.access.viewer import HubRequest, Viewer
from agencies.choices import Role
from audit.actions import record_reading
from information_sharing import forms

if TYPE_CHECKING:
    from information_sharing.models import InformationRequest

FREELY = frozenset({Role.MANAGER, ASSIGNED})


@dataclass(frozen=True)
class Shield:
    """How the viewer of a request opens its protected address.

    Attributes:
        purpose: what they have just opened it for; empty where they have not.
        form: asks what for; None where it is their own case.
        url: opens it without a form: whoever looks into a case that is not theirs sends none.
    """

    purpose: str
    form: forms.OpenAddressForm | None
    url: str


def shield_for(
    request: HubRequest, asked: InformationRequest, form: forms.OpenAddressForm | None = None, *, at: datetime
) -> Shield | None:
    """Return it, and write down that the address is shown; None where the request holds none."""
    if not asked.protected_address:
        return None
    viewer = request.viewer
    purpose = purpose_of(request.GET.get("opened", ""), viewer, asked.pk)
    if purpose:
        _record(viewer, asked, purpose=purpose, at=at)
    url = ""
    if looks_into(asked.enquiry_id, viewer):
        word = opened_word(viewer, asked.pk, purpose=viewer.case_access.why(asked.enquiry_id) or OWN_ACCESS)
        url = f"{reverse('information_sharing:request', args=[asked.reference])}?opened={word}"
    return Shield(purpose, None if opens_freely(viewer, asked) else form or forms.OpenAddressForm(), url)


def opens_freely(viewer: Viewer, asked: InformationRequest) -> bool:
    """Say whether it is the viewer's own case: no purpose is asked."""
    return bool(transitions.roles_on(asked, viewer) & FREELY)


def _record(viewer: Viewer, asked: InformationRequest, *, purpose: str, at: datetime) -> None:
    record_reading(
        "protected_places",
        actor=viewer,
        at=at,
        item_ids=[asked.pk],
        reference=asked.reference,
        enquiry_id=asked.enquiry_id,
        purpose=purpose,
    )
