"""What is reported when a worry reaches the hub, and what it must obey."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from contacts.choices import FamilyAgreement, Known, MayTell, PersonKind, ReferrerKind, Sex
from contacts.rules.dates import asked_again, impossible_arrival, impossible_day, to_look_at_again
from contacts.rules.leaks import gives_away
from contacts.rules.protected import places_in, protected_secrets
from contacts.rules.reaching import safe_by_problem

LONGEST_TEXT = 20_000
OLDEST_YEARS = 120
EXPECTED_WITHIN = timedelta(days=300)
"""A pregnancy is known for ten months at most."""
OVERDUE_BIRTH = timedelta(days=60)
"""A birth may be reported late; an expected day further back is a slip."""


@dataclass(frozen=True, kw_only=True)
class ReportedPerson:
    """A child or an adult as somebody described them; every part may be unknown, and None says so."""

    kind: str = PersonKind.CHILD
    given_name: str = ""
    family_name: str = ""
    other_names: str = ""
    is_unborn: bool = False
    date_of_birth: date | None = None
    expected_on: date | None = None
    has_died: bool = False
    died_on: date | None = None
    age_reported: str = ""
    sex: str = Sex.NOT_KNOWN
    ethnicity: str = ""
    language: str = ""
    disability: str = ""
    school: str = ""
    practice: str = ""
    nhs_number: str = ""
    unique_pupil_number: str = ""
    lives_in_household: bool | None = None
    address: str = ""
    address_is_protected: bool | None = None
    protected_from: str = ""
    safe_by: Sequence[str] = ()
    part: str = ""


@dataclass(frozen=True, kw_only=True)
class ReportedReferrer:
    """Who is worried, as far as they said.

    Attributes:
        is_private: None means as the kind of referrer asks: private, except professionals and schools.
        safe_by: the ways by which it is safe to reach them.
        safe_ways: when, and what else counts, in their words.
        own_reference: the referrer's own, such as a log number; not a name.
    """

    is_private: bool | None = None
    name: str = ""
    organisation: str = ""
    post: str = ""
    email: str = ""
    telephone: str = ""
    address: str = ""
    safe_by: Sequence[str] = ()
    safe_ways: str = ""
    own_reference: str = ""

    @property
    def names_somebody(self) -> bool:
        """Say whether it tells who they are."""
        return any((self.name, self.organisation, self.post, self.email, self.telephone, self.address))


@dataclass(frozen=True)
class Intake:
    """A worry as it reached the hub.

    Attributes:
        arrived_at: when it reached the hub, aware; may lie before the typing, never after it.
        report: in the referrer's words; never altered afterwards.
        concern: for sharing; must not give away a private referrer.
        infant_mark: whether there is a mark or an injury on a child who cannot move by themself.
        dates_checked: somebody looked again at dates that are unlikely, and says that they are right.
        came_in_flood: whether more came from one connection within the hour than usual; typed by nobody.
    """

    arrived_at: datetime
    channel: str
    referrer_kind: str
    report: str
    concern: str = ""
    people: tuple[ReportedPerson, ...] = ()
    referrer: ReportedReferrer = field(default_factory=ReportedReferrer)
    happened_on: date | None = None
    crime_possible: bool | None = None
    immediate_danger: bool | None = None
    infant_mark: bool | None = None
    address: str = ""
    address_is_protected: bool | None = None
    protected_from: str = ""
    visit_hazard: bool | None = None
    hazards: str = ""
    known: str = Known.NOT_ASKED
    systems_searched: str = ""
    open_to: str = ""
    agreement: str = FamilyAgreement.NOT_RECORDED
    agreement_reason: str = ""
    may_tell: str = MayTell.NOT_KNOWN
    may_tell_reason: str = ""
    dates_checked: bool = False
    came_in_flood: bool = False


@dataclass(frozen=True)
class Problem:
    """Something in the input that breaks a rule.

    Attributes:
        field: the name of the answer it belongs to.
        place: for a person, which one, from 0.
    """

    field: str
    sentence: str
    place: int | None = None


def is_private_by_default(kind: str) -> bool:
    """Say whether a referrer of this kind stays unnamed outside the hub unless they say otherwise."""
    return kind not in {ReferrerKind.PROFESSIONAL, ReferrerKind.SCHOOL}


def is_kept_private(said: bool | None, kind: str) -> bool:
    """Say whether a referrer stays unnamed: as they said, else as their kind asks."""
    return is_private_by_default(kind) if said is None else said


def needs_acknowledgement(kind: str) -> bool:
    """Say whether there is anybody to acknowledge to."""
    return kind != ReferrerKind.ANONYMOUS


def not_in_future(moment: datetime | None, *, at: datetime, what: str) -> str:
    """Return what to do about a moment that has not come yet; empty when all is well."""
    if moment is None or moment <= at:
        return ""
    return f"{what} is in the future: enter when it was, or leave it out"


def person_problems(person: ReportedPerson, *, today: date) -> list[Problem]:
    """Return what is wrong with the days of a person.

    Args:
        today: the calendar day in London.
    """
    found = [*safe_way_problems(person.safe_by), *_death_problems(person, today)]
    if person.is_unborn:
        return found + _unborn_problems(person, today)
    born = person.date_of_birth
    if born is not None and born > today:
        sentence = "The date of birth is in the future: check it"
        if person.kind == PersonKind.CHILD:
            sentence += ", or tick that the child is not born yet and give the expected date"
        found.append(Problem("date_of_birth", sentence))
    elif born is not None and born.year < today.year - OLDEST_YEARS:
        found.append(Problem("date_of_birth", f"This would be more than {OLDEST_YEARS} years ago: check the year"))
    if person.expected_on is not None:
        found.append(Problem("expected_on", "Only a child who is not born yet has an expected date: take it out"))
    return found


def safe_way_problems(ways: Sequence[str]) -> list[Problem]:
    """Return what is wrong with the ways by which somebody is to be reached."""
    problem = safe_by_problem(ways)
    return [Problem("safe_by", problem)] if problem else []


def _death_problems(person: ReportedPerson, today: date) -> list[Problem]:
    if person.died_on is None:
        return []
    if not person.has_died:
        return [Problem("died_on", "Say that this person has died, or take the day out")]
    sentence = impossible_day(person.died_on, today=today, what="The day of death")
    if not sentence and person.date_of_birth is not None and person.died_on < person.date_of_birth:
        sentence = "The day of death lies before the birth: check both"
    return [Problem("died_on", sentence)] if sentence else []


def _unborn_problems(person: ReportedPerson, today: date) -> list[Problem]:
    found = []
    if person.kind != PersonKind.CHILD:
        found.append(Problem("is_unborn", "Only a child can be unborn: take the tick away"))
    if person.date_of_birth is not None:
        sentence = (
            "A child who is not born yet has no date of birth: give the expected date instead, or take the tick away"
        )
        found.append(Problem("date_of_birth", sentence))
    expected = person.expected_on
    if expected is not None and not today - OVERDUE_BIRTH <= expected <= today + EXPECTED_WITHIN:
        found.append(Problem("expected_on", "This is too far from today for an expected birth: check the date"))
    return found


def intake_problems(intake: Intake, *, at: datetime, today: date) -> list[Problem]:
    """Return everything that is wrong with a worry as typed, in the order of the page."""
    found = [
        *_moments(intake, at=at, today=today),
        *_texts(intake),
        *_referrer(intake),
        *hazard_problems(intake.visit_hazard, intake.hazards),
        *known_problems(intake.known, intake.open_to),
        *reason_problems(intake.agreement, intake.agreement_reason, intake.may_tell, intake.may_tell_reason),
    ]
    for place, person in enumerate(intake.people):
        found += [Problem(one.field, one.sentence, place) for one in person_problems(person, today=today)]
    if not any(person.kind == PersonKind.CHILD for person in intake.people):
        found.append(Problem("people", "Say something about at least one child; a guess at the age is enough"))
    return found


def _moments(intake: Intake, *, at: datetime, today: date) -> list[Problem]:
    found = []
    wrong = impossible_arrival(intake.arrived_at, at=at)
    if wrong:
        found.append(Problem("arrived_at", wrong))
    wrong = impossible_day(intake.happened_on, today=today, what="This day")
    if wrong:
        found.append(Problem("happened_on", wrong))
    again = to_look_at_again(intake.arrived_at, intake.people, at=at, today=today)
    if again and not intake.dates_checked:
        found.append(Problem("dates_checked", asked_again(again)))
    return found


def _texts(intake: Intake) -> list[Problem]:
    found = []
    if not intake.report.strip():
        found.append(Problem("report", "Enter what was reported, in the words that were used"))
    for name, text in (("report", intake.report), ("concern", intake.concern)):
        if len(text) > LONGEST_TEXT:
            found.append(Problem(name, f"Shorten this to {LONGEST_TEXT:,} characters; it has {len(text):,}"))
    return found


def _referrer(intake: Intake) -> list[Problem]:
    referrer = intake.referrer
    found = safe_way_problems(referrer.safe_by)
    if intake.referrer_kind == ReferrerKind.ANONYMOUS and referrer.names_somebody:
        sentence = "An anonymous referrer is not named: take the details out, or choose another kind of referrer"
        found.append(Problem("referrer_kind", sentence))
    given_away = gives_away(
        intake.concern,
        referrer if is_kept_private(referrer.is_private, intake.referrer_kind) else None,
        intake.report,
        intake.people,
        is_self=intake.referrer_kind == ReferrerKind.SELF,
        protected=protected_secrets(places_in(intake, intake.people, referrer)),
    )
    if given_away:
        found.append(Problem("concern", given_away))
    return found


def reason_problems(agreement: str, agreement_reason: str, may_tell: str, may_tell_reason: str) -> list[Problem]:
    """Return which reasons are missing: refused or not sought, and not to be told, are said why."""
    found = []
    if agreement in {FamilyAgreement.REFUSED, FamilyAgreement.NOT_SOUGHT} and not agreement_reason.strip():
        why = "what the family said" if agreement == FamilyAgreement.REFUSED else "why the family was not asked"
        found.append(Problem("agreement_reason", f"Enter {why}"))
    if may_tell == MayTell.NO and not may_tell_reason.strip():
        found.append(Problem("may_tell_reason", "Enter how telling the family would raise the risk"))
    return found


def hazard_problems(visit_hazard: bool | None, hazards: str) -> list[Problem]:
    """Return what does not fit: a hazard is named, and what is named is one."""
    if visit_hazard and not hazards.strip():
        return [Problem("hazards", "Enter what whoever visits must know")]
    if hazards.strip() and not visit_hazard:
        return [Problem("visit_hazard", "You named a hazard: answer Yes, or take it out")]
    return []


def protected_problems(is_protected: bool | None, protected_from: str) -> list[Problem]:
    """Return what is missing: a protected address says from whom."""
    if is_protected and not protected_from.strip():
        return [Problem("protected_from", "Enter from whom the address is protected; “everybody” is an answer")]
    return []


def known_problems(known: str, open_to: str) -> list[Problem]:
    """Return what is missing about a child who is open to a worker."""
    if known == Known.OPEN and not open_to.strip():
        return [Problem("open_to", "Enter the worker or the team that the child is open to")]
    return []
