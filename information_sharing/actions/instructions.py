"""Safety instructions: what somebody at the door needs to know of a sealed item, in words that its owner agrees."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import transaction

import audit.actions as audit
import clock.actions as clock
import clock.queries as clocks
from agencies.access import roles, transitions
from agencies.access.viewer import Viewer
from agencies.choices import Role
from agencies.models import Membership
from clock.choices import Measure, Start
from clock.rules.subject import Owing
from clock.rules.subject import Subject as About
from common.errors import NotVisible, RuleBroken
from common.leaks import refuse_leaks
from common.moments import london_day
from contacts.queries.people import contacts_of_enquiry
from contacts.reads.leaks import guarded_in
from information_sharing import mail
from information_sharing.choices import Handling, InstructionState
from information_sharing.models import Item, SafetyInstruction, SealedReader
from information_sharing.reads.leaks import items_of_others
from information_sharing.transitions import INSTRUCTION
from notices.actions import notify, notify_holders

LONGEST = 1_000
"""Characters of a safety instruction: it is read at a door."""


@transaction.atomic
def propose_instruction(item: Item, words: str, *, viewer: Viewer, at: datetime) -> SafetyInstruction:
    """Propose the words of a safety instruction to the owner of a sealed item.

    Raises:
        NotPermitted: the viewer is not the manager.
        NotVisible: the item is not there for the viewer.
        RuleBroken: it is not sealed, words are missing, or others wait for its owner.
    """
    roles.require(viewer, Role.MANAGER)
    locked = transitions.lock(item, viewer=viewer)
    _check_sealed(locked)
    check_words(words)
    _refuse_giving_away(words, locked.enquiry_id, locked.agency_id, viewer)
    readers = _readers(locked, at=at)
    if not readers:
        raise RuleBroken(
            "Whoever wrote this does not work there any more. Ring the agency's lead, who names somebody to read it; "
            "then propose the words again."
        )
    instruction = SafetyInstruction(
        item=locked,
        agency_id=locked.agency_id,
        kept_with=locked.enquiry_id,
        proposed_text=words.strip(),
        proposed_at=at,
        proposed_by_id=viewer.member,
    )
    instruction.save(force_insert=True)
    audit.record(
        "instruction.proposed",
        actor=viewer,
        at=at,
        record_type="information_sharing.safetyinstruction",
        record_id=instruction.pk,
        reference=instruction.reference,
    )
    # The hub's alone: the agency's lead, whom a clock of the agency tells, learns of it only when it was refused.
    about = About("instruction", instruction.pk, instruction.reference, case_id=instruction.kept_with)
    clock.start_if_measured(about, Measure.WORDING, moments={Start.SENDING: at}, at=at)
    notify(mail.instruction_waits(instruction.reference), memberships=readers, at=at)
    return instruction


def _check_sealed(item: Item) -> None:
    if item.handling != Handling.MANAGER_ONLY or item.withdrawn_at is not None:
        raise RuleBroken("A safety instruction is made from confidential information that is still held.")
    waiting = SafetyInstruction.objects.filter(
        item=item, state__in=[InstructionState.PROPOSED, InstructionState.REFUSED]
    )
    if waiting.exists():
        raise RuleBroken("Words on this item wait for its owner already. Wait for the answer, or ring the agency.")


def check_words(words: str) -> None:
    """Refuse an instruction without words or with too many.

    Raises:
        RuleBroken: the sentence says what to do.
    """
    if not words.strip():
        raise RuleBroken("Write what the visiting worker is to read.", field="words")
    if len(words) > LONGEST:
        raise RuleBroken(f"An instruction can have {LONGEST:,} characters: say only what to do.", field="words")


def _refuse_giving_away(words: str, enquiry_id: uuid.UUID, agency_id: uuid.UUID, viewer: Viewer) -> None:
    """Refuse words that hold what the visitor may not have, as far as whoever words them may know of it."""
    guarded = guarded_in(viewer, contacts_of_enquiry(viewer, enquiry_id))
    others = items_of_others(viewer, enquiry_id, agency_id)
    refuse_leaks({"words": words}, [*guarded.forbidden, *others], guarded.permitted)


def _readers(item: Item, *, at: datetime) -> list[uuid.UUID]:
    named = SealedReader.objects.filter(request_id=item.request_id, ended_at__isnull=True).values_list(
        "membership_id", flat=True
    )
    at_work = Membership.objects.in_force(london_day(at)).holding(Role.RESEARCHER, Role.LEAD)
    return list(at_work.filter(pk__in=[item.author_id, *named], agency_id=item.agency_id).values_list("pk", flat=True))


@transaction.atomic
def agree_instruction(
    instruction: SafetyInstruction, words: str, *, viewer: Viewer, at: datetime, version: int | None = None
) -> SafetyInstruction:
    """Agree an instruction for its owner, in the words proposed or in other ones: only these ever go out.

    Raises:
        NotPermitted: the viewer is not of the agency that owns the item.
        MoveNotAllowed: it was settled before.
        RuleBroken: there are no words.
    """
    check_words(words)
    _refuse_giving_away(words, instruction.kept_with, instruction.agency_id, viewer)
    agreed = transitions.apply(
        instruction,
        "instruction.agreed",
        table=INSTRUCTION,
        viewer=viewer,
        at=at,
        version=version,
        agreed_text=words.strip(),
        settled_at=at,
        settled_by_id=viewer.member,
    )
    _settled(agreed, at=at)
    return agreed


@transaction.atomic
def refuse_instruction(
    instruction: SafetyInstruction, *, viewer: Viewer, at: datetime, version: int | None = None
) -> SafetyInstruction:
    """Refuse an instruction: it goes to the agency's lead, who decides within the hour.

    Raises:
        NotPermitted: the viewer is not of the agency that owns the item.
        MoveNotAllowed: it was refused or settled before.
    """
    refused = transitions.apply(
        instruction,
        "instruction.refused",
        table=INSTRUCTION,
        viewer=viewer,
        at=at,
        version=version,
        refused_at=at,
        refused_by_id=viewer.member,
    )
    # Neither enquiry nor its worker: the clock of a sealed item must not turn up among those of the enquiry.
    about = About("instruction", refused.pk, refused.reference, case_id=refused.kept_with)
    owing = Owing(agency_id=refused.agency_id)
    clock.meet_deadline("instruction", refused.pk, Measure.WORDING, at=at)
    clock.start_deadline(about, Measure.SAFETY_INSTRUCTION, moments={Start.SENDING: at}, owing=owing, at=at)
    notify_holders(mail.instruction_waits(refused.reference), Role.LEAD, agency_id=refused.agency_id, at=at)
    return refused


@transaction.atomic
def refuse_for_agency(
    instruction: SafetyInstruction, *, viewer: Viewer, at: datetime, version: int | None = None
) -> SafetyInstruction:
    """Let the lead refuse for the agency: nothing of it goes out.

    Raises:
        NotPermitted: the viewer is not a lead.
        NotVisible: it is another agency's.
        MoveNotAllowed: it is not with the lead.
    """
    if instruction.agency_id != viewer.agency_id:
        raise NotVisible
    refused = transitions.apply(
        instruction,
        "instruction.refused_by_lead",
        table=INSTRUCTION,
        viewer=viewer,
        at=at,
        version=version,
        settled_at=at,
        settled_by_id=viewer.member,
    )
    _settled(refused, at=at)
    return refused


@transaction.atomic
def decide_instruction(
    instruction: SafetyInstruction,
    words: str,
    reason: str,
    *,
    life_at_risk: bool,
    viewer: Viewer,
    at: datetime,
    version: int | None = None,
) -> SafetyInstruction:
    """Let the manager decide the words once the agency's hour is over, or at once where life is at risk.

    Raises:
        NotPermitted: the viewer is not the manager.
        MoveNotAllowed: words were agreed or decided before.
        RuleBroken: words or the reason are missing, or the agency still has time and no life is at risk.
    """
    roles.require(viewer, Role.MANAGER)
    check_words(words)
    _refuse_giving_away(words, instruction.kept_with, instruction.agency_id, viewer)
    if not reason.strip():
        raise RuleBroken("Write why you decide it: the agency reads it.", field="reason")
    if not life_at_risk and not may_decide_now(instruction, at=at):
        raise RuleBroken(
            "The agency decides until its time is up. Ring its lead; where life is at risk, say so and decide at once.",
            field="life_at_risk",
        )
    decided = transitions.apply(
        instruction,
        "instruction.decided_by_manager",
        table=INSTRUCTION,
        viewer=viewer,
        at=at,
        version=version,
        agreed_text=words.strip(),
        decided_because=reason.strip(),
        life_at_risk=life_at_risk,
        settled_at=at,
        settled_by_id=viewer.member,
    )
    clock.meet_deadline("instruction", decided.pk, at=at)
    message = mail.instruction_decided(decided.reference)
    notify(message, memberships=_readers(decided.item, at=at), at=at)
    if decided.refused_at is not None:
        notify_holders(message, Role.LEAD, agency_id=decided.agency_id, at=at)
    return decided


def may_decide_now(instruction: SafetyInstruction, *, at: datetime) -> bool:
    """Say whether the agency's time is up; a lead who refused in time has decided."""
    waits = instruction.state in {InstructionState.PROPOSED, InstructionState.REFUSED}
    return waits and clocks.is_overdue(instruction.pk, at=at)


def agree_at_deposit(item: Item, words: str, *, viewer: Viewer, at: datetime) -> SafetyInstruction:
    """Keep what the owner of a confidential item says at once for whoever knocks on the door: it is agreed thereby.

    Raises:
        RuleBroken: there are no words, or too many.
    """
    check_words(words)
    instruction = SafetyInstruction(
        item=item,
        agency_id=item.agency_id,
        kept_with=item.enquiry_id,
        state=InstructionState.AGREED,
        proposed_text=words.strip(),
        agreed_text=words.strip(),
        proposed_at=at,
        proposed_by_id=viewer.member,
        settled_at=at,
        settled_by_id=viewer.member,
    )
    instruction.save(force_insert=True)
    audit.record(
        "instruction.agreed",
        actor=viewer,
        at=at,
        record_type="information_sharing.safetyinstruction",
        record_id=instruction.pk,
        reference=instruction.reference,
    )
    notify_holders(mail.instruction_at_deposit(instruction.reference), Role.MANAGER, at=at)
    return instruction


def _settled(instruction: SafetyInstruction, *, at: datetime) -> None:
    clock.meet_deadline("instruction", instruction.pk, at=at)
    notify_holders(mail.instruction_answered(instruction.reference), Role.MANAGER, at=at)
