"""Families somebody worries about, as data: each a worry that obeys every rule of the intake."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from contacts.choices import Channel, FamilyAgreement, PersonKind, ReferrerKind
from contacts.rules.intake import Intake, ReportedPerson, ReportedReferrer

WEDNESDAY = datetime(2026, 6, 3, 9, 30, tzinfo=UTC)
"""Half past ten in London, in hub hours."""

ADA = ReportedPerson(given_name="Ada", family_name="Thornbury", sex="female", lives_in_household=True)
LENA = ReportedPerson(
    kind=PersonKind.ADULT, given_name="Lena", family_name="Thornbury", part="mother", lives_in_household=True
)
THORNBURY = Intake(
    arrived_at=WEDNESDAY,
    channel=Channel.TELEPHONE,
    referrer_kind=ReferrerKind.NEIGHBOUR,
    report="He shouts every night and the little girl cries.",
    concern="A young girl is often heard crying at night.",
    people=(ADA, LENA),
    referrer=ReportedReferrer(name="Nora Nextdoor", telephone="01632 960123"),
    address="14 Elm Road, AB1 2CD",
)
"""A neighbour's worry about one child."""

TAMSIN = ReportedPerson(
    given_name="Tamsin", family_name="Orlebar", date_of_birth=date(2017, 3, 9), lives_in_household=True
)
JORY = ReportedPerson(
    given_name="Jory", family_name="Orlebar", date_of_birth=date(2019, 8, 30), lives_in_household=True
)
UNBORN_ORLEBAR = ReportedPerson(is_unborn=True, family_name="Orlebar")
MORWENNA = ReportedPerson(
    kind=PersonKind.ADULT, given_name="Morwenna", family_name="Orlebar", part="mother", lives_in_household=True
)
ORLEBAR = Intake(
    arrived_at=WEDNESDAY,
    channel=Channel.TELEPHONE,
    referrer_kind=ReferrerKind.SCHOOL,
    report="The class teacher saw marks on both arms this morning.",
    concern="A child came to school with marks on both arms that nobody can explain.",
    people=(TAMSIN, MORWENNA),
    referrer=ReportedReferrer(
        name="Ines Marlowe", organisation="Heron Lane School", email="head@school.invalid", safe_by=["email"]
    ),
)
"""A school's worry about one child."""

MIA = ReportedPerson(
    given_name="Mia",
    family_name="Okafor-Lane",
    date_of_birth=date(2017, 3, 4),
    nhs_number="9434765919",
    school="Quayside",
    lives_in_household=True,
)
LEO = ReportedPerson(
    given_name="Leo", family_name="Okafor-Lane", date_of_birth=date(2021, 8, 9), lives_in_household=True
)
MARCUS = ReportedPerson(
    kind=PersonKind.ADULT, given_name="Marcus", family_name="Lane", part="father", lives_in_household=True
)
OKAFOR_LANE = Intake(
    arrived_at=WEDNESDAY,
    channel=Channel.TELEPHONE,
    referrer_kind=ReferrerKind.SCHOOL,
    report="She came with marks on her arm.",
    concern="Marks on an arm that nobody explains.",
    people=(MIA, LEO, MARCUS),
    referrer=ReportedReferrer(
        name="Ada Quill", organisation="Quayside Primary", email="office@quayside.invalid", safe_by=["email"]
    ),
    address="4 Harbour Steps, Aldermere",
    agreement=FamilyAgreement.GIVEN,
)
"""A school's worry about two children and their father, told to the family."""

ANA = ReportedPerson(given_name="Ana", family_name="Quill", date_of_birth=date(2017, 4, 2), lives_in_household=True)
BO = ReportedPerson(given_name="Bo", family_name="Quill", date_of_birth=date(2020, 9, 9), lives_in_household=True)
MIRA = ReportedPerson(
    kind=PersonKind.ADULT, given_name="Mira", family_name="Quill", part="mother", lives_in_household=True
)
TOM = ReportedPerson(
    kind=PersonKind.ADULT,
    given_name="Tom",
    family_name="Sorrel",
    part="father",
    lives_in_household=False,
    address="9 Far Lane, Aldermere",
)
QUILL = Intake(
    arrived_at=WEDNESDAY,
    channel=Channel.TELEPHONE,
    referrer_kind=ReferrerKind.SCHOOL,
    report="She said that the children are frightened at home.",
    concern="The children seem frightened at home.",
    people=(ANA, BO, MIRA, TOM),
    referrer=ReportedReferrer(
        name="Nora Feld",
        organisation="Hill School",
        post="Head",
        email="head@hill.invalid",
        safe_by=["email"],
        own_reference="HS-77",
    ),
    address="4 Near Street, Aldermere",
    agreement=FamilyAgreement.GIVEN,
)
"""A school's worry about two children, one of whose parents lives elsewhere."""


def worry_about(family: Intake, at: datetime, **changes: Any) -> Intake:
    """Return the worry about a family as it arrives at a moment, with changes."""
    return replace(family, **{"arrived_at": at, **changes})
