"""An enquiry with contacts about several families: a summary holds what is said of its own children alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

import screening.actions
from agencies.access.identity import acting_as
from contacts.actions import add_person, link_person, relate
from contacts.choices import RelationKind
from contacts.models import Contact, Subject
from contacts.rules.intake import Intake
from decisions.actions import supersede_summary
from decisions.actions.replacing import Replacement
from decisions.models import MashSummary
from decisions.reads.children import children_told
from decisions.reads.enquiry import children_of
from decisions.reads.reported import OTHERS, report_for_team
from tests.scenes.case import Case
from tests.scenes.families import ANA, BO, MARCUS, OKAFOR_LANE, QUILL, worry_about
from tests.scenes.stages import logged

pytestmark = pytest.mark.django_db


def joined(case: Case, family: Intake = OKAFOR_LANE, **changes: Any) -> Contact:
    """Take a contact about another family, or about the same one once more, into the case."""
    later = case.at + timedelta(minutes=1)
    further = logged(worry_about(family, later, **changes), case.who("fiona_front"), later)
    with acting_as(case.manager.viewer) as viewer:
        screening.actions.join_enquiry(case.again(), further, viewer=viewer, at=later)
    return further


def report(case: Case, *children: Subject) -> list[str]:
    with acting_as(case.manager.viewer) as viewer:
        return sorted(report_for_team(viewer, case.enquiry.pk, {one.pk for one in children}).split("\n\n"))


def child(case: Case, contact: Contact, name: str) -> Subject:
    with acting_as(case.manager.viewer):
        return Subject.objects.get(contact=contact, given_name=name)


def summary_of(case: Case, *places: int) -> MashSummary:
    case.recommended()
    case.decided()
    [summary] = case.prepared(dict.fromkeys(places, "assessment"))
    return summary


def test_summary_is_drafted_from_the_contacts_about_its_own_children(case: Case) -> None:
    case.in_mash()
    joined(case)
    summary = summary_of(case, 2)
    lines = summary.household.splitlines()
    assert lines == [
        "Marcus Lane, father, date of birth not known, lives in the household",
        "Another child, who is not in this summary: reported with them. Ring the hub.",
        "Address: 4 Harbour Steps, Aldermere",
    ]
    assert (summary.concern, summary.referrer) == (
        "Marks on an arm that nobody explains.",
        "Ada Quill, Quayside Primary",
    )


def test_hazard_of_the_same_home_is_told_whichever_contact_speaks_of_it(case: Case) -> None:
    case.in_mash()
    joined(case, people=(BO,), address="4 NEAR STREET, Aldermere", visit_hazard=True, hazards="A dog on a chain.")
    joined(case, visit_hazard=True, hazards="The stairs are broken.")
    hazards = summary_of(case, 0).hazards
    assert ("A dog on a chain." in hazards, "The stairs" in hazards) == (True, False)


def test_report_of_a_namesake_of_another_family_stays_with_the_hub(case: Case) -> None:
    case.children = (ANA,)
    case.in_mash()
    joined(case, people=(replace(ANA, date_of_birth=date(2012, 1, 1)),), report="Of another family.")
    assert report(case, child(case, case.contact, "Ana")) == sorted([QUILL.report, OTHERS])


def test_report_about_the_same_child_under_another_spelling_goes_along(case: Case) -> None:
    case.children = (ANA,)
    case.in_mash()
    again = joined(case, QUILL, people=(replace(ANA, given_name="Anna"),), report="She came without shoes.")
    first, other = child(case, case.contact, "Ana"), child(case, again, "Anna")
    assert report(case, first) == sorted([QUILL.report, OTHERS])
    with acting_as(case.manager.viewer) as viewer:
        link_person(other, first, matched_on=[], viewer=viewer, at=case.at)
    assert report(case, first) == sorted([QUILL.report, "She came without shoes."])


def test_adult_of_another_child_who_lives_elsewhere_is_not_of_this_household(case: Case) -> None:
    case.in_mash()
    uncle = replace(MARCUS, given_name="Ray", lives_in_household=False)
    with acting_as(case.who("fiona_front").viewer) as viewer:
        added = add_person(case.contact, uncle, viewer=viewer, at=case.at)
        relate(case.contact, added, child(case, case.contact, "Bo"), RelationKind.PARENT, viewer=viewer, at=case.at)
    household = summary_of(case, 0).household
    assert ("Mira Quill" in household, "Tom Sorrel" in household, "Ray Lane" in household) == (True, True, False)


def test_place_that_a_later_contact_protects_is_not_told_from_an_earlier_one(case: Case) -> None:
    away = replace(ANA, lives_in_household=False, address="12 Far Row, Aldermere")
    case.children = (away,)
    case.in_mash()
    again = joined(case, QUILL, people=(replace(away, address_is_protected=True, protected_from="Tom Sorrel"),))
    with acting_as(case.manager.viewer) as viewer:
        first = child(case, case.contact, "Ana")
        link_person(child(case, again, "Ana"), first, matched_on=[], viewer=viewer, at=case.at)
        keys = {one.subject.pk for one in children_of(viewer, case.again())}
        [told] = children_told(viewer, case.enquiry, keys).values()
    assert ("Far Row" in told.whereabouts, "[protected place]" in told.whereabouts) == (False, True)


def test_summary_begins_with_no_words_about_another_child(case: Case) -> None:
    case.in_mash()
    case.recommended()
    case.decided()
    [first] = case.prepared({0: "assessment"})
    sent = case.released(case.with_manager(first))
    with acting_as(case.manager.viewer) as viewer:
        why = Replacement("other", "Something new.")
        supersede_summary(sent, why, viewer=viewer, at=case.at, version=sent.version)
    [second] = case.prepared({1: "assessment"})
    assert (sent.covering_text, second.covering_text) == ("Please see both children this week.", "")
