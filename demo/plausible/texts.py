"""Which texts are read, and of which contact or enquiry each of them is."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import models

from contacts.models import Contact, Protection, Report
from decisions.models import (
    Analysis,
    ChildMeaning,
    ChildReasons,
    DecisionBasis,
    FamilyLetter,
    Feedback,
    MashSummary,
    SealedReasons,
)
from demo.plausible.seen import TextSeen
from information_sharing.models import InformationRequest, ItemText, SealedText, SharingAuthority
from screening.models import Handover, PanelView, ScreeningReasons


@dataclass(frozen=True)
class Written:
    """Columns of a model that hold what somebody wrote; `of` leads to the key of the contact or the enquiry."""

    where: str
    model: type[models.Model]
    of: str
    columns: tuple[str, ...]


WRITTEN = (
    Written("contact", Contact, "id", ("concern", "agreement_reason", "may_tell_reason", "hazards")),
    Written("report", Report, "contact_id", ("text",)),
    Written("protection", Protection, "contact_id", ("reason",)),
    Written("screening", ScreeningReasons, "screening.contact_id", ("text",)),
    Written("view", PanelView, "screening.contact_id", ("reason",)),
    Written("handover", Handover, "contact_id", ("text",)),
    Written("authority", SharingAuthority, "enquiry_id", ("reason",)),
    Written("request", InformationRequest, "enquiry_id", ("asks", "purpose", "concern")),
    Written("item", ItemText, "item.enquiry_id", ("text",)),
    Written("sealed item", SealedText, "item.enquiry_id", ("text",)),
    Written(
        "analysis",
        Analysis,
        "enquiry_id",
        ("family_conversation", "risks", "protection", "child_views", "family_views", "gaps", "summary",
         "recommendation"),
    ),
    Written("meaning", ChildMeaning, "analysis.enquiry_id", ("text",)),
    Written("decision", ChildReasons, "child.decision.enquiry_id", ("text",)),
    Written("sealed reasons", SealedReasons, "decision.enquiry_id", ("text",)),
    Written("basis", DecisionBasis, "decision.enquiry_id", ("missing",)),
    Written("summary", MashSummary, "enquiry_id", ("covering_text",)),
    Written("letter", FamilyLetter, "contact_id", ("text", "held_back_reason")),
    Written("feedback", Feedback, "contact_id", ("reason", "meanwhile")),
)  # fmt: skip


def read_texts() -> dict[uuid.UUID, list[TextSeen]]:
    """Return all texts that whoever is at work may see, by the key of their contact or enquiry."""
    found: dict[uuid.UUID, list[TextSeen]] = defaultdict(list)
    for written in WRITTEN:
        for key, text in _read(written):
            found[key].append(TextSeen(written.where, text))
    return found


def _read(written: Written) -> Iterator[tuple[uuid.UUID, str]]:
    way = written.of.split(".")
    rows: Iterable[models.Model] = written.model._default_manager.all()
    if way[:-1]:
        rows = written.model._default_manager.select_related("__".join(way[:-1]))
    for row in rows:
        owner: object = row
        for name in way:
            owner = getattr(owner, name)
        if not isinstance(owner, uuid.UUID):
            raise TypeError(f"{written.where} does not lead to a key.")
        for column in written.columns:
            if text := str(getattr(row, column)):
                yield owner, text
