"""People from a spreadsheet: shown before it is done, hostile cells, twice, a thousand lines."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from agencies import actions
from agencies.access.identity import acting_as
from agencies.access.viewer import Viewer
from agencies.models import Membership, RoleProposal, User
from agencies.reads.people_file import MOST_LINES, PersonLine, read_lines
from audit.models import Event
from common.errors import MoveNotAllowed, NotPermitted, RuleBroken
from tests.drawn import text
from tests.people import ClientOf, Person, agency, person, team

pytestmark = pytest.mark.django_db
HEADING = "name,email,telephone,job title,registered,agency,roles,team"
PAGE = "agencies:people_file"


def lines_of(*rows: str, heading: str = HEADING) -> str:
    return "\n".join([heading, *rows])


def tried(text: str, by: Person) -> list[tuple[int, str, str]]:
    with acting_as(by.viewer) as viewer:
        taken = actions.try_people(read_lines(text), viewer=viewer, at=timezone.now())
    return [(one.number, one.what, one.words) for one in taken.lines]


def counts() -> list[int]:
    return [table.objects.count() for table in (User, Membership, RoleProposal, Event)]


@pytest.mark.parametrize("parted_by", [",", ";", "\t"])
@pytest.mark.parametrize("start", ["", "\ufeff"])
def test_lines_are_read_however_the_cells_are_parted(parted_by: str, start: str) -> None:
    rows = [
        ["Name", "EMAIL", "roles", "agency", "first day"],
        ["Zoë", "Z@x.invalid", '"Screener; front_door"', "P", "31/12/2026"],
    ]
    read = read_lines(start + "\r\n".join(parted_by.join(row) for row in rows))
    assert [(one.number, one.name, one.email, one.roles, one.wrong) for one in read] == [
        (2, "Zoë", "z@x.invalid", ("front_door", "screener"), "")
    ]
    assert str(read[0].starts_on) == "2026-12-31"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("name,telephone\nA,1", "Missing: email"),
        ("name,email,shoe size\nA,a@x.invalid,1", "no column “shoe size”"),
        ("name,email,email\nA,a@x.invalid,b", "twice"),
        ("name,email\n\n  ,\n", "no line under the heading"),
        ('name,email\n"A,a@x.invalid', "quotation mark"),
        ("", "Missing: name, email"),
        ("name,email\n" + "A,a@x.invalid\n" * (MOST_LINES + 1), "at most 1000"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(typed: str, sentence: str) -> None:
    with pytest.raises(RuleBroken, match=sentence):
        read_lines(typed)


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("=HYPERLINK(1),a@x.invalid,,,,,,", "begins with “=”"),
        ("@A,a@x.invalid,,,,,,", "begins with “@”"),
        ("A,a@x.invalid,+44 20 7946 0000,,,,,", ""),
        ("A,a@x.invalid,+cmd|' /C calc'!A0,,,,,", "begins with “+”"),
        ("A,a@x.invalid,,-1+1,,,,", "begins with “-”"),
        ('"A\nB",a@x.invalid,,,,,,', "more than one line"),
        (",a@x.invalid,,,,,,", "The name is missing."),
        ("A,nobody,,,,,,", "no email address"),
        ("A,a@x.invalid,,,perhaps,,,", "yes or no"),
        ("A,a@x.invalid,,,,P,wizard,", "no role “wizard”"),
        ("A,a@x.invalid,,,,P,,", "go together"),
        ("A,a@x.invalid", "It has 2 cells, the heading has 8."),
        (f"{'A' * 121},a@x.invalid,,,,,,", "longer than 120"),
    ],
)
def test_a_cell_that_may_not_be_is_an_error_of_its_line(row: str, sentence: str) -> None:
    (read,) = read_lines(lines_of(row))
    assert (sentence in read.wrong, bool(read.wrong)) == (True, bool(sentence))


def test_an_address_that_comes_twice_counts_once() -> None:
    read = read_lines(lines_of("A,a@x.invalid,,,,,,", "B,A@X.invalid,,,,,,"))
    assert [one.wrong for one in read] == ["", "This address stands in line 2 already."]


def test_the_trial_says_what_it_would_do_and_does_nothing(administrator: Person, front_door: Person) -> None:
    police, lado = agency("police"), team("lado")
    user = front_door.user
    typed = lines_of(
        f"Nora Vale,nora@x.invalid,,Officer,no,{police.name.upper()},Researcher,",
        f"{user.name},{user.email},{user.telephone},Contact officer,,,,",
        f"{user.name},FIONA@x.invalid,,,,Nowhere,screener,",
        f"Ada,ada@x.invalid,,,,{lado.agency.short_name},receiving worker,{lado.name}",
        f"{administrator.user.name},{administrator.user.email},,Boss,,,,",
        f"Audrey Flynn,{person('audrey_auditor').user.email},,,,{police.name},manager,",
    )
    before = counts()
    found = tried(typed, administrator)
    assert [what for _number, what, _words in found] == ["New", "Changed", "Left out", "New", "Left out", "Left out"]
    words = [words for _number, _what, words in found]
    waits = "which waits for a MASH manager's word."
    assert words[0] == f"An account, a membership in {police.short_name} as researcher, {waits}"
    assert words[1] == "Job title corrected."
    assert "no open agency “Nowhere”" in words[2]
    assert "your own account" in words[4]
    assert "auditor or administrator" in words[5]
    assert (counts(), mail.outbox) == (before, [])


def test_it_is_done_as_it_was_shown_and_twice_is_once(
    client_of: ClientOf, administrator: Person, front_door: Person
) -> None:
    client, url = client_of(administrator), reverse(PAGE)
    typed = lines_of(f"Nora Vale,nora@x.invalid,,Officer,yes,{agency('police').name},researcher,", "Bad,bad,,,,,,")
    people = User.objects.count()
    shown = client.post(url, {"lines": typed})
    assert (shown.status_code, User.objects.count()) == (200, people)
    mark = shown.context["tried"].mark
    assert "New: 1 · Changed: 0 · As it is: 0 · Left out: 1" in text(shown)
    assert "Enter these people" in text(shown)
    done = client.post(url, {"lines": typed, "mark": mark})
    assert done.headers["Location"] == reverse("agencies:people")
    made = User.objects.get(email="nora@x.invalid")
    assert (made.job_title, made.is_registered_social_worker, made.has_usable_password()) == ("Officer", True, False)
    assert RoleProposal.objects.filter(user=made).count() == 1
    again = client.post(url, {"lines": typed, "mark": mark})
    assert "have changed since you looked" in text(again)
    assert "New: 0 · Changed: 0 · As it is: 1 · Left out: 1" in text(again)
    assert (User.objects.filter(email="nora@x.invalid").count(), RoleProposal.objects.count()) == (1, 1)


def test_what_would_be_otherwise_by_now_is_not_done(administrator: Person) -> None:
    lines = read_lines(lines_of("Nora,nora@x.invalid,,,,,,"))
    with acting_as(administrator.viewer) as viewer:
        mark = actions.try_people(lines, viewer=viewer, at=timezone.now()).mark
        actions.create_account("nora@x.invalid", "Nora", password=None, viewer=viewer, at=timezone.now())
        with pytest.raises(MoveNotAllowed):
            actions.take_people(lines, mark=mark, viewer=viewer, at=timezone.now())


def test_only_the_administrator_takes_people(client_of: ClientOf, mash_manager: Person) -> None:
    acts: list[Callable[[Viewer], Any]] = [
        lambda v: actions.try_people([], viewer=v, at=timezone.now()),
        lambda v: actions.take_people([], mark="", viewer=v, at=timezone.now()),
    ]
    for act in acts:
        with pytest.raises(NotPermitted):
            act(mash_manager.viewer)
    assert client_of(mash_manager).get(reverse(PAGE)).status_code == 403


def test_a_thousand_lines_are_taken(administrator: Person) -> None:
    lines = [
        PersonLine(number, f"Person {number}", f"p{number}@x.invalid", agency=agency("police").name, roles=("lead",))
        for number in range(2, MOST_LINES + 2)
    ]
    people = User.objects.count()
    with acting_as(administrator.viewer) as viewer:
        shown = actions.try_people(lines, viewer=viewer, at=timezone.now())
        assert (shown.numbers["New"], User.objects.count()) == (MOST_LINES, people)
        actions.take_people(lines, mark=shown.mark, viewer=viewer, at=timezone.now())
    assert (User.objects.count(), RoleProposal.objects.count()) == (people + MOST_LINES, MOST_LINES)
