"""What an owner does with its items: change, seal, name, take back; what is taken down by telephone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from agencies.access.identity import acting_as
from audit.models import Event
from common.errors import MoveNotAllowed, NotPermitted, NotVisible, RuleBroken, StaleRecord
from information_sharing import actions
from information_sharing.actions.writing import name_agencies_for
from information_sharing.choices import AnswerKind, Handling
from information_sharing.grants import ItemGrant
from information_sharing.models import Answer, HeldMarker, InformationRequest, Item, ItemText, SealedReader, SealedText
from information_sharing.queries.items import read_items
from notices.models import Notice
from tests.people import Person, agency, person
from tests.scenes.enquiries import MORNING, answer, ask, new, open_case, other_core, seal

LATER = MORNING + timedelta(hours=1)
pytestmark = pytest.mark.django_db


def revise(item: Item, by: Person, *, version: int | None = None, **changes: Any) -> Item:
    with acting_as(by.viewer):
        start: dict[str, Any] = {"text": "Put right.", "handling": item.handling, "theme": item.theme}
        fresh = Item.objects.get(pk=item.pk)
        revision = actions.Revision(**{**start, **changes})
        return actions.revise_item(fresh, revision, viewer=by.viewer, at=LATER, version=version)


def spoken(request: InformationRequest, by: Person, *items: actions.NewItem) -> Answer:
    with acting_as(by.viewer):
        fresh = InformationRequest.objects.get(pk=request.pk)
        return actions.record_spoken_answer(fresh, "Sergeant on duty", items, viewer=by.viewer, at=LATER, systems="Log")


def test_a_change_is_a_new_version_and_the_old_one_stays(police_officer: Person) -> None:
    (request,) = ask(open_case(), "police")
    (item,) = answer(request, police_officer, new("First."))
    saved = revise(item, police_officer, version=1)
    with acting_as(police_officer.viewer):
        versions = list(ItemText.objects.order_by("version").values_list("version", "text"))
    assert (saved.version, versions) == (2, [(1, "First."), (2, "Put right.")])
    event = Event.objects.get(record_id=item.pk)
    assert (event.verb, event.enquiry_id, event.details) == ("item.changed", request.enquiry_id, {"handling": "onward"})


def test_a_stale_change_is_refused(police_officer: Person) -> None:
    (request,) = ask(open_case(), "police")
    (item,) = answer(request, police_officer, new())
    revise(item, police_officer, version=1)
    with pytest.raises(StaleRecord):
        revise(item, police_officer, version=1)


@pytest.mark.parametrize("who", ["social_worker", "mash_manager"])
def test_only_the_owner_changes_or_takes_back(request: pytest.FixtureRequest, police_officer: Person, who: str) -> None:
    (asked,) = ask(open_case(), "police")
    (item,) = answer(asked, police_officer, new())
    other: Person = request.getfixturevalue(who)
    with pytest.raises(NotPermitted):
        revise(item, other)
    with acting_as(other.viewer), pytest.raises(NotPermitted):
        actions.withdraw_item(item, viewer=other.viewer, at=LATER)


def test_taking_back_leaves_it_to_its_owner(police_officer: Person, social_worker: Person) -> None:
    (request,) = ask(open_case(), "police")
    (item,) = answer(request, police_officer, new(named=other_core("health")))
    with acting_as(police_officer.viewer):
        actions.withdraw_item(item, viewer=police_officer.viewer, at=LATER, version=1)
        assert Item.objects.visible_to(police_officer.viewer).count() == 1
        assert not ItemGrant.objects.exists()
        assert Answer.objects.get(request=request).kind == AnswerKind.NOTHING_TO_SHARE
        with pytest.raises(MoveNotAllowed, match="withdrawn"):
            actions.withdraw_item(item, viewer=police_officer.viewer, at=LATER)
    with acting_as(social_worker.viewer):
        assert not Item.objects.visible_to(social_worker.viewer).exists()


def test_sealing_afterwards_moves_every_version_and_leaves_no_clear_text(
    police_officer: Person, police_lead: Person, social_worker: Person
) -> None:
    (request,) = ask(open_case(), "police")
    (item,) = answer(request, police_officer, new("Where he lives.", named=other_core("health")))
    revise(item, police_officer, text="Where he lives now.")
    sealed = revise(item, police_lead, handling="manager_only", text="Where he hides.")
    assert (sealed.author_id, sealed.version) == (police_lead.membership.pk, 3)
    with acting_as(police_lead.viewer):
        texts = list(SealedText.objects.order_by("version").values_list("version", "text"))
        assert texts == [(1, "Where he lives."), (2, "Where he lives now."), (3, "Where he hides.")]
        assert not ItemText.objects.filter(item=item).exists()
        assert not ItemGrant.objects.exists()
        assert Answer.objects.get(request=request).kind == AnswerKind.NOTHING_TO_SHARE
    with acting_as(social_worker.viewer):
        assert not Item.objects.visible_to(social_worker.viewer).exists()
        assert HeldMarker.objects.visible_to(social_worker.viewer).filter(pk=request.enquiry_id).exists()


def test_opening_what_was_sealed_ends_the_marker(police_officer: Person, social_worker: Person) -> None:
    (request,) = ask(open_case(), "police")
    item = seal(request, police_officer)
    with pytest.raises(RuleBroken, match="Answer the request first"):
        revise(item, police_officer, handling="hub_only")
    answer(request, police_officer)
    revise(item, police_officer, handling="hub_only", text="It may be known.")
    with acting_as(social_worker.viewer):
        assert Item.objects.visible_to(social_worker.viewer).get().handling == Handling.HUB_ONLY
        assert ItemText.objects.visible_to(social_worker.viewer).get().text == "It may be known."
        assert not HeldMarker.objects.exists()


def test_a_sealed_deposit_changes_nothing_on_the_request(
    police_officer: Person, social_worker: Person, mash_manager: Person, other_manager: Person
) -> None:
    (request,) = ask(open_case(), "police")
    before = InformationRequest.objects.filter(pk=request.pk).values().first
    with acting_as(social_worker.viewer):
        as_it_was = before()
    item = seal(request, police_officer)
    with acting_as(social_worker.viewer):
        assert before() == as_it_was
    assert not Event.objects.filter(enquiry_id=request.enquiry_id, at__gt=MORNING).exists()
    assert not Event.objects.filter(record_id=request.pk, at__gt=MORNING).exists()
    assert list(Event.objects.filter(record_id=item.pk).values_list("verb", "enquiry_id", "reference")) == [
        ("item.sealed", None, "")
    ]
    told = set(Notice.objects.filter(kind="enquiry.confidential").values_list("membership_id", flat=True))
    assert told == {mash_manager.membership.pk, other_manager.membership.pk}


def test_an_answer_of_sealed_items_alone_reads_like_nothing_held(
    police_officer: Person, health_visitor: Person
) -> None:
    police, health = ask(open_case(), "police", "health")
    answer(police, police_officer, new("Secret.", "manager_only"))
    answer(health, health_visitor)
    columns = ("kind", "withheld_reason", "systems_searched", "identifiers_used", "is_spoken", "confirmed_at")
    with acting_as(person("maeve_manager").viewer):
        rows = list(Answer.objects.values(*columns))
    assert rows[0] == rows[1]


def test_only_the_asked_agency_deposits(social_worker: Person, police_officer: Person) -> None:
    (request,) = ask(open_case(), "police")
    with acting_as(social_worker.viewer), pytest.raises(NotPermitted):
        actions.deposit_sealed(request, new(handling="manager_only"), viewer=social_worker.viewer, at=LATER)
    with acting_as(police_officer.viewer), pytest.raises(RuleBroken, match="nobody but the MASH manager"):
        actions.deposit_sealed(request, new(), viewer=police_officer.viewer, at=LATER)


def test_naming_takes_only_other_core_agencies(police_officer: Person) -> None:
    (request,) = ask(open_case(), "police")
    with pytest.raises(NotVisible):
        answer(request, police_officer, new(named=other_core("housing")))
    (item,) = answer(request, police_officer, new(named=other_core("health", "police")))
    with acting_as(police_officer.viewer):
        assert list(ItemGrant.objects.values_list("group_id", flat=True)) == [agency("health").group_id]
    revise(item, police_officer, named=other_core("education"))
    with acting_as(police_officer.viewer):
        assert list(ItemGrant.objects.values_list("group_id", flat=True)) == [agency("education").group_id]


def test_a_spoken_answer_belongs_to_the_agency_and_stays_inside(social_worker: Person, police_officer: Person) -> None:
    case = open_case()
    (request,) = ask(case, "police")
    given = spoken(request, social_worker, new("He was stopped in May.", "onward", needed_at_night=True))
    assert (given.kind, given.is_spoken, given.spoken_by, given.confirmed_at) == (
        AnswerKind.SHARED,
        True,
        "Sergeant on duty",
        None,
    )
    with acting_as(police_officer.viewer):
        item = Item.objects.visible_to(police_officer.viewer).get()
    assert (item.agency_id, item.handling, item.is_spoken, item.needed_at_night) == (
        agency("police").pk,
        Handling.HUB_ONLY,
        True,
        False,
    )
    with pytest.raises(RuleBroken, match="Confirm the answer first"):
        revise(item, police_officer, handling="onward")
    told = set(Notice.objects.filter(kind="request.answered_by_telephone").values_list("membership_id", flat=True))
    assert police_officer.membership.pk in told


def test_a_spoken_answer_can_say_nothing_and_needs_a_speaker(mash_manager: Person) -> None:
    (request,) = ask(open_case(), "police")
    with acting_as(mash_manager.viewer), pytest.raises(RuleBroken, match="who spoke"):
        actions.record_spoken_answer(request, " ", [], viewer=mash_manager.viewer, at=LATER)
    assert spoken(request, mash_manager).kind == AnswerKind.NOTHING_TO_SHARE


def test_the_agency_does_not_speak_to_itself(police_officer: Person) -> None:
    (request,) = ask(open_case(), "police")
    with pytest.raises(NotPermitted):
        spoken(request, police_officer)


def test_confirming_puts_right_and_chooses_the_handling(social_worker: Person, police_officer: Person) -> None:
    (request,) = ask(open_case(), "police")
    spoken(request, social_worker, new("He was stopped in May."), new("Nothing since."))
    with acting_as(police_officer.viewer):
        moved = InformationRequest.objects.get(pk=request.pk)
        one, two = ItemText.objects.order_by("text").values_list("item_id", "text")[::-1]
        del one
        texts = dict(ItemText.objects.values_list("item_id", "text"))
        confirmed = [
            actions.Confirmed(key, text.replace("May", "April"), "onward" if "stopped" in text else "hub_only")
            for key, text in texts.items()
        ]
        with pytest.raises(RuleBroken, match="confirm every item"):
            actions.confirm_answer(moved, confirmed[:1], viewer=police_officer.viewer, at=LATER)
        moved = InformationRequest.objects.get(pk=request.pk)
        actions.confirm_answer(moved, confirmed, viewer=police_officer.viewer, at=LATER)
        given = Answer.objects.get(request=request)
        handlings = dict(Item.objects.values_list("pk", "handling"))
        latest = {row.item_id: row.text for row in ItemText.objects.order_by("version")}
        assert two[0] in handlings
        with pytest.raises(MoveNotAllowed, match="nothing to confirm"):
            actions.confirm_answer(moved, confirmed, viewer=police_officer.viewer, at=LATER)
    assert (given.confirmed_at, given.confirmed_by_id) == (LATER, police_officer.membership.pk)
    assert sorted((latest[key], handling) for key, handling in handlings.items()) == [
        ("He was stopped in April.", "onward"),
        ("Nothing since.", "hub_only"),
    ]


@pytest.mark.parametrize(("text", "handling", "sentence"), [("x", "manager_only", "how far"), (" ", "onward", "Write")])
def test_confirming_without_a_judgement_is_refused(
    social_worker: Person, police_officer: Person, text: str, handling: str, sentence: str
) -> None:
    (request,) = ask(open_case(), "police")
    spoken(request, social_worker, new())
    with acting_as(police_officer.viewer):
        moved, item = InformationRequest.objects.get(pk=request.pk), Item.objects.get()
        with pytest.raises(RuleBroken, match=sentence):
            actions.confirm_answer(
                moved, [actions.Confirmed(item.pk, text, handling)], viewer=police_officer.viewer, at=LATER
            )
        with pytest.raises(NotVisible):
            actions.confirm_answer(
                moved, [actions.Confirmed(moved.pk, "x", "onward")], viewer=police_officer.viewer, at=LATER
            )


def test_a_lead_names_a_reader_but_not_themself(
    police_officer: Person, police_lead: Person, health_visitor: Person
) -> None:
    (request,) = ask(open_case(), "police")
    item = seal(request, police_lead)
    with acting_as(police_officer.viewer):
        assert not Item.objects.visible_to(police_officer.viewer).exists()
        with pytest.raises(NotPermitted):
            actions.name_reader(request, police_officer.membership.pk, viewer=police_officer.viewer, at=LATER)
    with acting_as(police_lead.viewer):
        with pytest.raises(RuleBroken, match="You cannot name yourself"):
            actions.name_reader(request, police_lead.membership.pk, viewer=police_lead.viewer, at=LATER)
        with pytest.raises(NotVisible):
            actions.name_reader(request, health_visitor.membership.pk, viewer=police_lead.viewer, at=LATER)
        named = actions.name_reader(request, police_officer.membership.pk, viewer=police_lead.viewer, at=LATER)
        with pytest.raises(RuleBroken, match="named before"):
            actions.name_reader(request, police_officer.membership.pk, viewer=police_lead.viewer, at=LATER)
    assert Event.objects.get(record_id=named.pk).enquiry_id is None
    with acting_as(police_officer.viewer):
        assert SealedReader.objects.visible_to(police_officer.viewer).count() == 1
        assert Item.objects.visible_to(police_officer.viewer).get() == item
        assert SealedText.objects.visible_to(police_officer.viewer).get().text == "A sealed sentence."


def test_a_lead_of_another_agency_names_nobody_here(health_lead: Person, police_officer: Person) -> None:
    (request,) = ask(open_case(), "police")
    with acting_as(health_lead.viewer), pytest.raises(NotPermitted):
        actions.name_reader(request, police_officer.membership.pk, viewer=health_lead.viewer, at=LATER)


def test_whoever_reads_a_spoken_item_learns_that_it_is_not_confirmed(
    social_worker: Person, mash_manager: Person, police_officer: Person, health_visitor: Person
) -> None:
    case = open_case()
    to_police, to_health = ask(case, "police", "health")
    answer(to_health, health_visitor)
    spoken(to_police, social_worker, new("He was arrested in May.", subject_id=case.mia.pk))
    item = Item.objects.get(request=to_police)
    with acting_as(police_officer.viewer):
        name_agencies_for(item, other_core("health"), at=MORNING)
    readers = (social_worker, mash_manager, police_officer, health_visitor)
    assert [unconfirmed(item, reader) for reader in readers] == [True] * len(readers)
    with acting_as(police_officer.viewer) as viewer:
        fresh = InformationRequest.objects.get(pk=to_police.pk)
        confirmed = actions.Confirmed(item.pk, "He was arrested in May.", Handling.HUB_ONLY)
        actions.confirm_answer(fresh, [confirmed], viewer=viewer, at=LATER)
    assert [unconfirmed(item, reader) for reader in readers] == [False] * len(readers)


def unconfirmed(item: Item, reader: Person) -> bool:
    with acting_as(reader.viewer) as viewer:
        rows = Item.objects.visible_to(viewer).filter(pk=item.pk)
        (seen,) = read_items(viewer, rows, at=LATER, page="shared", enquiry=item.enquiry_id)
    return seen.is_unconfirmed
