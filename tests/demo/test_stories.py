"""Cases and stories hold together before anything is built of them. No database."""

from __future__ import annotations

import string
from datetime import date, timedelta
from itertools import pairwise

import pytest

from agencies.choices import Role
from decisions.choices import RELEASED_TO
from demo.builder.plan import CASE_LINES, PAST, UNDER_WAY, WAITING, Stop, Twist, halves, told
from demo.cases import CASES
from demo.people import AGENCIES, PEOPLE, TEAMS
from demo.shapes import CaseText, child
from demo.stories import PLOTS, tell

TODAY = date(2026, 3, 31)
TOLD = [tell(key, number) for key in PLOTS for number in range(12)]


def check(case: CaseText) -> None:
    people = {one.key for one in case.contact.people}
    children = {one.key for one in case.contact.children}
    assert set(case.screening.levels) == children
    for one in case.contact.relations:
        assert {one.subject, one.to} <= people
        assert one.subject != one.to
    for ask in case.asks:
        assert ask.agency in {agency.key for agency in AGENCIES}
        assert ask.who in {"", *(person.key for person in PEOPLE)}
        assert (ask.who, ask.spoken_by) != ("", "")
        assert set(ask.about) <= people
        assert {item.about for item in ask.items} <= {*ask.about, ""}
    if case.analysis and case.decision:
        assert set(case.analysis.meanings) == children
        assert {one.child for one in case.decision.children} == children
    if case.release and case.decision:
        kind = next(team.kind for team in TEAMS if team.key == case.release.team)
        assert {kind} == {kind for one in case.decision.children for kind in RELEASED_TO[one.outcome]}
        receiver = next(person for person in PEOPLE if person.key == case.release.who)
        assert (receiver.team, receiver.roles) == (case.release.team, (Role.RECEIVING_WORKER,))
    assert {letter.to for letter in case.letters} <= people


@pytest.mark.parametrize("case", CASES, ids=[case.key for case in CASES])
def test_a_case_holds_together(case: CaseText) -> None:
    check(case)
    assert case.feedback is not None
    assert case.decision is not None


def test_stories_hold_together() -> None:
    for case in TOLD:
        check(case)


def test_no_gap_is_left_open() -> None:
    for case in TOLD:
        assert not {"{", "}"} & set(repr(case.contact.reported) + case.contact.concern + case.screening.reasons)
        for ask in case.asks:
            assert not {"{", "}"} & set(ask.asks + "".join(item.text for item in ask.items))


def test_every_story_of_the_plan_is_known() -> None:
    assert {line.plot for line in (*PAST, *WAITING, *UNDER_WAY)} == set(PLOTS)
    assert [line.plot for line in CASE_LINES] == [case.key for case in CASES]


def test_the_halves_are_the_whole_and_part_no_household() -> None:
    first, second = halves()
    assert sorted((*first, *second), key=lambda story: story.number) == list(told())
    assert {story.family for story in first} & {story.family for story in second} == set()
    work = [sum(story.line.stop for story in half) for half in (first, second)]
    assert abs(work[0] - work[1]) <= max(Stop)


def test_whoever_joins_is_of_the_household_before() -> None:
    joining = [(before, story) for before, story in pairwise(told()) if story.line.twist == Twist.JOINS]
    assert [story.family for _before, story in joining] == [before.number for before, _story in joining] != []


def test_no_plot_is_told_twice_in_the_same_words() -> None:
    for key, plot in PLOTS.items():
        assert sum(story.line.plot == key for story in told()) <= len(plot.reported), key


def test_there_are_twenty_plots_and_more() -> None:
    assert len(PLOTS) >= 20


def test_mail_and_telephones_lead_nowhere() -> None:
    referrers = [case.contact.referrer for case in (*CASES, *TOLD)]
    assert {one.email.rpartition(".")[2] for one in referrers if one.email} == {"invalid"}
    numbers = ["".join(sign for sign in one.telephone if sign in string.digits) for one in referrers]
    assert {number[:8] for number in numbers if number} == {"01632960", "07700900"}


def test_a_child_is_as_old_as_it_is_told_to_be() -> None:
    for days in range(366):
        today = TODAY + timedelta(days=days)
        for name in ("Ada", "Ben", "Cleo"):
            born = child("a", name, "Ash", 4, 3).born_on(today)
            assert born is not None
            months = (today.year - born.year) * 12 + today.month - born.month - (today.day < born.day)
            assert months == 4 * 12 + 3, today


def test_a_baby_is_born_before_today() -> None:
    for days in range(366):
        today = TODAY + timedelta(days=days)
        born = child("a", "Ada", "Ash", 0, 0).born_on(today)
        assert born is not None
        assert timedelta(0) < today - born <= timedelta(days=31)
