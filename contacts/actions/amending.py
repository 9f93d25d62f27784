"""A contact is completed, taken and put right; what was reported stays as it is."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from dataclasses import fields
from datetime import datetime
from typing import Any

from django.db import transaction

from agencies.access import transitions
from agencies.access.identity import acting_as
from agencies.access.viewer import CLOCK, Viewer
from common.errors import RuleBroken
from common.moments import london_day
from contacts.actions.dangers import clock_danger
from contacts.actions.rows import (
    address_keys,
    keep_earlier,
    place_keys,
    referrer_columns,
    refuse,
    renew_keys,
)
from contacts.choices import ReferrerKind
from contacts.models import Contact, Correction, Receipt, Referrer, Report, Subject
from contacts.reads.whereabouts import hidden_children
from contacts.rules.dates import impossible_day
from contacts.rules.intake import (
    LONGEST_TEXT,
    Problem,
    ReportedReferrer,
    hazard_problems,
    is_kept_private,
    known_problems,
    reason_problems,
    safe_way_problems,
)
from contacts.rules.leaks import gives_away
from contacts.rules.protected import Home, places_in, protected_secrets, shield_of_home
from contacts.rules.reaching import why_not_by_email
from contacts.transitions import CONTACT
from notices.actions import withdraw_from_address

KEYS = frozenset({"address_keys", "place_keys"})
"""Made of the address; no change of their own."""

AMENDABLE = frozenset(
    {
        "concern",
        "happened_on",
        "crime_possible",
        "immediate_danger",
        "infant_mark",
        "address",
        "address_is_protected",
        "protected_from",
        "visit_hazard",
        "hazards",
        "known",
        "systems_searched",
        "open_to",
        "agreement",
        "agreement_reason",
        "may_tell",
        "may_tell_reason",
    }
)
"""What may be completed later. Arrival, source and the report itself may not."""

DANGER_STANDS = "Somebody said that a child is in danger. Answer Yes, or No once you know that it is over"


@transaction.atomic
def amend_contact(
    contact: Contact,
    changes: Mapping[str, Any],
    *,
    viewer: Viewer,
    at: datetime,
    version: int | None = None,
    referrer: ReportedReferrer | None = None,
) -> Contact:
    """Complete a contact: concern for sharing, what the searches found, agreement, who the referrer is.

    Args:
        changes: columns and their new values; those that are as before change nothing.
        referrer: who was worried, anew and in full; None leaves it as it is.

    Raises:
        NotPermitted: the viewer's role does not complete contacts.
        MoveNotAllowed: it has ended; a correction still stands open.
        StaleRecord: somebody saved it since.
        RuleBroken: the new values cannot be.
        ValueError: a column that never changes.
    """
    if not AMENDABLE.issuperset(changes):
        raise ValueError("Only what AMENDABLE names may change after a contact was logged.")
    changed = {name: value for name, value in changes.items() if getattr(contact, name) != value}
    wanted = {name: getattr(contact, name) for name in AMENDABLE} | changed
    known = Referrer.objects.filter(contact_id=contact.pk).first()
    _refuse_giving_away(wanted, referrer or (as_reported(known) if known else None), contact, viewer)
    refuse(_problems(wanted, referrer, today=london_day(at)))
    if contact.immediate_danger and wanted["immediate_danger"] is None:
        raise RuleBroken(DANGER_STANDS, field="immediate_danger")
    if {"address", "address_is_protected"} & changed.keys():
        people = list(Subject.objects.visible_to(viewer).filter(contact_id=contact.pk))
        is_protected = shield_of_home(_home(wanted), people) is not None
        changed["address_keys"] = address_keys(wanted["address"], is_protected=is_protected)
        changed["place_keys"] = place_keys(wanted["address"], is_protected=is_protected)
    details = {"changed": " ".join(sorted({*changed, *(["referrer"] if referrer else [])} - KEYS))}
    before = copy(contact)
    saved = transitions.apply(
        contact, "contact.amended", table=CONTACT, viewer=viewer, at=at, version=version, details=details, **changed
    )
    keep_earlier(before, changed, viewer=viewer, at=at)
    if {"address", "address_is_protected", "protected_from"} & changed.keys():
        _renew_homes(saved)
    if "immediate_danger" in changed:
        clock_danger(saved, at=at)
    if referrer is not None and known is not None:
        change_referrer(contact, known, referrer, at=at)
    return saved


def change_referrer(contact: Contact, known: Referrer, referrer: ReportedReferrer, *, at: datetime) -> None:
    """Write who was worried anew, and take back the mail that may not leave for them any more."""
    columns, reached_at = referrer_columns(referrer, kind=contact.referrer_kind), known.email.strip()
    for name, value in columns.items():
        setattr(known, name, value)
    known.save(update_fields=list(columns))
    if why_not_by_email(known.safe_by) or known.email.strip() != reached_at:
        _hold_mail_back(contact, at=at)


def _hold_mail_back(contact: Contact, *, at: datetime) -> None:
    """Take back what still waits to leave for a referrer whom it is not safe to mail, or who has another address."""
    with acting_as(CLOCK):
        receipts = Receipt.objects.filter(contact_id=contact.pk).values_list("reference", flat=True)
        references = [contact.reference, *receipts]
    withdraw_from_address(references, at=at)


def _renew_homes(contact: Contact) -> None:
    """Make the keys of the people of a contact anew: by its new address, or because that is protected now."""
    people = list(Subject.objects.filter(contact_id=contact.pk))
    renew_keys(contact, people, shield_of_home(contact, people))


def _refuse_giving_away(
    wanted: Mapping[str, Any], who: ReportedReferrer | None, contact: Contact, viewer: Viewer
) -> None:
    report = Report.objects.visible_to(viewer).filter(contact_id=contact.pk).first()
    people = list(Subject.objects.visible_to(viewer).filter(contact_id=contact.pk))
    is_private = who is not None and is_kept_private(who.is_private, contact.referrer_kind)
    given_away = gives_away(
        wanted["concern"],
        who if is_private else None,
        report.text if report else "",
        people,
        is_self=contact.referrer_kind == ReferrerKind.SELF,
        protected=protected_secrets(
            [*places_in(_home(wanted), people, who), *hidden_children(viewer, [contact], people)]
        ),
    )
    if given_away:
        raise RuleBroken(given_away, field="concern")


def _home(wanted: Mapping[str, Any]) -> Home:
    return Home(**{one.name: wanted[one.name] for one in fields(Home)})


def _problems(wanted: Mapping[str, Any], referrer: ReportedReferrer | None, *, today: Any) -> list[Problem]:
    found = [
        *hazard_problems(wanted["visit_hazard"], wanted["hazards"]),
        *known_problems(wanted["known"], wanted["open_to"]),
        *reason_problems(
            wanted["agreement"], wanted["agreement_reason"], wanted["may_tell"], wanted["may_tell_reason"]
        ),
    ]
    wrong = impossible_day(wanted["happened_on"], today=today, what="This day")
    if wrong:
        found.append(Problem("happened_on", wrong))
    if len(wanted["concern"]) > LONGEST_TEXT:
        found.append(Problem("concern", f"Shorten this to {LONGEST_TEXT:,} characters"))
    found += safe_way_problems(referrer.safe_by) if referrer else []
    return found


def as_reported(known: Referrer) -> ReportedReferrer:
    """Return who was worried, as they stand on record."""
    names = ReportedReferrer.__dataclass_fields__
    return ReportedReferrer(**{name: getattr(known, name) for name in names})


@transaction.atomic
def claim_contact(contact: Contact, *, viewer: Viewer, at: datetime, version: int | None = None) -> Contact:
    """Take a contact: the viewer sees to it.

    Raises:
        NotPermitted: the viewer's role does not take contacts.
        MoveNotAllowed: it has been screened already.
        StaleRecord: somebody was quicker.
    """
    return transitions.apply(
        contact,
        "contact.claimed",
        table=CONTACT,
        viewer=viewer,
        at=at,
        version=version,
        claimed_by_id=viewer.membership_id,
    )


@transaction.atomic
def correct_contact(contact: Contact, text: str, *, viewer: Viewer, at: datetime) -> Correction:
    """Write beside a contact what turned out to be wrong in it; nothing is overwritten. In any state.

    Raises:
        NotPermitted: the viewer's role does not correct contacts.
        RuleBroken: the text is empty or too long.
    """
    if not text.strip():
        raise RuleBroken("Enter what is wrong, and what is right instead", field="text")
    if len(text) > LONGEST_TEXT:
        raise RuleBroken(f"Shorten this to {LONGEST_TEXT:,} characters", field="text")
    transitions.apply(contact, "contact.corrected", table=CONTACT, viewer=viewer, at=at)
    correction = Correction(contact=contact, text=text.strip(), made_at=at, made_by_id=viewer.member)
    correction.save(force_insert=True)
    return correction
