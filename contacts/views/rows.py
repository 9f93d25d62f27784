"""Records as the components draw them: labels and values."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse

from clock.queries import Countdown
from common.nothing_shown import NOT_KNOWN_YET, yes_or_no
from common.templatetags.hub import london_short
from common.views import Line, Row
from contacts.choices import Known, PersonKind
from contacts.rules import labels
from contacts.rules.hazards import hazards_in_words
from contacts.rules.protected import shield_of, shield_of_base, shield_of_own
from contacts.rules.reaching import in_words

if TYPE_CHECKING:
    from agencies.models import Membership
    from contacts.models import Contact, Referrer, Subject
    from contacts.queries import About
    from contacts.views.masking import Masks


def list_rows(
    contacts: Iterable[Contact],
    clocks: Mapping[uuid.UUID, Countdown],
    workers: Mapping[uuid.UUID, str],
    about: About,
) -> list[Line]:
    """Return the lines of the list.

    Args:
        workers: who deals with each that is in an enquiry.
        about: whom each is about.
    """
    made = []
    for one in contacts:
        clock = clocks.get(one.pk)
        people = about.contact(one.pk)
        made.append(
            Line(
                url=reverse("contacts:contact", args=[one.reference]),
                reference=one.reference,
                colour=one.colour,
                proposed="" if one.colour else people.proposed,
                cells=[
                    people,
                    one.get_state_display(),
                    one.get_referrer_kind_display(),
                    london_short(one.arrived_at),
                    workers.get(one.pk) or (one.claimed_by.user.name if one.claimed_by else "Unassigned"),
                ],
                due_at=clock.due_at if clock else None,
                due_label=clock.label if clock else "",
            )
        )
    return made


def facts(subject: Subject, masks: Masks) -> list[Row]:
    """Return what is known of a child or an adult; what is not known is left out, except age, sex and home."""
    shield = shield_of(subject, masks.contact)
    rows = [
        masks.said("Who this is", subject.part),
        masks.said("Other names", subject.other_names),
        Row("Sex", subject.get_sex_display()),
        masks.said("Ethnicity", subject.ethnicity),
        masks.said("Language", subject.language),
        masks.said("Disability or special need", subject.disability),
        masks.row("School or nursery", subject.school, shield),
        masks.row("GP practice", subject.practice, shield),
        Row("NHS number", subject.nhs_number),
        Row("Unique pupil number", subject.unique_pupil_number),
        _lives(subject, masks),
        masks.said("Places protected from", subject.protected_from if subject.address_is_protected else ""),
        Row("Safe to reach by", _safe_by(subject)),
    ]
    died = [Row("Died", subject.died_on or "Day not known")] if subject.has_died else []
    return [_born(subject, masks), *died, *[row for row in rows if row.value]]


def _safe_by(one: Referrer | Subject) -> str:
    """Return how it is safe to reach somebody; of a child only what was said."""
    is_child = getattr(one, "kind", "") == PersonKind.CHILD
    return "" if is_child and not one.safe_by else in_words(one.safe_by)


def _lives(subject: Subject, masks: Masks) -> Row:
    if subject.lives_in_household is None and not subject.address:
        return Row("Lives", NOT_KNOWN_YET)
    if subject.lives_in_household:
        return Row("Lives", "In this household")
    if not subject.address:
        return Row("Lives", "Somewhere else")
    return masks.row("Lives", subject.address, shield_of_own(subject, masks.contact, masks.home), "Address")


def _born(subject: Subject, masks: Masks) -> Row:
    if subject.is_unborn:
        return Row("Not born yet, expected", subject.expected_on)
    if subject.date_of_birth is None:
        return masks.said("Age as reported", subject.age_reported)
    return Row("Date of birth", subject.date_of_birth)


FLOOD_SAYS = "Yes: many were sent within an hour. It may be real all the same; no receipt was mailed."


def summary_rows(contact: Contact, masks: Masks) -> list[Row]:
    """Return the answers of a contact in the order of the page."""
    agreement = _with_reason(contact.get_agreement_display(), masks.text(contact.agreement_reason))
    may_tell = _with_reason(contact.get_may_tell_display(), masks.text(contact.may_tell_reason))
    rows = [
        Row(labels.ARRIVED, contact.arrived_at),
        Row(labels.CHANNEL, contact.get_channel_display()),
        Row("Logged", _by(contact.logged_at, contact.logged_by)),
        _known(contact, masks),
        masks.said("Systems searched", contact.systems_searched),
        Row("When it happened", contact.happened_on),
        Row(labels.CRIME, yes_or_no(contact.crime_possible)),
        Row(labels.DANGER, yes_or_no(contact.immediate_danger)),
        Row("Mark on a child who cannot move", yes_or_no(contact.infant_mark)),
        Row(labels.HAZARDS, hazards_in_words(contact.visit_hazard, masks.text(contact.hazards))),
        masks.row("Address", contact.address, masks.home),
        masks.said("Protected address", _protected(contact)),
        Row(labels.AGREEMENT, agreement),
        Row(labels.MAY_TELL, may_tell),
        Row("Acknowledged to the referrer", _by(contact.acknowledged_at, contact.acknowledged_by) or "Not yet"),
    ]
    if contact.came_in_flood:
        rows.append(Row(labels.FLOOD, FLOOD_SAYS))
    if contact.ended_at:
        rows.append(Row("Ended", contact.ended_at))
    if contact.worker_acknowledged_at:
        rows.append(Row("Acknowledged by the worker", contact.worker_acknowledged_at))
    return rows


def _known(contact: Contact, masks: Masks) -> Row:
    label, known = labels.KNOWN, contact.get_known_display()
    if contact.known != Known.OPEN or not contact.open_to:
        return Row(label, known)
    shield = shield_of_base(contact.open_to, masks.contact)
    return masks.row(label, f"{known}: {contact.open_to}", shield, f"{known}: worker or team")


def _protected(contact: Contact) -> str:
    if contact.address_is_protected and contact.protected_from:
        return f"Yes, from {contact.protected_from}"
    return yes_or_no(contact.address_is_protected)


def _by(moment: datetime | None, membership: Membership | None) -> str:
    if moment is None:
        return ""
    return f"{london_short(moment)}, {membership.user.name}" if membership else london_short(moment)


def _with_reason(answer: str, reason: str) -> str:
    return f"{answer}\n{reason}" if reason else answer


def referrer_rows(referrer: Referrer | None, masks: Masks) -> list[Row]:
    """Return what the viewer may see of who was worried; empty where they may see nothing."""
    if referrer is None:
        return []
    rows = [
        Row("Name", referrer.name),
        masks.base("Organisation", referrer.organisation),
        masks.said("Post", referrer.post),
        masks.said("Telephone", referrer.telephone),
        Row("Email", referrer.email),
        masks.row("Address", referrer.address, masks.home),
        Row("Safe to reach by", _safe_by(referrer)),
        masks.said("When it is safe", referrer.safe_ways),
        masks.said("Their own reference", referrer.own_reference),
    ]
    private = Row("Kept private", referrer.is_private)
    return [private, *[row for row in rows if row.value]]
