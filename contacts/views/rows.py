"""Records as the components draw them: labels and values."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, QueryDict
from django.urls import reverse

from clock.queries import Countdown
from common.templatetags.hub import london_short
from contacts.choices import Known


@dataclass(frozen=True)
class Fact:
    """A label and what it is."""

    label: str
    value: Any


@dataclass(frozen=True)
class DrawnMove:
    """A move as the page draws it."""

    label: str
    url: str
    is_link: bool
    tone: str = "secondary"
    hidden: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class ListRow:
    """One line of the list of contacts."""

    url: str
    reference: str
    colour: str
    cells: list[str]
    due_at: Any
    due_label: str


def posted(request: HttpRequest) -> QueryDict | None:
    """Return what a form was sent with, even nothing at all; None while the page is only opened."""
    return request.POST if request.method == "POST" else None


def list_rows(contacts: Iterable[Any], clocks: Mapping[uuid.UUID, Countdown]) -> list[ListRow]:
    """Return the lines of the list."""
    made = []
    for one in contacts:
        clock = clocks.get(one.pk)
        children = [child.name for child in one.subjects.all() if child.kind == "child"]
        with_whom = one.social_worker or one.claimed_by
        made.append(
            ListRow(
                url=reverse("contacts:contact", args=[one.reference]),
                reference=one.reference,
                colour=one.colour,
                cells=[
                    one.get_state_display(),
                    ", ".join(children),
                    one.get_referrer_kind_display(),
                    london_short(one.arrived_at),
                    with_whom.user.name if with_whom else "Nobody yet",
                ],
                due_at=clock.due_at if clock else None,
                due_label=clock.label if clock else "",
            )
        )
    return made


def facts(subject: Any) -> list[Fact]:
    """Return what is known of a child or an adult; what is not known is left out, except age and sex."""
    rows = [
        Fact("Who this is", subject.part),
        Fact("Other names", subject.other_names),
        Fact("Sex", subject.get_sex_display()),
        Fact("Ethnicity", subject.ethnicity),
        Fact("Language", subject.language),
        Fact("Disability or special need", subject.disability),
        Fact("School or nursery", subject.school),
        Fact("GP practice", subject.practice),
        Fact("NHS number", subject.nhs_number),
        Fact("Unique pupil number", subject.unique_pupil_number),
        Fact("Lives", "" if subject.lives_in_household else subject.address or "Somewhere else"),
    ]
    return [_born(subject), *[row for row in rows if row.value]]


def _born(subject: Any) -> Fact:
    if subject.is_unborn:
        return Fact("Not born yet, expected", subject.expected_on)
    if subject.date_of_birth is None:
        return Fact("Age as reported", subject.age_reported)
    return Fact("Date of birth", subject.date_of_birth)


def summary_rows(contact: Any) -> list[Fact]:
    """Return the answers of a contact in the order of the page."""
    known = contact.get_known_display()
    if contact.known == Known.OPEN and contact.open_to:
        known = f"{known}: {contact.open_to}"
    address = f"{contact.address}\nProtected address" if contact.address_is_protected else contact.address
    rows = [
        Fact("Arrived", contact.arrived_at),
        Fact("How", contact.get_channel_display()),
        Fact("Logged", _by(contact.logged_at, contact.logged_by)),
        Fact("Known or open", known),
        Fact("Systems searched", contact.systems_searched),
        Fact("When it happened", contact.happened_on),
        Fact("A crime may have been committed", contact.crime_possible),
        Fact("A child may be in danger now", contact.immediate_danger),
        Fact("Address", address),
        Fact("Family's agreement", _with_reason(contact.get_agreement_display(), contact.agreement_reason)),
        Fact("May the family be told?", _with_reason(contact.get_may_tell_display(), contact.may_tell_reason)),
        Fact("Acknowledged to the referrer", _by(contact.acknowledged_at, contact.acknowledged_by) or "Not yet"),
    ]
    if contact.ended_at:
        rows.append(Fact("Ended", contact.ended_at))
    if contact.worker_acknowledged_at:
        rows.append(Fact("Acknowledged by the worker", contact.worker_acknowledged_at))
    return rows


def _by(moment: Any, membership: Any) -> str:
    if moment is None:
        return ""
    return f"{london_short(moment)}, {membership.user.name}" if membership else london_short(moment)


def _with_reason(said: str, reason: str) -> str:
    return f"{said}\n{reason}" if reason else said


def referrer_rows(referrer: Any) -> list[Fact]:
    """Return what the viewer may see of who was worried; empty where they may see nothing."""
    if referrer is None:
        return []
    rows = [
        Fact("Name", referrer.name),
        Fact("Organisation", referrer.organisation),
        Fact("Post", referrer.post),
        Fact("Telephone", referrer.telephone),
        Fact("Email", referrer.email),
        Fact("Address", referrer.address),
        Fact("Safe ways to get in touch", referrer.safe_ways),
        Fact("Their own reference", referrer.own_reference),
    ]
    private = Fact("Kept private", referrer.is_private)
    return [private, *[row for row in rows if row.value]]
