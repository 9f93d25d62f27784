"""Each rule of what is plausible finds what it is there for: one offender is planted for each. No database."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from demo.plausible import RULES, HubSeen
from demo.plausible.families import is_nhs_number_for_tests
from demo.plausible.seen import ActSeen, ContactSeen, LetterSeen, PersonSeen, ReferrerSeen, TextSeen
from demo.stories.households import nhs_number

NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)
BEGUN = (date(2025, 1, 1), None)
CHILD, OTHER, MOTHER, GRAN = (uuid.UUID(int=number) for number in range(1, 5))
ADA = PersonSeen(
    CHILD, True, "Freya", "Aldridge", born=date(2018, 5, 3), sex="female", ethnicity="White British",
    school="Tollgate Primary School", practice="Quay Street Surgery", nhs_number=nhs_number(1),
)  # fmt: skip
BEN = replace(ADA, key=OTHER, given="Oscar", born=date(2015, 9, 14), sex="male", nhs_number=nhs_number(2))
EVE = PersonSeen(MOTHER, False, "Emma", "Aldridge", born=date(1990, 7, 21), sex="female", part="mother")
OLD = PersonSeen(GRAN, False, "Donna", "Aldridge", born=date(1965, 2, 9), sex="female", part="grandmother")
HEAD = ReferrerSeen(
    "Una Penn", "Tollgate Primary School", "Head teacher", "una@tollgate-primary.invalid", "01632 960501"
)
HOME = "3 Elm Grove, Aldermere, AM5 1LR"
CONTACT = ContactSeen(
    "C-1", NOON, state="in_enquiry", kind="school", address=HOME, agreement="given", may_tell="already", colour="red",
    referrer=HEAD, people=(ADA, BEN, EVE, OLD), at_night=True, answered=True,
    relations=((MOTHER, "parent", CHILD), (MOTHER, "parent", OTHER), (GRAN, "grandparent", CHILD)),
    letters=(LetterSeen(MOTHER, "sent"),), outcomes=("assessment",),
    texts=(TextSeen("report", "Freya lost her shoe."),),
    moments=(("arrived", NOON), ("screened", NOON + timedelta(hours=1))),
)  # fmt: skip
ACT = ActSeen(NOON, "contact.received", "C-1", frozenset({"front_door"}), "social_care", BEGUN)
OFF_SHARES = {"shares"}
"""One contact alone is no hub whose shares could be right."""

Child, Contact = dict[str, object], dict[str, object]


def hub(*contacts: ContactSeen, acts: tuple[ActSeen, ...] = (ACT,), **more: object) -> HubSeen:
    return replace(HubSeen(NOON + timedelta(hours=3), contacts=contacts, acts=acts), **more)  # type: ignore[arg-type]


def told(**changes: object) -> HubSeen:
    return hub(replace(CONTACT, **changes))  # type: ignore[arg-type]


def family(*people: PersonSeen) -> HubSeen:
    return told(people=people, relations=tuple(one for one in CONTACT.relations if {one[0], one[2]} <= keys(people)))


def keys(people: tuple[PersonSeen, ...]) -> set[uuid.UUID]:
    return {one.key for one in people}


def said(text: str) -> HubSeen:
    return told(texts=(TextSeen("report", text),))


def done(**changes: object) -> HubSeen:
    return hub(CONTACT, acts=(replace(ACT, **changes),))  # type: ignore[arg-type]


def elsewhere(reference: str, **changes: object) -> ContactSeen:
    """Another family, nothing to the first."""
    people = (replace(ADA, key=uuid.uuid4(), family="Farrow", born=date(2017, 1, 8), nhs_number=nhs_number(9)),)
    other = replace(CONTACT, reference=reference, people=people, relations=(), letters=(), address="")
    return replace(other, **changes)  # type: ignore[arg-type]


def on(day: int, person: PersonSeen) -> PersonSeen:
    return replace(person, born=person.born.replace(day=day) if person.born else None)


ONE_DAY = [on(3, one) for one in (ADA, BEN, EVE)]
PLANTED = {
    "one day": family(*ONE_DAY),
    "shared days": family(*ONE_DAY),
    "parents": family(ADA, BEN, replace(EVE, born=date(2003, 1, 5))),
    "grandparents": family(ADA, BEN, EVE, replace(OLD, born=date(1980, 2, 9))),
    "siblings": family(ADA, replace(BEN, born=date(2018, 9, 14)), EVE),
    "of age": family(replace(ADA, born=date(2005, 5, 3), school=""), EVE),
    "born": family(replace(ADA, born=date(2026, 4, 1), school=""), EVE),
    "one name": family(ADA, replace(BEN, given="Freya"), EVE),
    "namesakes": hub(
        CONTACT,
        *(
            elsewhere(f"C-{year}", people=(replace(ADA, key=uuid.uuid4(), born=date(year, 1, 8), nhs_number=""),))
            for year in (2016, 2019)
        ),
    ),
    "school age": family(replace(ADA, school="Harbour Academy"), EVE),
    "school writes": told(referrer=replace(HEAD, organisation="Northfield Primary School")),
    "one school": family(ADA, replace(BEN, school="Northfield Primary School"), EVE),
    "one practice": family(ADA, replace(BEN, practice="Station Road Surgery"), EVE),
    "ethnicity": family(ADA, replace(BEN, ethnicity="Indian"), EVE),
    "NHS numbers": family(replace(ADA, nhs_number="4010232137"), EVE),
    "fictional numbers": said("Ring 020 7219 3000."),
    "own numbers": hub(CONTACT, elsewhere("C-2", referrer=replace(HEAD, name="Una Rook"))),
    "fictional postcodes": told(address="3 Elm Grove, Aldermere, AL5 1LR"),
    "homes": hub(CONTACT, elsewhere("C-2", address=HOME)),
    "postcodes": hub(CONTACT, elsewhere("C-2", address="3 Kiln Lane, Aldermere, AM5 1LR")),
    "posts": hub(CONTACT, elsewhere("C-2", referrer=replace(HEAD, organisation="Wendshire Police"))),
    "mailboxes": told(referrer=replace(HEAD, email="una@work.invalid")),
    "minutes": hub(*(elsewhere(f"C-{number}") for number in range(4))),
    "knows unasked": told(agreement="not_sought", agreement_reason="No time."),
    "asked in secret": told(may_tell="no", may_tell_reason="A risk."),
    "reasons": told(agreement="refused"),
    "outsiders": told(kind="neighbour"),
    "nameless": family(replace(ADA, given="", family=""), replace(EVE, given="", family="")),
    "basis": told(agreement="refused", agreement_reason="She said no.", bases=frozenset({"agreed"})),
    "told": told(may_tell="no", may_tell_reason="A risk.", told=frozenset({"yes"})),
    "letters": told(letters=(LetterSeen(GRAN, "sent"),)),
    "night": told(at_night=False),
    "hours": done(at=datetime(2026, 3, 10, 3, 35, tzinfo=UTC)),
    "members": done(member=(date(2026, 3, 11), None)),
    "order": told(moments=(("arrived", NOON), ("screened", NOON - timedelta(minutes=1)))),
    "future": done(at=NOON + timedelta(hours=4)),
    "dead ends": told(arrived=NOON - timedelta(days=30), waits=("contact received",), moments=()),
    "days": hub(*(elsewhere(f"C-{number}", arrived=NOON - timedelta(days=1, minutes=number)) for number in range(37))),
    "shares": hub(CONTACT),
    "six cases": hub(CONTACT, titles=(("A case", "Words of a report."),)),
    "names": said("Kacper lost a shoe."),
    "sex": said("Oscar lost her shoe."),
    "number": said("Three children live there."),
    "repeated": hub(
        *(elsewhere(f"C-{number}", texts=(TextSeen("decision", "The same is said of everybody here."),))
          for number in range(13))
    ),
    "gaps": said("{child} lost the the shoe."),
    "communities": family(replace(ADA, given="Kacper"), EVE),
}  # fmt: skip


def broken(seen: HubSeen) -> set[str]:
    return {rule.key for rule in RULES if list(rule.offenders(seen))}


def test_a_plausible_contact_breaks_no_rule() -> None:
    assert broken(hub(CONTACT)) - OFF_SHARES == set()


def test_every_rule_has_its_offender() -> None:
    assert [rule.key for rule in RULES if rule.key not in PLANTED] == []
    assert len({rule.key for rule in RULES}) == len(RULES)


@pytest.mark.parametrize("key", PLANTED)
def test_a_rule_finds_its_offender(key: str) -> None:
    assert key in broken(PLANTED[key])


@pytest.mark.parametrize(
    ("at", "roles", "kind", "is_late"),
    [
        (datetime(2026, 3, 10, 3, tzinfo=UTC), "out_of_hours", "social_care", False),
        (datetime(2026, 3, 10, 12, tzinfo=UTC), "out_of_hours", "social_care", True),
        (datetime(2026, 3, 10, 20, tzinfo=UTC), "researcher", "police", False),
        (datetime(2026, 3, 10, 23, tzinfo=UTC), "researcher", "police", True),
        (datetime(2026, 3, 14, 12, tzinfo=UTC), "manager", "social_care", True),
    ],
)
def test_everybody_has_their_hours(at: datetime, roles: str, kind: str, *, is_late: bool) -> None:
    seen = done(at=at, roles=frozenset({roles}), agency_kind=kind)
    assert ("hours" in broken(seen)) == is_late


@pytest.mark.parametrize(
    ("number", "is_one"), [("9990000019", False), ("4010232137", False), ("999", False), (nhs_number(7), True)]
)
def test_numbers_for_tests_have_their_check_digit(number: str, *, is_one: bool) -> None:
    assert is_nhs_number_for_tests(number) == is_one
