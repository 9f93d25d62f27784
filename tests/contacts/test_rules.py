"""Rules of a contact, without a database."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from common.normal.addresses import address_keys, same_address
from common.normal.sounds import sound_of, sounds_of
from contacts.choices import MatchReason as Why
from contacts.rules.discussion import Discussion, discussion_problems
from contacts.rules.family import Member, household
from contacts.rules.intake import (
    Intake,
    ReportedPerson,
    ReportedReferrer,
    intake_problems,
    is_private_by_default,
    needs_acknowledgement,
    not_in_future,
    person_problems,
    reason_problems,
)
from contacts.rules.leaks import gives_away
from contacts.rules.matching import Described, match_reasons, swapped

AT = datetime(2026, 6, 3, 9, 30, tzinfo=UTC)
TODAY = date(2026, 6, 3)
CHILD = ReportedPerson(given_name="Ada")
WORRY = Intake(
    arrived_at=AT, channel="telephone", referrer_kind="neighbour", report="She cries every night.", people=(CHILD,)
)


def fields_of(intake: Intake) -> list[str]:
    return [problem.field for problem in intake_problems(intake, at=AT, today=TODAY)]


def test_a_plain_worry_breaks_no_rule() -> None:
    assert fields_of(WORRY) == []


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"arrived_at": AT + timedelta(minutes=1)}, "arrived_at"),
        ({"happened_on": date(2026, 6, 4)}, "happened_on"),
        ({"report": " \n "}, "report"),
        ({"report": "x" * 20_001}, "report"),
        ({"concern": "x" * 20_001}, "concern"),
        ({"referrer_kind": "anonymous", "referrer": ReportedReferrer(name="Nora")}, "referrer_kind"),
        ({"concern": "Nora Nextdoor hears it", "referrer": ReportedReferrer(name="Nora Nextdoor")}, "concern"),
        ({"known": "open"}, "open_to"),
        ({"agreement": "refused"}, "agreement_reason"),
        ({"agreement": "not_sought"}, "agreement_reason"),
        ({"may_tell": "no"}, "may_tell_reason"),
        ({"people": ()}, "people"),
        ({"people": (ReportedPerson(kind="adult"),)}, "people"),
        ({"people": (CHILD, replace(CHILD, date_of_birth=date(2030, 1, 1)))}, "date_of_birth"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(changes: dict[str, object], field: str) -> None:
    assert fields_of(replace(WORRY, **changes)) == [field]  # type: ignore[arg-type]  # values by column


def test_a_problem_of_a_person_says_which_one() -> None:
    two = replace(WORRY, people=(CHILD, replace(CHILD, date_of_birth=date(2030, 1, 1))))
    assert [problem.place for problem in intake_problems(two, at=AT, today=TODAY)] == [1]


def test_twenty_thousand_signs_of_any_script_are_taken() -> None:
    assert fields_of(replace(WORRY, report="😀م" * 10_000)) == []


def test_a_named_professional_may_stand_in_the_concern() -> None:
    named = replace(
        WORRY, referrer_kind="school", concern="Ines Marlowe saw it", referrer=ReportedReferrer(name="Ines Marlowe")
    )
    assert fields_of(named) == []
    kept = replace(named, referrer=ReportedReferrer(name="Ines Marlowe", is_private=True))
    assert fields_of(kept) == ["concern"]


def test_a_protected_address_does_not_stand_in_the_concern() -> None:
    open_home = replace(WORRY, concern="They are at 14 Elm Rd.", address="Flat 2, 14 Elm Road, Aldermere")
    assert fields_of(open_home) == []
    assert fields_of(replace(open_home, address_is_protected=True)) == ["concern"]


@pytest.mark.parametrize(
    ("person", "field"),
    [
        (ReportedPerson(is_unborn=True, date_of_birth=date(2026, 1, 1)), "date_of_birth"),
        (ReportedPerson(is_unborn=True, expected_on=date(2027, 6, 3)), "expected_on"),
        (ReportedPerson(is_unborn=True, expected_on=date(2025, 6, 3)), "expected_on"),
        (ReportedPerson(is_unborn=True, kind="adult"), "is_unborn"),
        (ReportedPerson(expected_on=date(2026, 9, 1)), "expected_on"),
        (ReportedPerson(date_of_birth=date(2026, 6, 4)), "date_of_birth"),
        (ReportedPerson(kind="adult", date_of_birth=date(2026, 6, 4)), "date_of_birth"),
        (ReportedPerson(date_of_birth=date(1901, 6, 3)), "date_of_birth"),
    ],
)
def test_days_of_a_person_that_cannot_be(person: ReportedPerson, field: str) -> None:
    assert [problem.field for problem in person_problems(person, today=TODAY)] == [field]


@pytest.mark.parametrize(
    "person",
    [
        ReportedPerson(is_unborn=True, expected_on=date(2026, 9, 1)),
        ReportedPerson(is_unborn=True),
        ReportedPerson(date_of_birth=TODAY),
        ReportedPerson(),
    ],
)
def test_days_of_a_person_that_can_be(person: ReportedPerson) -> None:
    assert person_problems(person, today=TODAY) == []


def test_a_future_birth_of_a_child_points_to_the_unborn() -> None:
    child = person_problems(ReportedPerson(date_of_birth=date(2027, 1, 1)), today=TODAY)[0].sentence
    adult = person_problems(ReportedPerson(kind="adult", date_of_birth=date(2027, 1, 1)), today=TODAY)[0].sentence
    assert ("not born yet" in child, "not born yet" in adult) == (True, False)


@pytest.mark.parametrize(
    ("kind", "private", "acknowledged"),
    [
        ("professional", False, True),
        ("school", False, True),
        ("relative", True, True),
        ("neighbour", True, True),
        ("self", True, True),
        ("anonymous", True, False),
    ],
)
def test_what_follows_from_the_kind_of_referrer(kind: str, private: bool, acknowledged: bool) -> None:
    assert (is_private_by_default(kind), needs_acknowledgement(kind)) == (private, acknowledged)


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("NORA nextdoor told us", "whole name"),
        ("Mrs Nextdoor told us", "title and surname"),
        ("write to nora@home.invalid", "email address"),
        ("ring 01632 960 123", "telephone number"),
        ("ring +44 (0)1632-960123 today", "telephone number"),
        ("ring o1632 96o123", "telephone number"),
        ("ending in 960123", "end of a telephone number"),
        ("case 1632 of 960122", ""),
        ("Nóra Nextdoor told us", "whole name"),
        ("as seen by Elm Road Association", "whole name"),
        ("the wall is thin and my bed stands at it, so there is crying", "sentence"),
        ("She cries at night.", ""),
        ("a neighbour hears crying", ""),
        ("", ""),
    ],
)
def test_what_gives_a_referrer_away(text: str, by: str) -> None:
    nora = ReportedReferrer(
        name="Nora Nextdoor",
        email="nora@home.invalid",
        telephone="01632 960123",
        organisation="Elm Road Association",
    )
    said = gives_away(text, nora, "She cries at night. The wall is thin and my bed stands at it, so I hear it.")
    assert said.removeprefix("This gives away who told the hub and is not to be named: ") == (
        f"“{text}” ({by}). Take it out." if by else ""
    )


def test_short_details_do_not_give_anybody_away() -> None:
    assert gives_away("Al fell at 12 Elm Road", ReportedReferrer(name="Al", telephone="12")) == ""


def test_a_moment_that_has_come() -> None:
    assert not_in_future(None, at=AT, what="It") == ""
    assert not_in_future(AT, at=AT, what="It") == ""
    assert "in the future" in not_in_future(AT + timedelta(seconds=1), at=AT, what="It")


def test_reasons_that_are_given_are_enough() -> None:
    assert reason_problems("refused", "She said no", "no", "He would hit her") == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Catherine", "Kathryn"),
        ("Stephen", "Steven"),
        ("O'Neill", "ONeil"),
        ("McDonald", "Macdonald"),
        ("Smith", "Smyth"),
        ("Thompson", "Tomson"),
        ("Mohammed", "Muhamad"),
        ("José", "Jose"),
        ("Phillips", "Filips"),
        ("Jackson", "Jaxon"),
        ("Sarah", "Sara"),
        ("Wright", "Rite"),
        ("Xavier", "Zavier"),
        ("Łukasz", "Lukasz"),
        ("Sørensen", "Soerensen"),
        ("Đurđica", "Djurdjica"),
        ("Þórdís", "Thordis"),
        ("Işık", "Isik"),
        ("Guðrún", "Gudrun"),
        ("D’Arcy", "Darcy"),
        ("Kaʻiulani", "Kaiulani"),
    ],
)
def test_names_that_sound_alike(one: str, other: str) -> None:
    assert sound_of(one) == sound_of(other) != ""


@pytest.mark.parametrize(("one", "other"), [("Ada", "Ivan"), ("Smith", "Jones"), ("Thornbury", "Orlebar")])
def test_names_that_do_not(one: str, other: str) -> None:
    assert sound_of(one) != sound_of(other)


def test_names_without_sound_or_in_another_script() -> None:
    assert (sound_of(""), sound_of("😀 -"), sound_of("محمد")) == ("", "", "محمد")
    assert len(sound_of("b" + "akb" * 200)) == 64


def test_each_part_of_a_double_name_counts() -> None:
    assert sounds_of("Smith-Jones") == {sound_of("SmithJones"), sound_of("Smith"), sound_of("Jones")}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Flat 2, 14 Elm Rd, AB1 2CD", "flat 2 14 ELM ROAD ab12cd"),
        ("14 Elm Road", "14, elm rd"),
        ("Rose Cottage, Mill Lane, AB1 2CD", "rose cottage AB12CD"),
    ],
)
def test_one_home_written_in_two_ways(one: str, other: str) -> None:
    assert same_address(one, other)


@pytest.mark.parametrize("vague", ["", "AB1 2CD", "London", "Elm Road near the church", "14"])
def test_an_address_that_names_no_home(vague: str) -> None:
    assert address_keys(vague) == frozenset()


@pytest.mark.parametrize(
    ("born", "exchanged"),
    [
        (date(2015, 3, 4), date(2015, 4, 3)),
        (date(2015, 3, 3), None),
        (date(2015, 3, 25), None),
        (None, None),
    ],
)
def test_day_and_month_exchanged(born: date | None, exchanged: date | None) -> None:
    assert swapped(born) == exchanged


ADA = Described("Ada", "Thornbury", date(2015, 3, 4))
ID = uuid.uuid4()


@pytest.mark.parametrize(
    ("one", "other", "reasons"),
    [
        (ADA, ADA, (Why.BIRTH, Why.NAME)),
        (ADA, Described("Ada", "Thornbery", date(2015, 4, 3)), (Why.SWAPPED, Why.NAME)),
        (ADA, Described("Edda", "Thornbury", date(2015, 3, 4)), (Why.BIRTH, Why.NAME)),
        (ADA, Described("Poppy", "Thornbury", date(2015, 3, 4)), (Why.BIRTH, Why.SURNAME)),
        (ADA, Described("Ada", "Jones", date(2015, 3, 4)), (Why.BIRTH, Why.GIVEN)),
        (ADA, Described("Thornbury", "Ada", None), (Why.NAME,)),
        (ADA, Described("Poppy", "Jones", date(2015, 3, 4)), ()),
        (ADA, Described("Ada", "Thornbury", date(2011, 1, 1)), ()),
        (ADA, Described("Ada", "Thornbury"), (Why.NAME,)),
        (ADA, Described("Poppy", "Thornbury"), ()),
        (Described(address_key="a"), Described(address_key="a"), ()),
        (
            Described("Poppy", "Thornbury", address_key="a"),
            Described("Ada", "Thornbury", address_key="a"),
            (Why.SURNAME, Why.ADDRESS),
        ),
        (
            replace(ADA, address_key="a"),
            Described("Ada", "Thornbury", date(2011, 1, 1), address_key="a"),
            (Why.NAME, Why.ADDRESS),
        ),
        (Described(person_id=ID), Described(person_id=ID), (Why.PERSON,)),
        (Described(nhs_number="9434765919"), Described(nhs_number="9434765919"), (Why.NUMBER,)),
        (Described(unique_pupil_number="A1"), Described(unique_pupil_number="A1"), (Why.NUMBER,)),
        (Described(), Described(), ()),
    ],
)
def test_why_two_may_be_one(one: Described, other: Described, reasons: tuple[Why, ...]) -> None:
    assert match_reasons(one, other) == reasons
    assert match_reasons(other, one) == reasons


def test_a_household_says_every_relation_from_both_ends() -> None:
    ada = Member("1", "Ada", "child", "", True, 1)
    lena = Member("2", "Lena", "adult", "mother", True, 2)
    rob = Member("3", "Rob", "adult", "father", False, 3)
    picture = household(
        [rob, lena, ada],
        [("2", "parent", "1"), ("3", "former_partner", "2"), ("3", "none", "1"), ("9", "parent", "1")],
    )
    assert [(one.member.name, one.ties) for one in picture.children] == [("Ada", ("child of Lena",))]
    assert [(one.member.name, one.ties) for one in picture.adults] == [
        ("Lena", ("parent of Ada", "former partner of Rob"))
    ]
    assert [(one.member.name, one.ties) for one in picture.elsewhere] == [("Rob", ("former partner of Lena",))]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"held_at": AT + timedelta(minutes=1)}, "held_at"),
        ({"present": " "}, "present"),
        ({"agreed": ""}, "agreed"),
        ({"section_47": "not_decided"}, "section_47"),
    ],
)
def test_what_a_strategy_discussion_must_say(changes: dict[str, object], field: str) -> None:
    said = Discussion(held_at=AT, present="Police, health", agreed="Joint visit", section_47="yes")
    assert discussion_problems(said, at=AT) == []
    assert [one.field for one in discussion_problems(replace(said, **changes), at=AT)] == [field]  # type: ignore[arg-type]
