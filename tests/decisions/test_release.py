"""The release: only what its owner cleared and the manager chose, as it stands then, to the teams that take it."""

from __future__ import annotations

import pytest
from django.db import InternalError, transaction

import contacts.actions
import information_sharing.actions as sharing
from agencies.access.identity import acting_as
from clock.choices import Measure
from clock.models import Deadline
from common.errors import MoveNotAllowed, NotPermitted, NotVisible, RuleBroken, StaleRecord
from contacts.choices import PersonKind, ReferrerKind
from contacts.models import Subject
from contacts.rules.intake import ReportedReferrer
from decisions import actions, queries
from decisions.actions import Door, SummaryDraft, preparing
from decisions.choices import DoorQuestion, FamilyTold, Outcome
from decisions.grants import SummaryGrant
from decisions.models import MashSummary, SummaryChild, SummaryInstruction, SummaryItem
from decisions.reads.enquiry import children_of, passable_items
from information_sharing.choices import Handling, LawfulBasis
from information_sharing.models import Item, ItemText
from notices.models import Notice
from screening.actions import join_enquiry
from screening.choices import EnquiryState
from tests.people import agency, person, team
from tests.scenes.case import Case
from tests.scenes.families import THORNBURY, worry_about
from tests.scenes.stages import logged
from tests.written import verbs


@pytest.fixture
def decided(case: Case) -> Case:
    """Return a decided case with one item that may go out."""
    case.in_mash()
    case.told()
    case.recommended()
    case.decided()
    return case


def item_of(case: Case) -> Item:
    with acting_as(case.manager.viewer):
        return Item.objects.get(agency__short_name="Police")


def reword(summary: MashSummary) -> None:
    summary.concern = "Said otherwise."
    summary.save()


def released_item(case: Case) -> tuple[Item, MashSummary]:
    item = item_of(case)
    return item, case.with_manager(case.prepared()[0], {item.pk: item.version})


def revise(case: Case, item: Item, *, text: str, handling: str) -> None:
    viewer = case.who("police_researcher").viewer
    with acting_as(viewer):
        sharing.revise_item(
            item,
            sharing.Revision(text=text, handling=handling, theme=item.theme),
            viewer=viewer,
            at=case.at,
            version=item.version,
        )


def test_a_summary_is_drafted_from_the_record(decided: Case) -> None:
    summary = decided.prepared()[0]
    assert summary.concern == "The children seem frightened at home."
    assert "Ana Quill: Level 4: statutory or specialist. Because of what Ana Quill said." in summary.reasons
    assert summary.referrer == "Nora Feld, Head, Hill School"
    assert summary.agreement == "The family agreed to information being shared."
    assert "Mira Quill, mother" in summary.household
    assert "Address: 4 Near Street, Aldermere" in summary.household


def test_children_go_to_different_teams_by_outcome(case: Case) -> None:
    case.in_mash()
    case.recommended()
    case.decided(Outcome.ASSESSMENT, Outcome.EARLY_HELP)
    summaries = case.prepared({0: "assessment", 1: "early_help_team"})
    with acting_as(case.manager.viewer):
        held = {row.team.kind: [child.subject.given_name for child in row.children.all()] for row in summaries}
    assert held == {"assessment": ["Ana"], "early_help": ["Bo"]}


def test_a_child_goes_only_to_a_team_that_takes_its_outcome_and_only_once(decided: Case) -> None:
    for wrong in ("early_help_team", "universal"):
        with pytest.raises(RuleBroken):
            decided.prepared({0: wrong})
    decided.prepared({0: "assessment"})
    with pytest.raises(RuleBroken, match="already"):
        decided.prepared({0: "assessment"})
    assert len(decided.prepared({1: "assessment"})) == 1
    with acting_as(decided.manager.viewer):
        assert MashSummary.objects.count() == 1


def test_a_child_who_joins_a_begun_summary_leaves_an_event(decided: Case) -> None:
    [summary] = decided.prepared({0: "assessment"})
    [again] = decided.prepared({1: "assessment"})
    assert again.pk == summary.pk
    assert sorted(verbs(summary)) == ["summary.begun", "summary.child_added"]


def test_nothing_is_prepared_before_the_decision_or_for_a_strange_child(case: Case) -> None:
    other = Case(case.at).in_mash()
    case.in_mash()
    with pytest.raises(MoveNotAllowed):
        case.prepared()
    case.recommended()
    case.decided()
    viewer = case.worker.viewer
    chosen = {other.subjects()[0].pk: team("assessment").pk}
    with acting_as(viewer), pytest.raises(NotVisible):
        actions.prepare_summaries(case.enquiry, chosen, viewer=viewer, at=case.at)


@pytest.mark.parametrize("handling", [Handling.HUB_ONLY, Handling.MANAGER_ONLY])
def test_what_is_not_cleared_can_never_be_chosen(case: Case, handling: str) -> None:
    case.in_mash()
    request = case.asked("health")
    viewer = case.who("health_researcher").viewer
    with acting_as(viewer):
        if handling == Handling.MANAGER_ONLY:
            item = sharing.deposit_sealed(
                request, sharing.NewItem("An officer lives there.", handling), viewer=viewer, at=case.at
            )
        else:
            sharing.answer_with_items(
                request, [sharing.NewItem("In the hub.", handling)], sharing.Search(), viewer=viewer, at=case.at
            )
            item = Item.objects.get(request=request)
    case.recommended()
    case.decided()
    summary = case.prepared()[0]
    for by in (case.worker, case.manager):
        draft = SummaryDraft({}, "", {item.pk: 1})
        with acting_as(by.viewer), pytest.raises(NotVisible):
            actions.save_summary(summary, draft, viewer=by.viewer, at=case.at, version=1)
    assert SummaryItem.objects.count() == 0


def test_what_is_held_on_another_child_does_not_go_out_with_this_one(case: Case) -> None:
    case.in_mash()
    item = case.told()
    case.recommended()
    case.decided(Outcome.ASSESSMENT, Outcome.EARLY_HELP)
    second = case.prepared({1: "early_help_team"})[0]
    with pytest.raises(NotVisible):
        case.with_manager(second, {item.pk: item.version})


@pytest.fixture
def of_cousins(case: Case) -> Case:
    """Return an enquiry of two families, about each of whom one agency answered: child, adult, nobody in particular."""
    case.in_mash()
    cousins = logged(worry_about(THORNBURY, case.at), case.who("fiona_front"), case.at)
    with acting_as(case.manager.viewer) as viewer:
        join_enquiry(case.enquiry, cousins, viewer=viewer, at=case.at)
    case.again()
    for key, contact in (("police", case.contact), ("health", cousins)):
        people = list(Subject.objects.filter(contact=contact).order_by("position"))
        ask = sharing.Ask(
            agency_id=agency(key).pk,
            subject_ids=[one.pk for one in people],
            asks="What do you hold?",
            purpose="To decide what the children need.",
            lawful_basis=LawfulBasis.PUBLIC_TASK,
        )
        with acting_as(case.worker.viewer) as viewer:
            request = sharing.request_information(case.enquiry, [ask], viewer=viewer, at=case.at)[0]
        adult = next(one for one in people if one.kind == PersonKind.ADULT)
        said = {people[0].pk: people[0].given_name, adult.pk: adult.given_name, None: f"Nobody, {key}"}
        items = [sharing.NewItem(text, Handling.ONWARD, subject_id=about) for about, text in said.items()]
        with acting_as(case.who(f"{key}_researcher").viewer) as viewer:
            sharing.answer_with_items(request, items, sharing.Search("Log", "name"), viewer=viewer, at=case.at)
    return case


def passable(case: Case, *names: str) -> set[str]:
    with acting_as(case.worker.viewer) as viewer:
        children = {one.subject.pk for one in children_of(viewer, case.enquiry) if one.subject.given_name in names}
        rows = passable_items(viewer, case.enquiry, children)
        return set(ItemText.objects.filter(item__in=rows).values_list("text", flat=True))


def test_what_is_about_another_child_or_its_adults_does_not_go_out(of_cousins: Case) -> None:
    assert passable(of_cousins, "Ana") == passable(of_cousins, "Ana", "Bo") - {"Bo"}
    assert passable(of_cousins, "Ana") == {"Ana", "Mira", "Nobody, police"}
    assert passable(of_cousins, "Ada") == {"Ada", "Lena", "Nobody, health"}
    assert passable(of_cousins) == set()


def test_what_is_about_an_adult_of_both_families_goes_out_with_either(of_cousins: Case) -> None:
    with acting_as(person("fiona_front").viewer) as viewer:
        mira, lena = Subject.objects.get(given_name="Mira"), Subject.objects.get(given_name="Lena")
        contacts.actions.link_person(lena, mira, matched_on=["name"], viewer=viewer, at=of_cousins.at)
    assert {"Mira", "Lena"} <= passable(of_cousins, "Ana")
    assert {"Mira", "Lena"} <= passable(of_cousins, "Ada")


def test_the_text_is_frozen_at_the_release(decided: Case) -> None:
    item, summary = released_item(decided)
    with acting_as(decided.manager.viewer):
        assert SummaryItem.objects.get().text == ""
    decided.released(summary)
    revise(decided, item, text="Said otherwise later.", handling=Handling.HUB_ONLY)
    receiver = decided.who("asha_assessment").viewer
    with acting_as(receiver):
        seen = queries.summary_seen(receiver, queries.get_summary(receiver, summary.reference), at=decided.at)
    assert [(one.agency, one.about, one.text) for one in seen.items] == [
        ("Wendshire Police Protecting Vulnerable People Unit", "Ana Quill", "Two calls to the home in May.")
    ]


def test_an_item_whose_owner_closed_it_since_stops_the_release(decided: Case) -> None:
    item, summary = released_item(decided)
    revise(decided, item, text="Two calls to the home in May.", handling=Handling.HUB_ONLY)
    with pytest.raises(RuleBroken) as broken:
        decided.released(summary)
    assert broken.value.field == "items"
    with acting_as(decided.manager.viewer):
        assert (SummaryGrant.objects.count(), SummaryItem.objects.get().text) == (0, "")
        assert MashSummary.objects.get().released_at is None


def test_an_item_that_was_reworded_since_must_be_chosen_again(decided: Case) -> None:
    item, summary = released_item(decided)
    revise(decided, item, text="Three calls to the home in May.", handling=Handling.ONWARD)
    with pytest.raises(RuleBroken, match="reworded"):
        decided.released(summary)


def test_a_released_summary_is_frozen_in_the_database(decided: Case) -> None:
    _item, summary = released_item(decided)
    decided.released(summary)
    with acting_as(decided.manager.viewer):
        copy = SummaryItem.objects.get()
        found = MashSummary.objects.get()
        taken = SummaryChild.objects.values("subject_id")
        sibling = Subject.objects.exclude(pk__in=taken).filter(contact=decided.contact).order_by("position")[0]
        for change in (
            copy.delete,
            lambda: SummaryChild.objects.create(
                summary=found, subject=sibling, outcome="assessment", level_of_need="3"
            ),
            lambda: reword(found),
        ):
            with pytest.raises(InternalError, match="frozen"), transaction.atomic():
                change()


def test_a_release_opens_the_summary_to_its_team_starts_the_clock_and_tells(decided: Case) -> None:
    _item, summary = released_item(decided)
    receiver = decided.who("asha_assessment")
    with acting_as(receiver.viewer):
        assert not MashSummary.objects.visible_to(receiver.viewer).exists()
    decided.released(summary)
    with acting_as(receiver.viewer):
        assert MashSummary.objects.visible_to(receiver.viewer).get().reference == summary.reference
    with acting_as(decided.manager.viewer):
        clock = Deadline.objects.get(subject_id=summary.pk)
    told = set(Notice.objects.filter(kind="summary.released").values_list("membership_id", flat=True))
    assert (clock.measure, clock.colour, clock.team_id) == (Measure.ACCEPTANCE, "amber", summary.team_id)
    assert receiver.membership.pk in told
    assert decided.enquiry.state == EnquiryState.RELEASED


@pytest.mark.parametrize(
    ("door", "field"),
    [
        (Door(""), "door_question"),
        (Door(DoorQuestion.YES), "own_words"),
        (Door(DoorQuestion.NO, own_words="Ring first."), "door_question"),
        (Door(DoorQuestion.YES, own_words="Ring first."), "own_words_clean"),
    ],
)
def test_the_question_at_the_door_is_answered(decided: Case, door: Door, field: str) -> None:
    _item, summary = released_item(decided)
    with pytest.raises(RuleBroken) as broken:
        decided.released(summary, door)
    assert broken.value.field == field


def test_own_words_and_agreed_words_go_out_others_never(case: Case) -> None:
    summary, asked = case.instructed()
    police = case.who("police_researcher").viewer
    with pytest.raises(NotVisible):
        case.released(summary, Door(DoorQuestion.YES, agreed=[asked.reference]))
    with acting_as(police):
        sharing.agree_instruction(asked, "Visit in pairs.", viewer=police, at=case.at)
    case.released(summary, Door(DoorQuestion.YES, [asked.reference], "Ring the bell twice.", True))
    receiver = case.who("asha_assessment").viewer
    with acting_as(receiver):
        assert SummaryInstruction.objects.visible_to(receiver).get().text == "Visit in pairs.\n\nRing the bell twice."


@pytest.mark.parametrize("key", ["saira_worker", "asha_assessment", "fiona_front", "police_researcher"])
def test_nobody_but_the_manager_releases(decided: Case, key: str) -> None:
    _item, summary = released_item(decided)
    viewer = decided.who(key).viewer
    with acting_as(viewer), pytest.raises(NotPermitted):
        actions.release_summary(summary, Door("no"), viewer=viewer, at=decided.at, version=summary.version)


def test_a_release_on_an_old_page_or_a_second_one_is_refused(decided: Case) -> None:
    _item, summary = released_item(decided)
    viewer = decided.manager.viewer
    with acting_as(viewer), pytest.raises(StaleRecord):
        actions.release_summary(summary, Door("no"), viewer=viewer, at=decided.at, version=summary.version - 1)
    sent = decided.released(summary)
    with acting_as(viewer), pytest.raises(MoveNotAllowed):
        actions.release_summary(sent, Door("no"), viewer=viewer, at=decided.at, version=sent.version)


@pytest.mark.parametrize(
    "empty", ["hazards", "concern", "household", "reasons", "agreement", "missing", "covering_text"]
)
def test_what_goes_to_the_manager_has_all_its_parts(decided: Case, empty: str) -> None:
    summary = decided.prepared()[0]
    texts = {name: getattr(summary, name) for name in preparing.TEXTS} | {"covering_text": "Please call."}
    viewer = decided.worker.viewer
    draft = SummaryDraft(texts | {empty: " "}, FamilyTold.YES)
    with acting_as(viewer), pytest.raises(RuleBroken) as broken:
        actions.put_summary_to_manager(summary, draft, viewer=viewer, at=decided.at, version=summary.version)
    assert broken.value.field == empty


def test_a_private_referrer_is_named_nowhere(case: Case) -> None:
    case.kind = ReferrerKind.NEIGHBOUR
    case.referrer = ReportedReferrer(name="Olive Brandt", telephone="01632 960555")
    case.in_mash()
    case.recommended()
    case.decided()
    summary = case.prepared()[0]
    assert summary.referrer == ""
    viewer = case.worker.viewer
    for text in ("As olive  brandt says", "Ring 01632-960555"):
        draft = SummaryDraft({"reasons": text})
        with acting_as(viewer), pytest.raises(RuleBroken) as broken:
            actions.save_summary(summary, draft, viewer=viewer, at=case.at, version=1)
        assert broken.value.field == "reasons"


def test_a_protected_address_is_not_written_out(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    case.in_mash()
    with acting_as(case.manager.viewer):
        case.contact.refresh_from_db()
        case.contact.address_is_protected = True
        case.contact.save()
    case.recommended()
    case.decided()
    household = case.prepared()[0].household
    assert "Near Street" not in household
    assert "Address: protected" in household


def test_the_manager_sends_a_summary_back_and_the_worker_discards_a_draft(decided: Case) -> None:
    _item, summary = released_item(decided)
    manager, worker = decided.manager.viewer, decided.worker.viewer
    with acting_as(manager):
        back = actions.send_summary_back(summary, viewer=manager, at=decided.at, version=summary.version)
        assert back.state == "draft"
    with acting_as(worker):
        assert actions.discard_summary(back, viewer=worker, at=decided.at, version=back.version).state == "withdrawn"
    assert len(decided.prepared()) == 1


def test_what_was_typed_stays_when_another_child_joins(decided: Case) -> None:
    [summary] = decided.prepared({0: "assessment"})
    with acting_as(decided.worker.viewer):
        summary.reasons, summary.household = "In my own words.", "Mira, and nobody else."
        summary.save(update_fields=["reasons", "household"])
    [again] = decided.prepared({1: "assessment"})
    assert again.household == "Mira, and nobody else."
    assert again.reasons == (
        "In my own words.\n\nBo Quill: Level 4: statutory or specialist. Because of what Bo Quill said."
    )


def test_what_nobody_changed_is_written_anew_when_another_child_joins(decided: Case) -> None:
    [before] = decided.prepared({0: "assessment"})
    assert "Another child, who is not in this summary: reported with them. Ring the hub." in before.household
    assert "Bo Quill" not in before.household
    [again] = decided.prepared({1: "assessment"})
    assert "Another child" not in again.household
    assert [line.split(":")[0] for line in again.reasons.split("\n\n")] == ["Ana Quill", "Bo Quill"]
