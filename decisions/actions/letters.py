"""Letters to parents: one to each, apart, to their own address; or held back with a reason."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import transaction

import clock.actions as clock
from agencies.access import roles, transitions
from agencies.access.viewer import Viewer
from agencies.choices import Role
from agencies.queries import hub_settings
from audit.actions import record
from common.errors import MoveNotAllowed, NotVisible, RuleBroken
from common.moments import london_day
from contacts.choices import PersonKind, RelationKind
from contacts.models import Contact, Relation, Subject
from contacts.reads.kin import parents_of
from contacts.rules.outgoing import check_outgoing
from contacts.rules.protected import is_kept_from
from contacts.rules.reaching import why_not_by_post
from decisions.actions.came_back import refuse_same_address, settle_by_letter
from decisions.choices import LetterState, SeenToBy
from decisions.mail.letter import LetterChild, letter_text
from decisions.models import FamilyLetter
from decisions.reads.came_back import is_back
from decisions.reads.contact import ENDED
from decisions.reads.leaks import of_letter
from decisions.reads.letters import is_of_this_ending, shield_of_letter, unwritten
from decisions.transitions import LETTER

KIN = (RelationKind.PARENT, RelationKind.STEP_PARENT, RelationKind.CARER)
"""Relations that make somebody an addressee for a child."""

HAS_DIED = "This person has died: nobody is written to in their name. Hold the letter back, if one was begun."


@transaction.atomic
def begin_letter(contact: Contact, subject_id: uuid.UUID, *, viewer: Viewer, at: datetime) -> FamilyLetter:
    """Begin the letter to one adult of an ended contact, from what that adult may know; one begun before is kept.

    Where the contact was opened again since a letter was settled, and has ended anew, another one begins; and where
    the letter came back, the same once more, to the address as it is known now.

    Raises:
        NotPermitted: the viewer is neither front door nor manager.
        MoveNotAllowed: the contact has not ended.
        NotVisible: there is no such adult in this contact.
        RuleBroken: they have died.
    """
    roles.require(viewer, Role.FRONT_DOOR, Role.MANAGER)
    locked = transitions.lock(contact, viewer=viewer)
    if locked.state not in ENDED:
        raise MoveNotAllowed(
            "This contact has not ended yet: the family is written to when it has.",
            change=transitions.last_change(locked),
        )
    adult = Subject.objects.visible_to(viewer).filter(contact=locked, kind=PersonKind.ADULT, pk=subject_id).first()
    if adult is None:
        raise NotVisible
    if adult.has_died:
        raise RuleBroken(HAS_DIED)
    before = list(FamilyLetter.objects.filter(contact=locked, subject=adult).order_by("-written_at", "-id"))
    begun = next((one for one in before if one.state == LetterState.DRAFT), before[0] if before else None)
    came_back = begun is not None and is_back(begun)
    if begun is not None and not came_back and (begun.state == LetterState.DRAFT or is_of_this_ending(begun, locked)):
        return _taken_up(begun, locked, at=at)
    letter = FamilyLetter(
        contact=locked,
        subject=adult,
        address="" if shield_of_letter(adult, locked) else own_address(adult, locked),
        text=begun.text if begun and came_back else _replaced(begun) + _first_wording(adult, locked, viewer),
        written_at=at,
        written_by_id=viewer.member,
    )
    letter.save(force_insert=True)
    record(
        "letter.begun",
        actor=viewer,
        at=at,
        record_type="decisions.familyletter",
        record_id=letter.pk,
        reference=letter.reference,
        enquiry_id=locked.enquiry_id,
    )
    return letter


def _taken_up(letter: FamilyLetter, contact: Contact, *, at: datetime) -> FamilyLetter:
    """Let a draft of an earlier ending be that of this one."""
    if not is_of_this_ending(letter, contact):
        letter.written_at = at
        letter.save(update_fields=["written_at"])
    return letter


def _replaced(earlier: FamilyLetter | None) -> str:
    """Return what a parent reads first who was written to at an earlier ending."""
    if earlier is None or earlier.sent_at is None:
        return ""
    day = london_day(earlier.sent_at)
    before = f"We wrote to you on {day.day} {day:%B %Y}."
    return f"{before} We have looked at it again since, and this letter replaces that one.\n\n"


def own_address(adult: Subject, contact: Contact) -> str:
    """Return where this adult lives; empty where that is not known, never where the other parent lives apart.

    Nor where they are said to live by a contact that protects the address from them.
    """
    if not adult.address and is_kept_from(adult, contact.protected_from):
        return ""
    if adult.address:
        return str(adult.address)
    return str(contact.address) if adult.lives_in_household else ""


def _goes_without_address(letter: FamilyLetter) -> bool:
    """Say whether the envelope is written by hand: the address is protected, and not from this parent."""
    shield = shield_of_letter(letter.subject, letter.contact)
    if shield is None or not shield.from_whom or not own_address(letter.subject, letter.contact):
        return False
    return not is_kept_from(letter.subject, shield.from_whom)


def _first_wording(adult: Subject, contact: Contact, viewer: Viewer) -> str:
    rows = Relation.objects.visible_to(viewer).filter(contact=contact, subject=adult, kind__in=KIN)
    children = [
        row.to
        for row in rows.select_related("to").order_by("to__position", "id")
        if row.to.kind == PersonKind.CHILD and not row.to.has_died
    ]
    hub = hub_settings()
    return letter_text(
        [LetterChild(child.name, child.ending) for child in children],
        telephone=hub.telephone,
        disagree_with=hub.disagree_with,
    )


@transaction.atomic
def save_letter(
    letter: FamilyLetter, *, address: str, text: str, viewer: Viewer, at: datetime, version: int
) -> FamilyLetter:
    """Keep a letter as it is worded now.

    Raises:
        RuleBroken: it is empty, or gives away what this parent must not learn.
        NotPermitted, MoveNotAllowed, StaleRecord: as for every move.
    """
    saved = transitions.apply(
        letter,
        "letter.written",
        table=LETTER,
        viewer=viewer,
        at=at,
        version=version,
        address=address.strip(),
        text=text.strip(),
    )
    _check(saved, viewer)
    return saved


@transaction.atomic
def send_letter(letter: FamilyLetter, *, viewer: Viewer, at: datetime, version: int) -> FamilyLetter:
    """Record that a letter was printed and has gone out.

    Raises:
        RuleBroken: text or address is missing, or gives away what this parent must not learn.
        NotPermitted, MoveNotAllowed, StaleRecord: as for every move.
    """
    sent = transitions.apply(
        letter,
        "letter.sent",
        table=LETTER,
        viewer=viewer,
        at=at,
        version=version,
        sent_at=at,
        sent_by_id=viewer.membership_id,
    )
    if sent.subject.has_died:
        raise RuleBroken(HAS_DIED, field="address")
    why_not = why_not_by_post(sent.subject.safe_by)
    if why_not:
        raise RuleBroken(f"{why_not} Hold the letter back, and tell them in another way.", field="address")
    if not sent.address.strip() and not _goes_without_address(sent):
        raise RuleBroken("Write this parent's own address first, or hold the letter back.", field="address")
    refuse_same_address(sent)
    _check(sent, viewer)
    _meet_if_settled(sent.contact, at=at)
    settle_by_letter(sent, SeenToBy.TRIED_AGAIN, viewer=viewer, at=at)
    return sent


@transaction.atomic
def hold_letter_back(letter: FamilyLetter, reason: str, *, viewer: Viewer, at: datetime, version: int) -> FamilyLetter:
    """Record that this parent is not written to, because it would raise the risk.

    Raises:
        RuleBroken: no reason is given.
        NotPermitted, MoveNotAllowed, StaleRecord: as for every move.
    """
    if not reason.strip():
        raise RuleBroken("Write why this parent is not written to.", field="reason")
    held = transitions.apply(
        letter,
        "letter.held_back",
        table=LETTER,
        viewer=viewer,
        at=at,
        version=version,
        held_back_reason=reason.strip(),
    )
    _meet_if_settled(held.contact, at=at)
    settle_by_letter(held, SeenToBy.NOT_NEEDED, viewer=viewer, at=at)
    return held


def _meet_if_settled(contact: Contact, *, at: datetime) -> None:
    """Stop the family's clock with the last letter that is owed."""
    if not unwritten(parents_of(contact)).exists():
        clock.meet_deadline("letters", contact.pk, at=at)


def _check(letter: FamilyLetter, viewer: Viewer) -> None:
    if not letter.text.strip():
        raise RuleBroken("Write the letter, or hold it back with a reason.", field="text")
    checked = of_letter(viewer, letter, own_address(letter.subject, letter.contact))
    check_outgoing({"text": letter.text, "address": letter.address}, checked, letter.contact_id)
