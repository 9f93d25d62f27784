"""Safety instructions: proposed, agreed in the owner's words, refused, settled by the lead."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

import clock.queries as clocks
from agencies.access.identity import acting_as
from agencies.models import Membership
from audit.models import Event
from common.errors import MoveNotAllowed, NotPermitted, NotVisible, RuleBroken
from information_sharing import actions, queries
from information_sharing.choices import InstructionState
from information_sharing.models import Item, SafetyInstruction
from notices.models import Notice
from screening.models import Enquiry
from tests.people import Person
from tests.scenes.enquiries import MORNING, answer, ask, new, open_case, seal

LATER = MORNING + timedelta(hours=1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def sealed(police_officer: Person) -> Item:
    (request,) = ask(open_case(), "police")
    return seal(request, police_officer)


@pytest.fixture
def proposed(sealed: Item, mash_manager: Person) -> SafetyInstruction:
    return propose(sealed, mash_manager)


def propose(item: Item, by: Person, words: str = "Go in twos.") -> SafetyInstruction:
    with acting_as(by.viewer):
        return actions.propose_instruction(item, words, viewer=by.viewer, at=LATER)


def agreed(viewer_of: Person, enquiry_id: uuid.UUID) -> list[str]:
    with acting_as(viewer_of.viewer):
        enquiry = Enquiry.objects.get(pk=enquiry_id)
        return [one.agreed_text for one in queries.agreed_instructions(viewer_of.viewer, enquiry)]


def test_the_author_is_asked_and_nobody_else_learns_of_it(
    proposed: SafetyInstruction, police_officer: Person, police_lead: Person, social_worker: Person
) -> None:
    told = set(Notice.objects.filter(kind="instruction.waits").values_list("membership_id", flat=True))
    assert told == {police_officer.membership.pk}
    assert Event.objects.get(record_id=proposed.pk).enquiry_id is None
    for who in (police_lead, social_worker):
        with acting_as(who.viewer), pytest.raises(NotVisible):
            queries.get_instruction(who.viewer, proposed.reference)


def test_the_owners_words_are_what_goes_out(
    proposed: SafetyInstruction, sealed: Item, police_officer: Person, mash_manager: Person, social_worker: Person
) -> None:
    assert agreed(mash_manager, sealed.enquiry_id) == []
    with acting_as(police_officer.viewer):
        actions.agree_instruction(proposed, "Never alone.", viewer=police_officer.viewer, at=LATER, version=1)
    assert agreed(mash_manager, sealed.enquiry_id) == ["Never alone."]
    assert agreed(social_worker, sealed.enquiry_id) == []
    event = Event.objects.get(verb="instruction.agreed")
    assert (event.enquiry_id, event.details) == (None, {})


def test_a_refusal_goes_to_the_lead_who_has_an_hour(
    proposed: SafetyInstruction,
    police_officer: Person,
    police_lead: Person,
    mash_manager: Person,
    social_worker: Person,
) -> None:
    with acting_as(police_officer.viewer):
        actions.refuse_instruction(proposed, viewer=police_officer.viewer, at=LATER)
    (running,) = [one for one in clocks.deadlines_for([proposed.pk], at=LATER)[proposed.pk] if one.is_open]
    assert (running.due_at, running.enquiry_id, running.membership_id) == (LATER + timedelta(hours=1), None, None)
    with acting_as(social_worker.viewer):
        seen = clocks.enquiry_deadlines(social_worker.viewer, proposed.item.enquiry_id, at=LATER)
        assert "safety_instruction" not in {clock.measure for clock in seen}
    with acting_as(police_lead.viewer):
        mine = queries.get_instruction(police_lead.viewer, proposed.reference)
        assert queries.instruction_item(police_lead.viewer, mine, at=LATER) is None
        actions.agree_instruction(mine, "Ring before you go.", viewer=police_lead.viewer, at=LATER)
    assert [one for one in clocks.deadlines_for([proposed.pk], at=LATER)[proposed.pk] if one.is_open] == []
    assert agreed(mash_manager, proposed.item.enquiry_id) == ["Ring before you go."]


def test_the_lead_may_refuse_and_then_nothing_goes_out(
    proposed: SafetyInstruction, police_officer: Person, police_lead: Person, health_lead: Person, mash_manager: Person
) -> None:
    with acting_as(police_lead.viewer), pytest.raises(NotVisible):
        actions.refuse_for_agency(proposed, viewer=police_lead.viewer, at=LATER)
    with acting_as(police_officer.viewer):
        actions.refuse_instruction(proposed, viewer=police_officer.viewer, at=LATER)
        with pytest.raises(NotPermitted):
            actions.refuse_for_agency(proposed, viewer=police_officer.viewer, at=LATER)
    with acting_as(health_lead.viewer), pytest.raises(NotVisible):
        actions.refuse_for_agency(proposed, viewer=health_lead.viewer, at=LATER)
    with acting_as(police_lead.viewer):
        refused = actions.refuse_for_agency(proposed, viewer=police_lead.viewer, at=LATER)
        with pytest.raises(MoveNotAllowed):
            actions.agree_instruction(refused, "Too late.", viewer=police_lead.viewer, at=LATER)
    assert refused.state == InstructionState.REFUSED_BY_LEAD
    assert agreed(mash_manager, proposed.item.enquiry_id) == []


def test_the_manager_does_not_agree_for_the_owner(proposed: SafetyInstruction, mash_manager: Person) -> None:
    with acting_as(mash_manager.viewer):
        with pytest.raises(NotPermitted):
            actions.agree_instruction(proposed, "My own words.", viewer=mash_manager.viewer, at=LATER)
        with pytest.raises(NotPermitted):
            actions.refuse_instruction(proposed, viewer=mash_manager.viewer, at=LATER)


def test_a_second_proposal_waits_for_the_first(proposed: SafetyInstruction, sealed: Item, mash_manager: Person) -> None:
    with pytest.raises(RuleBroken, match="wait for its owner already"):
        propose(sealed, mash_manager)


@pytest.mark.parametrize(("words", "sentence"), [(" ", "Write what the visiting"), ("x" * 1_001, "1,000 characters")])
def test_words_must_be_there_and_short(
    sealed: Item, mash_manager: Person, police_officer: Person, words: str, sentence: str
) -> None:
    with pytest.raises(RuleBroken, match=sentence):
        propose(sealed, mash_manager, words)
    instruction = propose(sealed, mash_manager)
    with acting_as(police_officer.viewer), pytest.raises(RuleBroken, match=sentence):
        actions.agree_instruction(instruction, words, viewer=police_officer.viewer, at=LATER)


def test_only_the_manager_proposes_and_only_from_what_is_sealed(
    police_officer: Person, social_worker: Person, mash_manager: Person
) -> None:
    (request,) = ask(open_case(), "police")
    (item,) = answer(request, police_officer, new())
    with pytest.raises(NotPermitted):
        propose(item, social_worker)
    with pytest.raises(RuleBroken, match="confidential information that is still held"):
        propose(item, mash_manager)


def test_an_author_who_has_left_leaves_it_to_the_lead_to_name_somebody(
    sealed: Item, police_officer: Person, police_lead: Person, mash_manager: Person
) -> None:
    Membership.objects.filter(pk=police_officer.membership.pk).update(ended_at=MORNING)
    with pytest.raises(RuleBroken, match="does not work there any more"):
        propose(sealed, mash_manager)


# Said at the deposit, and decided by the manager


def test_what_the_owner_says_at_the_deposit_is_agreed(police_officer: Person, mash_manager: Person) -> None:
    (request,) = ask(open_case(), "police")
    with acting_as(police_officer.viewer) as viewer:
        secret = new("An officer lives there.", "manager_only", door_words="Ring before you knock.")
        item = actions.deposit_sealed(request, secret, viewer=viewer, at=MORNING)
        [instruction] = SafetyInstruction.objects.filter(item=item)
        assert (instruction.state, instruction.settled_by_id) == ("agreed", police_officer.membership.pk)
    assert agreed(mash_manager, item.enquiry_id) == ["Ring before you knock."]
    told = Notice.objects.filter(kind="instruction.at_deposit").values_list("membership_id", flat=True)
    assert mash_manager.membership.pk in set(told)


def decide(
    instruction: SafetyInstruction,
    by: Person,
    at: datetime,
    *,
    life_at_risk: bool = False,
    reason: str = "Nobody answers.",
) -> SafetyInstruction:
    with acting_as(by.viewer, as_of=at) as viewer:
        found = SafetyInstruction.objects.get(pk=instruction.pk)
        return actions.decide_instruction(
            found, "Go in twos.", reason, life_at_risk=life_at_risk, viewer=viewer, at=at, version=found.version
        )


def refused(instruction: SafetyInstruction, by: Person) -> None:
    with acting_as(by.viewer) as viewer:
        actions.refuse_instruction(SafetyInstruction.objects.get(pk=instruction.pk), viewer=viewer, at=LATER)


def test_the_manager_waits_for_the_owner_while_it_has_time(
    proposed: SafetyInstruction, police_officer: Person, mash_manager: Person
) -> None:
    soon = LATER + timedelta(minutes=1)
    with pytest.raises(RuleBroken) as silent:
        decide(proposed, mash_manager, soon)
    refused(proposed, police_officer)
    with pytest.raises(RuleBroken) as with_lead:
        decide(proposed, mash_manager, soon)
    assert (silent.value.field, with_lead.value.field) == ("life_at_risk", "life_at_risk")


def test_after_the_hour_the_manager_decides_and_says_why(
    proposed: SafetyInstruction, police_officer: Person, police_lead: Person, mash_manager: Person
) -> None:
    refused(proposed, police_officer)
    over = LATER + timedelta(hours=1, minutes=1)
    with pytest.raises(RuleBroken, match="Write why"):
        decide(proposed, mash_manager, over, reason=" ")
    decided = decide(proposed, mash_manager, over)
    assert (decided.state, decided.decided_because, decided.life_at_risk) == ("decided", "Nobody answers.", False)
    with acting_as(mash_manager.viewer):
        enquiry_id = Item.objects.get(pk=proposed.item_id).enquiry_id
    assert agreed(mash_manager, enquiry_id) == ["Go in twos."]
    told = Notice.objects.filter(kind="instruction.decided").values_list("membership_id", flat=True)
    assert set(told) == {police_officer.membership.pk, police_lead.membership.pk}


def test_where_life_is_at_risk_nobody_waits_and_a_leads_word_does_not_stop_it(
    proposed: SafetyInstruction, police_officer: Person, police_lead: Person, mash_manager: Person
) -> None:
    refused(proposed, police_officer)
    with acting_as(police_lead.viewer) as viewer:
        actions.refuse_for_agency(SafetyInstruction.objects.get(pk=proposed.pk), viewer=viewer, at=LATER)
    with pytest.raises(RuleBroken):
        decide(proposed, mash_manager, LATER + timedelta(days=1))
    assert decide(proposed, mash_manager, LATER, life_at_risk=True).state == InstructionState.DECIDED


def test_the_database_alone_keeps_the_manager_waiting(proposed: SafetyInstruction, mash_manager: Person) -> None:
    change = "UPDATE information_sharing_safetyinstruction SET state = 'decided', agreed_text = 'x'"
    for more in ("", ", life_at_risk = true", ", decided_because = 'Why.'"):
        with (
            acting_as(mash_manager.viewer, as_of=LATER),
            pytest.raises(DatabaseError, match="owner settles"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"{change}{more} WHERE id = %s", [proposed.pk])
