"""What reaches the hub: a borough's worries by the hour, from the stories, in the shapes that hubs stumble over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random

from agencies.access.identity import acting_as
from agencies.access.viewer import PUBLIC, Viewer
from common.moments import london_day
from contacts import actions
from contacts.choices import Channel, FamilyAgreement, ReferrerKind
from contacts.rules.intake import Intake, ReportedPerson, ReportedReferrer
from demo.borough.box import VirtualClock
from demo.borough.desk import send
from demo.borough.hands import Answers
from demo.borough.visitors import Visitor
from demo.shapes import CaseText, ContactText, Someone
from demo.stories import PLOTS, tell

BY_HOUR = (1, 1, 1, 0, 0, 1, 1, 3, 6, 10, 12, 11, 9, 9, 10, 12, 11, 7, 4, 3, 3, 2, 2, 1)
"""How a working day's worries spread over the hours of the day, in relation to each other."""

WEEKEND = 0.25
"""How much comes on a day without school and offices."""

NEW = "/contacts/new/"


@dataclass(frozen=True)
class Arrival:
    """A worry that is on its way into the hub.

    Attributes:
        number: which telling it is; the same number gives the same family.
        shape: what is out of the ordinary about it, in words; empty for most.
    """

    case: CaseText
    number: int
    shape: str = ""


@dataclass
class Worries:
    """Draws what arrives.

    Attributes:
        a_day: how many on a working day.
        told: plots and numbers so far: families come again.
    """

    draw: Random
    a_day: int
    told: list[tuple[str, int]] = field(default_factory=list)

    def of_quarter(self, clock: VirtualClock, *, is_working_day: bool, flood: float = 1) -> list[Arrival]:
        """Return what arrives in the quarter of an hour that begins now."""
        share = BY_HOUR[clock.london.hour] / sum(BY_HOUR) / 4
        expected = self.a_day * share * (1 if is_working_day else WEEKEND) * flood
        count = int(expected) + (self.draw.random() < expected % 1)
        return [self.one() for _ in range(count)]

    def one(self) -> Arrival:
        """Draw one worry."""
        number = len(self.told) + 1
        plot = self.draw.choice(sorted(PLOTS))
        if self.told and self.draw.random() < 0.15:
            plot, of = self.draw.choice(self.told)
            case, shape = tell(plot, number, of=of), "a family that comes again"
        else:
            case, shape = tell(plot, number), ""
        self.told.append((plot, number))
        if not shape and self.draw.random() < 0.3:
            shape = self.draw.choice(sorted(SHAPES))
            case = replace(case, contact=SHAPES[shape](case.contact))
        return Arrival(self._varied(case), number, shape)

    def _varied(self, case: CaseText) -> CaseText:
        """Let some be in danger now, and some families not agree."""
        danger = self.draw.random() < 0.12
        agreement, reason = case.contact.agreement, case.contact.agreement_reason
        if self.draw.random() < 0.25:
            agreement = self.draw.choice(
                (FamilyAgreement.REFUSED, FamilyAgreement.SOUGHT, FamilyAgreement.NOT_RECORDED, FamilyAgreement.GIVEN)
            )
            reason = "So the parent said when they were rung."
        changed = replace(case.contact, immediate_danger=danger, agreement=agreement, agreement_reason=reason)
        return replace(case, contact=changed)


def _twins(text: ContactText) -> ContactText:
    first = text.children[0]
    twin = replace(first, key="twin", given_name="Robin" if first.given_name else "", school=first.school)
    return replace(text, people=(*text.people, twin))


def _typed_twice(text: ContactText) -> ContactText:
    return replace(text, people=(*text.people, replace(text.children[0], key="again")))


def _nameless(text: ContactText) -> ContactText:
    people = [replace(one, given_name="", family_name="", age=None, age_reported="about 5") for one in text.people]
    return replace(text, people=tuple(people))


def _namesakes(text: ContactText) -> ContactText:
    first = text.children[0]
    cousin = replace(first, key="cousin", age=(first.age[0] + 4, first.age[1]) if first.age else None, school="")
    return replace(text, people=(*text.people, cousin))


def _unborn(text: ContactText) -> ContactText:
    baby = Someone("baby", "", text.children[0].family_name, weeks_to_birth=9)
    return replace(text, people=(*text.people, baby))


def _anonymous(text: ContactText) -> ContactText:
    return replace(text, referrer=replace(text.referrer, kind=ReferrerKind.ANONYMOUS, name="", organisation="", post="",
                                          email="", telephone="", safe_ways="", own_reference=""))  # fmt: skip


SHAPES = {
    "an anonymous caller": _anonymous,
    "a child not born yet": _unborn,
    "a child typed twice": _typed_twice,
    "children without names": _nameless,
    "two children of one name": _namesakes,
    "twins": _twins,
}


def type_in(arrival: Arrival, visitor: Visitor, viewer: Viewer | None) -> str | None:
    """Let somebody log a worry; return the contact's reference, or None where it was not taken.

    Args:
        viewer: who they are at this moment, at their desk; None where they go by the page.
    """
    today = visitor.hand.clock.london.date()
    said = _of_people("children", arrival.case.contact.children, today)
    said |= _of_people("adults", arrival.case.contact.adults, today)
    said |= _of_worry(arrival.case.contact)
    if viewer is not None:
        sent = send(visitor, viewer, NEW, said, fills=False)
        return sent.location.split("/")[2] if sent.is_done else None
    form = next(one for one in visitor.get(NEW).forms if one.action == NEW)
    drawn = {name: value for name, value in form.drawn.items() if not name.startswith(("children-", "adults-"))}
    page = visitor.send(form, drawn | said)
    return page.path.split("/")[2] if page.status == 302 else None


def _of_worry(text: ContactText) -> Answers:
    referrer = text.referrer
    said = {
        "channel": Channel.LETTER if text.channel == Channel.ONLINE else text.channel,
        "report": text.reported,
        "concern": text.concern,
        "referrer_kind": referrer.kind,
        "name": referrer.name,
        "organisation": referrer.organisation,
        "post": referrer.post,
        "email": referrer.email,
        "telephone": referrer.telephone,
        "own_reference": referrer.own_reference,
        "known": text.known,
        "systems_searched": text.systems_searched,
        "open_to": text.open_to,
        "address": text.address,
        "agreement": text.agreement,
        "agreement_reason": text.agreement_reason,
        "may_tell": text.may_tell,
        "may_tell_reason": text.may_tell_reason,
        "crime_possible": "yes" if text.crime_possible else "no",
        "visit_hazard": "yes" if text.hazards else "no",
        "hazards": text.hazards,
        "immediate_danger": "yes" if text.immediate_danger else "no",
    }
    return {name: [str(value)] for name, value in said.items() if value}


def _of_people(prefix: str, people: Sequence[Someone], today: date) -> Answers:
    said: Answers = {
        f"{prefix}-TOTAL_FORMS": [str(len(people))],
        f"{prefix}-INITIAL_FORMS": ["0"],
    }
    for place, one in enumerate(people):
        at = f"{prefix}-{place}-"
        for name in ("given_name", "family_name", "age_reported", "part", *(("sex", "school") if one.is_child else ())):
            if value := getattr(one, name):
                said[at + name] = [str(value)]
        for name, day in (("date_of_birth", one.born_on(today)), ("expected_on", one.expected_on(today))):
            if day is not None:
                said |= {f"{at}{name}_{box}": [str(getattr(day, box))] for box in ("day", "month", "year")}
        if one.is_unborn:
            said[f"{at}is_unborn"] = ["on"]
        said[f"{at}lives_in_household"] = ["yes" if one.lives_in_household else "no"]
    return said


def report_online(arrival: Arrival, clock: VirtualClock) -> str:
    """Let the public form take a worry, as it stands when its last page is sent."""
    text, today = arrival.case.contact, london_day(clock.now)
    people = tuple(
        ReportedPerson(
            kind="child" if one.is_child else "adult",
            given_name=one.given_name,
            family_name=one.family_name,
            is_unborn=one.is_unborn,
            date_of_birth=one.born_on(today),
            age_reported=one.age_reported,
            school=one.school,
            part=one.part,
        )
        for one in text.people
    )
    referrer = ReportedReferrer(
        name=text.referrer.name,
        organisation=text.referrer.organisation,
        email=text.referrer.email,
        telephone=text.referrer.telephone,
    )
    intake = Intake(
        arrived_at=clock.now,
        channel=Channel.ONLINE,
        referrer_kind=text.referrer.kind,
        report=text.reported,
        people=people,
        referrer=referrer,
        happened_on=today - timedelta(days=1),
        immediate_danger=text.immediate_danger,
        address=text.address,
    )
    with acting_as(PUBLIC) as public:
        return actions.receive_public_contact(intake, viewer=public, at=clock.now).contact.reference
