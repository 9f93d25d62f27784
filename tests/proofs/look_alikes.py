"""The table of staff, of the cases in which they must be found, and of ordinary people who are none of them.

Names are combinations of ordinary ones, in steps through two lists; each has another spelling that sounds alike.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from contacts.rules.intake import ReportedPerson

GIVEN = (
    ("Catherine", "Kathryn"),
    ("Stephen", "Steven"),
    ("Christine", "Kristine"),
    ("Nicola", "Nichola"),
    ("Graham", "Graeme"),
    ("Sean", "Shaun"),
    ("Leigh", "Lee"),
    ("Mohammed", "Muhamad"),
    ("Sarah", "Sara"),
    ("Geoffrey", "Jeffrey"),
    ("Annemarie", "Anne-Marie"),
    ("Rebecca", "Rebekah"),
    ("José", "Jose"),
    ("Ashleigh", "Ashley"),
    ("Teresa", "Theresa"),
    ("Philip", "Phillip"),
    ("Aisha", "Ayesha"),
    ("Elizabeth", "Elisabeth"),
    ("Deborah", "Debra"),
    ("Zoë", "Zoe"),
    ("Anthony", "Antony"),
    ("Yusuf", "Youssef"),
    ("Gillian", "Jillian"),
    ("Michael", "Micheal"),
    ("Lindsay", "Lyndsey"),
)
FAMILY = (
    ("Thorne", "Thorn"),
    ("O'Neill", "O Neil"),
    ("Stewart", "Stuart"),
    ("Phillips", "Philips"),
    ("Reid", "Reed"),
    ("Macdonald", "McDonald"),
    ("Clarke", "Clark"),
    ("Hussain", "Hussein"),
    ("Thompson", "Tomson"),
    ("White", "Whyte"),
    ("Walsh", "Walshe"),
    ("Pearce", "Pierce"),
    ("Alvarez", "Alvares"),
    ("Rowe", "Roe"),
    ("Wright", "Right"),
    ("Dixon", "Dickson"),
    ("Khan", "Kahn"),
    ("Davies", "Davis"),
    ("Bailey", "Bayley"),
    ("Nicholson", "Nicolson"),
    ("Browne", "Brown"),
    ("Ahmed", "Ahmad"),
    ("Vaughan", "Vaughn"),
    ("Callaghan", "Callahan"),
    ("Fisher", "Fischer"),
)
STEP = 7
"""From one family name to the next: every given name meets a family name of another line."""

HOMES = (
    ("{n} Larch Avenue, Aldermere, {code}", "{n} larch ave {joined}"),
    ("Flat {n}, 14 Elm Road, Aldermere, {code}", "14 Elm Rd, Flat {n}, {code}"),
    ("{n}a Station Street, {code}", "{n}A, Station St., Aldermere. {lower}"),
    ("The Old Mill, Weir Lane, {code}", "Old Mill, Weir Ln, Aldermere {joined}"),
    ("Rose Cottage, Mill Lane, {code}", "ROSE COTTAGE Mill Ln {joined}"),
)
"""A home as the administrator was told it, and the same home as somebody else writes it."""

NEIGHBOURS = (
    "{m} Larch Avenue, Aldermere, {code}",
    "Flat {m}, 14 Elm Road, Aldermere, {code}",
    "{n}b Station Street, {code}",
    "The New Mill, Weir Lane, {code}",
    "Lilac Cottage, Mill Lane, {code}",
)
"""Homes next door to these, in the same order."""


class Way(StrEnum):
    """What of somebody stands in a case."""

    SAME = "same name and birthday"
    ALIKE = "another spelling that sounds alike"
    SWAPPED = "given and family name exchanged"
    DOUBLED = "a double-barrelled, a maiden or a middle name"
    MISSING = "one name missing or an initial, with the birthday"
    HOUSEHOLD = "home of the household, written otherwise"
    OWN_ADDRESS = "own address, written otherwise"
    LATE = "found out late"


class Road(StrEnum):
    """How it comes into a case."""

    INTAKE = "taken in by staff"
    FORM = "sent by the public form"
    EDIT = "completed by a later edit"
    LINK = "linked to a person on record who matches"
    ACCOUNT = "the account was held later"
    LINKED_ACCOUNT = "linked, and the account was held later"


FOR_NAMES = tuple(Road)
FOR_HOMES = (Road.INTAKE, Road.FORM, Road.EDIT, Road.ACCOUNT)
"""A home does not follow a link: it is of one household and not of a person."""

LATE = (Road.EDIT, Road.LINK, Road.ACCOUNT, Road.LINKED_ACCOUNT)
OF_HOMES = (Way.HOUSEHOLD, Way.OWN_ADDRESS)


@dataclass(frozen=True)
class Member:
    """Somebody of the staff. `account` is the name of the account, which may hold a middle or a second family name."""

    place: int
    given: str
    family: str
    account: str
    born: date
    home: str


@dataclass(frozen=True)
class Case:
    """Somebody in a contact who is a member of the staff.

    Attributes:
        member: place of whom it must be found of.
        person: as the contact holds them in the end.
        address: of the household; empty where it is nobody's of the staff.
    """

    member: int
    way: Way
    road: Road
    person: ReportedPerson
    address: str = ""

    def __str__(self) -> str:
        return f"{self.member}: {self.way}, {self.road}"

    @property
    def sign(self) -> str:
        """By what it must be found."""
        return "home" if self.way in OF_HOMES else "person"


def staff() -> list[Member]:
    """Return the members of staff."""
    return [_member(place) for place in range(len(GIVEN))]


def _member(place: int) -> Member:
    given, family = GIVEN[place][0], _family(place)[0]
    middle, second = GIVEN[place - 9][0], _family(place + 11)[0]
    account = {3: f"{given} {family}-{second}", 4: f"{given} {middle} {family}"}.get(place % 5, f"{given} {family}")
    born = date(1961, 3, 5) + timedelta(days=389 * place)
    return Member(place, given, family, account, born, _at(HOMES[place % 5][0], place))


def _family(place: int) -> tuple[str, str]:
    return FAMILY[(place * STEP + 3) % len(FAMILY)]


def _at(home: str, place: int) -> str:
    code = f"AB1 {place % 9 + 1}{'QRSTW'[place % 5]}Y"
    plain = code.replace(" ", "")
    return home.format(n=place + 21, m=place + 23, code=code, joined=plain, lower=plain.lower())


def seeded() -> list[Case]:
    """Return the cases in which somebody must be found: every member of the staff in every way, by changing roads."""
    cases = []
    for member in staff():
        for turn, way in enumerate(Way):
            roads = LATE if way == Way.LATE else FOR_HOMES if way in OF_HOMES else FOR_NAMES
            cases.append(_case(member, way, roads[(member.place + turn) % len(roads)]))
    return cases


def _case(member: Member, way: Way, road: Road) -> Case:
    if way not in OF_HOMES:
        return Case(member.place, way, road, _person(member, way))
    home = _at(HOMES[member.place % 5][1], member.place)
    nobody = ReportedPerson(given_name="Ada", family_name="Orlebar")
    if way == Way.HOUSEHOLD:
        return Case(member.place, way, road, nobody, address=home)
    return Case(member.place, way, road, replace(nobody, address=home, lives_in_household=member.place % 2 == 0))


def _person(member: Member, way: Way) -> ReportedPerson:
    alike = GIVEN[member.place][1], _family(member.place)[1]
    if way == Way.DOUBLED:
        return _doubled(member)
    if way == Way.MISSING:
        given, family = (
            (member.given, ""),
            ("", alike[1]),
            (f"{member.given[0]}.", member.family),
            (alike[0], ""),
            ("", member.family),
        )[member.place % 5]
        return _adult(given, family, member.born)
    if way == Way.SWAPPED:
        return _adult(member.family, member.given, member.born)
    given, family = alike if way == Way.ALIKE or member.place % 2 else (member.given, member.family)
    return _adult(given, family, member.born) if way != Way.SAME else _adult(member.given, member.family, member.born)


def _doubled(member: Member) -> ReportedPerson:
    """Return them with a name more or a name less than the account holds."""
    second = _family(member.place + 11)[0]
    given, family = member.given, member.family
    return (
        _adult(given, f"{family}-{second}", member.born),
        _adult(given, f"{second} {family}", member.born),
        _adult(given, second, member.born, other_names=f"Mrs {family}, née {family}"),
        _adult(given, second, member.born),
        _adult(f"{given} {GIVEN[member.place - 4][0]}", family, member.born),
    )[member.place % 5]


def _adult(given: str, family: str, born: date | None, other_names: str = "") -> ReportedPerson:
    return ReportedPerson(
        kind="adult", given_name=given, family_name=family, date_of_birth=born, other_names=other_names
    )


def ordinary() -> list[ReportedPerson]:
    """Return people who resemble a member of the staff in one thing each; those of one member stand 25 apart."""
    around = [list(_resembling(member)) for member in staff()]
    return [people[kind] for kind in range(len(around[0])) for people in around]


def _resembling(member: Member) -> Iterator[ReportedPerson]:
    given, family = GIVEN[(member.place + 4) % 25][0], _family(member.place + 6)[0]
    month, years = timedelta(days=31), timedelta(days=1461)
    yield _adult(given, member.family, member.born + month)
    yield _adult(member.given, member.family, member.born + years)
    yield _adult(member.given, member.family, member.born + timedelta(days=1))
    yield _adult(member.given, family, member.born)
    yield _adult(given, member.family, member.born)
    yield _adult(given, family, member.born)
    yield _adult(member.given, member.family, None)
    next_door = _at(NEIGHBOURS[member.place % 5], member.place)
    yield replace(_adult(given, family, member.born + years), address=next_door)
