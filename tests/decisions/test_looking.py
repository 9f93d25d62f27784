"""What reviewers, whoever has broken the glass and the night team read of a decision and what followed it."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
from django.apps import apps
from django.utils import timezone

import contacts.actions
import information_sharing.actions as sharing
import screening.actions
from agencies.access.identity import acting_as
from agencies.access.table.whole import ADDRESSES
from agencies.access.table.words import Audience
from agencies.access.viewer import BREAK_GLASS
from audit.models import Reading
from common.moments import london_day
from decisions import actions
from decisions.actions import Door
from decisions.choices import DoorQuestion
from decisions.models import (
    Analysis,
    Complaint,
    DecisionBasis,
    FamilyLetter,
    MashSummary,
    SealedReasons,
    SummaryInstruction,
)
from decisions.queries.looking import PATHS
from tests.drawn import plain
from tests.information_sharing.signatures import now_of
from tests.people import ClientOf, Person
from tests.scenes.case import Case

WORDS = "Visit in pairs."


@pytest.fixture
def released(case: Case) -> Case:
    """Return an Amber case whose summary is out, with a safety instruction, and a decision with sealed reasons."""
    summary, asked = case.instructed()
    police = case.who("police_researcher").viewer
    with acting_as(police):
        sharing.agree_instruction(asked, WORDS, viewer=police, at=case.at)
    case.released(summary, Door(DoorQuestion.YES, [asked.reference], "", True))
    return case


def look(case: Case, reviewer: Person, hub: Person) -> None:
    """Name the reviewer, and let somebody of the hub break the glass."""
    now = timezone.now()
    today = london_day(now)
    with acting_as(case.manager.viewer) as viewer:
        screening.actions.name_reviewer(
            case.enquiry,
            reviewer.membership.pk,
            purpose="complaint",
            starts_on=today,
            ends_on=today + timedelta(days=1),
            viewer=viewer,
            at=now,
        )
    with acting_as(hub.viewer) as viewer:
        why = "The police ring: who may take the child in tonight?"
        assert screening.actions.break_glass(case.enquiry.reference, why, viewer=viewer, at=now) is not None


def test_analysis_is_the_reviewers_and_what_is_sealed_is_nobodys(
    released: Case, reviewer: Person, other_social_worker: Person
) -> None:
    look(released, reviewer, other_social_worker)
    seen = {}
    for who in (reviewer, other_social_worker):
        viewer = now_of(who)
        with acting_as(viewer):
            tables = (Analysis, MashSummary, SummaryInstruction, DecisionBasis, SealedReasons)
            seen[who.user.name] = [model.objects.visible_to(viewer).count() for model in tables]
    assert seen == {reviewer.user.name: [1, 1, 1, 0, 0], other_social_worker.user.name: [0, 1, 1, 0, 0]}


def test_pages_say_nothing_of_confidential_information_to_a_reviewer(
    released: Case, reviewer: Person, other_social_worker: Person, client_of: ClientOf
) -> None:
    look(released, reviewer, other_social_worker)
    reference = released.enquiry.reference
    client = client_of(reviewer)
    pages = {part: client.get(f"/enquiries/{reference}/{part}/") for part in ("analysis", "decision", "release")}
    assert {part: page.status_code for part, page in pages.items()} == dict.fromkeys(pages, 200)
    whole = "".join(page.content.decode() for page in pages.values())
    assert "onfidential" not in whole
    glass = client_of(other_social_worker)
    statuses = [glass.get(f"/enquiries/{reference}/{part}/").status_code for part in pages]
    assert statuses == [404, 200, 404]


def written(case: Case) -> FamilyLetter:
    """Go the whole way to an ended contact, and write a letter and a complaint."""
    contact, door = case.ended(), case.who("fiona_front").viewer
    mother = contact.subjects.filter(kind="adult")[0]
    with acting_as(door):
        actions.record_complaint(contact, "Nobody rang me.", received_at=case.at, viewer=door, at=case.at)
        return actions.begin_letter(contact, mother.pk, viewer=door, at=case.at)


def test_what_family_and_referrer_are_told_is_the_reviewers_and_not_read_through_glass(
    case: Case, reviewer: Person, other_social_worker: Person, client_of: ClientOf
) -> None:
    """To whoever broke the glass the pages are as those of a contact that is not there."""
    letter = written(case)
    contact = letter.contact
    look(case, reviewer, other_social_worker)
    pages = [f"/contacts/{contact.reference}/{part}/" for part in ("feedback", "letters", "complaints")]
    pages.append(f"/letters/{letter.reference}/")
    absent = [re.sub(r"[CL]-\w{4}-\w{4}", lambda found: f"{found[0][0]}-2222-2222", page) for page in pages]
    glass = client_of(other_social_worker)
    assert glass.get(f"/contacts/{contact.reference}/").status_code == 200
    answers = [[glass.get(page) for page in some] for some in (pages, absent)]
    assert [one.status_code for some in answers for one in some] == [404] * 8
    assert [plain(one) for one in answers[0]] == [plain(one) for one in answers[1]]
    posts = [glass.post(page, {"version": "1"}).status_code for page in (*pages, *absent)]
    assert posts == [404] * 8
    assert [client_of(reviewer).get(page).status_code for page in pages] == [200] * 4


@pytest.mark.parametrize(("who", "seen"), [("reviewer", [1, 1]), ("other_social_worker", [0, 0])])
def test_both_walls_keep_letters_and_complaints_from_broken_glass(
    who: str, seen: list[int], case: Case, request: pytest.FixtureRequest
) -> None:
    written(case)
    look(case, request.getfixturevalue("reviewer"), request.getfixturevalue("other_social_worker"))
    viewer = now_of(request.getfixturevalue(who))
    assert [model.objects.visible_to(viewer).count() for model in (FamilyLetter, Complaint)] == seen
    with acting_as(viewer):
        assert [model.objects.count() for model in (FamilyLetter, Complaint)] == seen


def test_night_team_reads_outcome_and_instruction_and_no_summary(
    released: Case, out_of_hours: Person, client_of: ClientOf
) -> None:
    page = client_of(out_of_hours).get(f"/enquiries/{released.enquiry.reference}/decision/").content.decode()
    page = unescape(page)
    assert (WORDS in page, "/summaries/" in page, "onfidential" in page) == (True, False, False)
    outcomes = [child.get_outcome_display() for child in released.enquiry.decisions.get().children.all()]
    assert [one for one in outcomes if one not in page] == []
    with acting_as(out_of_hours.viewer) as viewer:
        assert MashSummary.objects.visible_to(viewer).count() == 0


def test_instruction_waits_for_the_release(case: Case, out_of_hours: Person, client_of: ClientOf) -> None:
    case.in_mash()
    case.recommended()
    case.decided()
    case.prepared()
    page = client_of(out_of_hours).get(f"/enquiries/{case.enquiry.reference}/decision/").content.decode()
    assert (case.enquiry.reference in page, WORDS in page) == (True, False)


def test_each_record_that_somebody_looks_into_is_known_by_how_its_reference_begins() -> None:
    """What is not known so is shown without a line in the read log."""
    lookers = {Audience.REVIEWER, Audience.EMERGENCY_ACCESS}
    rows = [row for row in ADDRESSES.values() if lookers & set(row.reach) and row.record]
    models = {apps.get_model(row.record) for row in rows if row.record != "information_sharing.Item"}
    letters = {str(model._meta.get_field("reference").get_default())[0]: model for model in models}
    assert {letter: PATHS.get(letter, (None, ""))[0] for letter in letters} == letters


def test_protective_work_that_somebody_looks_into_is_in_the_read_log(
    case: Case, reviewer: Person, other_social_worker: Person, client_of: ClientOf
) -> None:
    case.in_mash()
    with acting_as(case.manager.viewer) as viewer:
        raised = contacts.actions.protect_now(case.contact, "He waits.", viewer=viewer, at=case.at).protection
        contacts.actions.stand_down(raised, "He has gone.", viewer=viewer, at=case.at)
    look(case, reviewer, other_social_worker)
    for who, purpose in ((reviewer, "complaint"), (other_social_worker, BREAK_GLASS)):
        assert client_of(who).get(f"/protection/{raised.reference}/").status_code == 200
        read = Reading.objects.filter(reference=raised.reference, user_id=who.user.pk)
        assert list(read.values_list("page", "purpose")) == [("contacts:protection", purpose)]
