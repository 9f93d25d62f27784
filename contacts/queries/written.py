"""Every text of a contact in which somebody may have written a protected place: where it is opened, they stand."""

from __future__ import annotations

from collections.abc import Iterator

from agencies.access.viewer import Viewer
from contacts.models import (
    Contact,
    Correction,
    EarlierValue,
    FurtherReason,
    Protection,
    Referrer,
    Report,
    StrategyDiscussion,
    Subject,
    Whereabouts,
)
from contacts.rules import labels

OF_CONTACT = {
    "concern": labels.CONCERN,
    "systems_searched": "Systems searched",
    "hazards": labels.HAZARDS,
    "agreement_reason": labels.AGREEMENT,
    "may_tell_reason": labels.MAY_TELL,
    "protected_from": "From whom the address is protected",
}
OF_PERSON = {
    "part": "who this is",
    "other_names": "other names",
    "age_reported": "age as reported",
    "ethnicity": "ethnicity",
    "language": "language",
    "disability": "disability or special need",
    "protected_from": "from whom their places are protected",
}
OF_REFERRER = {
    "post": "post",
    "telephone": "telephone",
    "safe_ways": "when it is safe",
    "own_reference": "their own reference",
}
"""Columns in which somebody writes, and what the page calls them. Names and places are not among them."""

OF_DISCUSSION = {"invited": "invited", "present": "present", "agreed": "agreed", "actions": "actions"}

Texts = Iterator[tuple[str, str]]


def texts_of(
    viewer: Viewer, contact: Contact, people: list[Subject], referrer: Referrer | None
) -> list[tuple[str, str]]:
    """Return the texts of a contact that the viewer sees, each with its heading."""
    report = Report.objects.visible_to(viewer).filter(pk=contact.pk).first()
    corrections = Correction.objects.visible_to(viewer).filter(contact_id=contact.pk)
    before = EarlierValue.objects.visible_to(viewer).filter(contact_id=contact.pk)
    return [
        ("As reported", report.text if report else ""),
        *((what, getattr(contact, name)) for name, what in OF_CONTACT.items()),
        *((f"{one.name}: {what}", getattr(one, name)) for one in people for name, what in OF_PERSON.items()),
        *((f"Referrer: {what}", getattr(referrer, name, "")) for name, what in OF_REFERRER.items()),
        *(("Correction", one.text) for one in corrections),
        *((f"Before it was changed: {one.get_column_display()}", one.text) for one in before),
        *_of_protection(viewer, contact),
    ]


def _of_protection(viewer: Viewer, contact: Contact) -> Texts:
    work = list(Protection.objects.visible_to(viewer).filter(contact_id=contact.pk))
    keys = [one.pk for one in work]
    for one in work:
        yield "Protect now: what the danger is", one.reason
        yield "Protect now: why it ended", one.stood_down_reason
    for further in FurtherReason.objects.visible_to(viewer).filter(protection_id__in=keys):
        yield "Protect now: raised again, or added", further.text
    for where in Whereabouts.objects.visible_to(viewer).filter(protection_id__in=keys):
        yield "Where a child is: with whom", where.with_whom
        yield "Where a child is: from whom it is protected", where.protected_from
    for held in StrategyDiscussion.objects.visible_to(viewer).filter(protection_id__in=keys):
        for name, what in OF_DISCUSSION.items():
            yield f"Strategy discussion: {what}", getattr(held, name)
