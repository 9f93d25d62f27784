"""After a release: what changes is noted and told, a summary is replaced and kept, a breach is hidden and recorded."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client

import contacts.actions
import information_sharing.actions as sharing
import screening.actions
from agencies.access.identity import acting_as
from agencies.access.viewer import CLOCK
from clock.choices import Measure
from clock.models import Deadline
from common.errors import MoveNotAllowed, NotPermitted, NotVisible, RuleBroken
from contacts.choices import ContactState
from contacts.models import Contact
from decisions import actions, queries
from decisions.actions import Replacement
from decisions.choices import ExchangeKind, Outcome, SummaryState
from decisions.models import Exchange, MashSummary, Recall, SummaryChange
from information_sharing.models import Item
from notices.models import Notice
from screening.choices import EnquiryState
from screening.models import Reopening
from tests.decisions.pages import url
from tests.people import ClientOf, Person, agency, person
from tests.scenes.case import Case
from tests.work import items_of

MINUTE = timedelta(minutes=1)
TEXT = "Two calls to the home in May."
WHY = Replacement("other", "The school is another one.")


def take(case: Case, summary: MashSummary, key: str = "asha_assessment") -> MashSummary:
    viewer = case.who(key).viewer
    with acting_as(viewer):
        return actions.accept_summary(summary, viewer=viewer, at=case.at, version=summary.version)


def sent_with_item(case: Case) -> MashSummary:
    case.in_mash()
    case.told()
    case.recommended()
    case.decided()
    with acting_as(case.manager.viewer):
        item = Item.objects.get()
    return case.released(case.with_manager(case.prepared()[0], {item.pk: item.version}))


def take_back(case: Case) -> None:
    viewer = case.who("police_researcher").viewer
    with acting_as(viewer):
        item = Item.objects.get()
        sharing.withdraw_item(item, viewer=viewer, at=case.at, version=item.version)


def seal(case: Case) -> None:
    revise(case, "Sealed now.", "manager_only")


def reword(case: Case) -> None:
    revise(case, "One call to the home in May.", "onward")


def revise(case: Case, text: str, handling: str) -> None:
    viewer = case.who("police_researcher").viewer
    with acting_as(viewer):
        item = Item.objects.get()
        changed = sharing.Revision(text=text, handling=handling, theme=item.theme)
        sharing.revise_item(item, changed, viewer=viewer, at=case.at, version=item.version)


def told(case: Case) -> int:
    return actions.tell_changes(viewer=CLOCK, at=case.at)


def supersede(case: Case, summary: MashSummary, why: Replacement = WHY) -> MashSummary:
    viewer = case.manager.viewer
    with acting_as(viewer):
        current = MashSummary.objects.get(pk=summary.pk)
        return actions.supersede_summary(current, why, viewer=viewer, at=case.at, version=current.version)


def running(case: Case, summary: MashSummary) -> set[str]:
    with acting_as(case.manager.viewer):
        rows = Deadline.objects.filter(met_at__isnull=True, cancelled_at__isnull=True)
        return set(rows.filter(subject_id__in=(summary.pk, case.enquiry.pk)).values_list("measure", flat=True))


def kinds_told(who: Person) -> set[str]:
    with acting_as(who.viewer):
        return set(Notice.objects.filter(membership=who.membership).values_list("kind", flat=True))


def sections_of(who: Person, case: Case) -> set[str]:
    return {item.section for item in items_of(who.viewer, at=case.at)}


@pytest.mark.parametrize(
    ("change", "cause"),
    [(take_back, "item_taken_back"), (seal, "item_taken_back"), (reword, "item_changed")],
)
@pytest.mark.parametrize("accepted", [False, True])
def test_an_owner_who_changes_what_went_out_sets_the_hub_to_work(
    case: Case, change: Callable[[Case], None], cause: str, accepted: bool
) -> None:
    summary = sent_with_item(case)
    if accepted:
        take(case, summary)
    change(case)
    with acting_as(case.manager.viewer):
        assert list(SummaryChange.objects.values_list("cause", flat=True)) == [cause]
    assert "decisions.to_look_again" in sections_of(case.manager, case)
    assert (told(case), told(case)) == (1, 0)
    for who in (case.manager, case.worker, person("asha_assessment")):
        assert "summary.changed" in kinds_told(who)
    assert "release_again" in running(case, summary)


def test_the_team_reads_that_something_has_changed_and_not_what_it_says_now(case: Case, client_of: ClientOf) -> None:
    summary = sent_with_item(case)
    reword(case)
    page = client_of(person("asha_assessment")).get(url("summary", summary.reference)).content.decode()
    assert f"An agency changed something that was passed on: {agency('police').name}" in page
    assert TEXT in page
    assert "One call to the home" not in page


def test_people_put_right_after_the_release_are_a_change(case: Case) -> None:
    summary = case.out()[0]
    other = Case(case.at).received()
    viewer = person("fiona_front").viewer
    with acting_as(viewer):
        link = contacts.actions.link_person(
            case.subjects()[0], other.subjects()[0], matched_on=["name"], viewer=viewer, at=case.at
        )
    with acting_as(case.manager.viewer):
        assert SummaryChange.objects.get().summary_id == summary.pk
    with acting_as(viewer):
        contacts.actions.undo_link(link, viewer=viewer, at=case.at)
    with acting_as(case.manager.viewer):
        assert list(SummaryChange.objects.values_list("cause", flat=True)) == ["people"]


def test_a_summary_stands_with_a_reason_that_the_team_reads(case: Case) -> None:
    summary = sent_with_item(case)
    reword(case)
    told(case)
    viewer = case.manager.viewer
    with acting_as(viewer):
        current = MashSummary.objects.get()
        with pytest.raises(RuleBroken):
            actions.settle_changes(current, " ", viewer=viewer, at=case.at, version=current.version)
        kept = actions.settle_changes(current, "It says the same.", viewer=viewer, at=case.at, version=current.version)
        with pytest.raises(RuleBroken):
            actions.settle_changes(kept, "Twice.", viewer=viewer, at=case.at, version=kept.version)
        assert SummaryChange.objects.get().settled_by_id == viewer.membership_id
    assert "decisions.to_look_again" not in sections_of(case.manager, case)
    assert running(case, summary) == {"acceptance"}
    assert "summary.change_settled" in kinds_told(person("asha_assessment"))


def test_the_team_keeps_a_replaced_summary_stamped_and_says_what_follows(case: Case, client_of: ClientOf) -> None:
    team = person("asha_assessment")
    summary = take(case, case.out()[0])
    assert client_of(team).get(url("summary", summary.reference)).status_code == 200
    supersede(case, summary)
    page = client_of(team).get(url("summary", summary.reference)).content.decode()
    assert "Superseded" in page
    assert "Reason: Another reason" in page
    assert "The school is another one." in page
    assert f"Read in the team by {team.user.name}" in page
    assert sections_of(team, case) >= {"decisions.to_say_plan"}
    assert running(case, summary) == {"plan", "release_again"}
    said = {"version": str(summary.version + 1), "changes_plan": "yes", "text": "We visit the other school."}
    assert post(client_of(team), url("plan", summary.reference), **said).status_code == 302
    assert "decisions.to_say_plan" not in sections_of(team, case)
    assert running(case, summary) == {"release_again"}
    assert "summary.plan_said" in kinds_told(case.manager)


def post(client: Client, where: str, **typed: str) -> HttpResponse:
    return client.post(where, {"submission_key": str(uuid.uuid4()), **typed})  # type: ignore[return-value]


def test_what_was_closed_is_opened_again_by_its_replacement_and_ends_anew(case: Case) -> None:
    summary = take(case, case.out()[0])
    assert case.again().state == EnquiryState.CLOSED
    supersede(case, summary)
    assert case.again().state == EnquiryState.DECIDED
    with acting_as(case.manager.viewer):
        assert Contact.objects.get().state == ContactState.IN_ENQUIRY
        assert Reopening.objects.get().reason == WHY.text
    again = case.prepared()[0]
    assert again.covering_text == summary.covering_text
    new = case.released(case.with_manager(again))
    take(case, new)
    assert case.again().state == EnquiryState.CLOSED
    with acting_as(case.manager.viewer):
        assert Contact.objects.get().state == ContactState.ENDED
        assert MashSummary.objects.get(pk=summary.pk).state == SummaryState.SUPERSEDED
    with acting_as(person("asha_assessment").viewer) as viewer:
        seen = queries.summary_seen(viewer, queries.get_summary(viewer, summary.reference), at=case.at)
        assert seen.after.successor == new.reference
        seen = queries.summary_seen(viewer, queries.get_summary(viewer, new.reference), at=case.at)
        assert seen.after.replaces == summary.reference


def test_the_referrer_is_told_once_more_when_it_has_ended_once_more(case: Case) -> None:
    summary = take(case, case.out()[0])
    front = person("fiona_front")
    with acting_as(front.viewer) as viewer:
        word = actions.Word("not_possible", reason="Nobody answers.")
        actions.give_feedback(Contact.objects.get(), word, viewer=viewer, at=case.at, told_before=0)
    assert "decisions.to_tell" not in sections_of(front, case)
    supersede(case, summary)
    case.at += MINUTE
    take(case, case.released(case.with_manager(case.prepared()[0])))
    assert "decisions.to_tell" in sections_of(front, case)


@pytest.mark.parametrize(("colour", "rings"), [("red", True), ("amber", False)])
def test_a_red_team_is_telephoned(case: Case, colour: str, rings: bool) -> None:
    case.in_mash(colour)
    case.recommended()
    case.decided()
    summary = supersede(case, case.released(case.with_manager(case.prepared()[0])))
    for who in (case.manager, case.worker):
        assert ("decisions.to_telephone" in sections_of(who, case)) is rings
    viewer = case.worker.viewer
    with acting_as(viewer):
        actions.record_call(summary, "Spoke to the duty desk.", viewer=viewer, at=case.at, version=summary.version)
        assert MashSummary.objects.get().telephoned_by_id == viewer.membership_id
    assert "decisions.to_telephone" not in sections_of(case.manager, case)


def test_only_a_breach_hides_what_a_team_had_and_the_breach_is_recorded(case: Case, client_of: ClientOf) -> None:
    team = person("asha_assessment")
    summary = take(case, case.out()[0])
    where = url("summary", summary.reference)
    assert client_of(team).get(where).status_code == 200
    viewer = case.manager.viewer
    with acting_as(viewer):
        with pytest.raises(RuleBroken):
            actions.recall_summary(summary, "other", "Why.", viewer=viewer, at=case.at, version=summary.version)
        actions.recall_summary(
            summary, "wrong_recipient", "It was the north team.", viewer=viewer, at=case.at, version=summary.version
        )
        record = Recall.objects.get()
        assert (record.was_read, record.recalled_by_id) == (1, viewer.membership_id)
    assert client_of(team).get(where).status_code == 404
    with acting_as(team.viewer):
        assert list(Recall.objects.visible_to(team.viewer)) == []
    page = client_of(case.manager).get(where).content.decode()
    assert "It was the north team." in page
    assert "1 person of the team had read it" in page
    assert case.again().state == EnquiryState.DECIDED
    assert "release_again" in running(case, summary)


@pytest.mark.parametrize(
    ("outcomes", "stands"),
    [((Outcome.ASSESSMENT, Outcome.ASSESSMENT), True), ((Outcome.ASSESSMENT, Outcome.STRATEGY), False)],
)
def test_what_a_team_took_over_is_replaced_where_something_was_decided_otherwise(
    case: Case, outcomes: tuple[str, str], stands: bool
) -> None:
    summary = case.out()[0]
    take(case, summary)
    viewer = case.manager.viewer
    with acting_as(viewer):
        screening.actions.reopen_enquiry(
            case.again(), "A further report came in from the school.", viewer=viewer, at=case.at
        )
    case.decided(*outcomes, change_reason="A further report.")
    with acting_as(viewer):
        state = MashSummary.objects.get(pk=summary.pk).state
    assert state == (SummaryState.ACCEPTED if stands else SummaryState.SUPERSEDED)


@pytest.mark.parametrize("key", ["saira_worker", "fiona_front", "police_researcher", "asha_assessment"])
def test_nobody_but_the_manager_replaces_hides_or_opens_again(case: Case, key: str) -> None:
    summary = take(case, case.out()[0])
    viewer = person(key).viewer
    with acting_as(viewer):
        for act in (
            lambda: actions.supersede_summary(summary, WHY, viewer=viewer, at=case.at, version=summary.version),
            lambda: actions.recall_summary(
                summary, "unlawful", "Why.", viewer=viewer, at=case.at, version=summary.version
            ),
            lambda: screening.actions.reopen_enquiry(
                case.enquiry, "A further report came in.", viewer=viewer, at=case.at
            ),
        ):
            with pytest.raises((NotPermitted, NotVisible)):
                act()


def test_a_closed_enquiry_is_opened_again_on_its_page(case: Case, client_of: ClientOf) -> None:
    take(case, case.out()[0])
    manager = client_of(case.manager)
    page = manager.get(f"/enquiries/{case.enquiry.reference}/").content.decode()
    assert "Open again" in page
    where = f"/enquiries/{case.enquiry.reference}/reopen/"
    said = {"version": str(case.again().version), "reason": "No."}
    assert "at least" in post(manager, where, **said).content.decode()
    assert post(manager, where, **{**said, "reason": "A further report came in from the school."}).status_code == 302
    assert case.again().state == EnquiryState.DECIDED
    assert "screening.declined" in sections_of(case.manager, case)
    page = manager.get(f"/enquiries/{case.enquiry.reference}/").content.decode()
    assert "A further report came in from the school." in page


def test_after_the_decision_a_rating_is_refused_with_what_to_do_instead(case: Case, client_of: ClientOf) -> None:
    case.out()
    viewer = case.manager.viewer
    with acting_as(viewer), pytest.raises(MoveNotAllowed, match="use Protect now"):
        screening.actions.rerate_enquiry(
            case.again(), "red", reason="It is worse than we thought.", viewer=viewer, at=case.at
        )
    page = client_of(case.manager).get(f"/enquiries/{case.enquiry.reference}/rerate/", follow=True)
    assert "use Protect now" in page.content.decode()


def test_what_was_said_after_the_release_stays_with_the_summary(case: Case) -> None:
    supersede(case, take(case, case.out()[0]))
    with acting_as(person("asha_assessment").viewer) as viewer:
        rows = Exchange.objects.visible_to(viewer).values_list("kind", "text")
        assert list(rows) == [(ExchangeKind.SUPERSEDED, WHY.text)]


def test_the_clock_of_the_team_is_that_of_the_colour(case: Case) -> None:
    case.in_mash("red")
    case.recommended()
    case.decided()
    summary = supersede(case, case.released(case.with_manager(case.prepared()[0])))
    with acting_as(case.manager.viewer):
        clock = Deadline.objects.get(subject_id=summary.pk, measure=Measure.PLAN)
        assert clock.due_at - clock.started_at == timedelta(minutes=30)
