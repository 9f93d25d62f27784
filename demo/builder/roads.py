"""The way of one story through the hub, as far as its line of the plan says."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from contacts.choices import SectionFortySeven
from decisions.models import MashSummary
from demo.builder import contact, deciding, ending, information, screening
from demo.builder.journey import Journey
from demo.builder.pace import hub_minutes_ago
from demo.builder.plan import Line, Stop, Twist
from demo.shapes import PanelText, PlaceText, ProtectText
from demo.stories.inquiry import SEALED
from screening.choices import Exit

ALARM = ProtectText(
    reason="The child says that it will happen again tonight; nobody at home can be relied on.",
    places=(PlaceText("child1", "At school, in the head teacher's office", "The safeguarding lead", 4),),
    invited="Police, health, assessment team",
    present="Police, community health, assessment team, the school's safeguarding lead",
    agreed=(
        "The children do not go home before they were spoken to alone. A medical today. The police speak to the father."
    ),
    actions="Assessment team: fetch the children from school. Police: interview. School: keep the clothes.",
    section_47=SectionFortySeven.YES,
)
POLICE_VIEW = PanelText(
    "piotr_panel", Exit.MASH, "Nothing is recorded with us, but the account needs more than one agency."
)
CARE_VIEW = PanelText(
    "sunita_screener", Exit.EARLY_HELP, "A willing family and a school that acts: help can begin at once."
)
QUERY = "Has the family agreed, and who is the best person to ring first?"
DECLINE = "The family was rung twice and does not want this help; it comes back to the hub."
COMPLAINT = "The parent says that nobody asked before the school was rung, and wants to know why."
ANSWER = "The manager explained the reason by telephone and in writing, and apologised for the delay."
SEALING = frozenset({Twist.SEALED, Twist.PROPOSED, Twist.REFUSED})
PARTLY_AFTER_FIRST = 1


def travel(journey: Journey, line: Line, *, earlier: Journey | None = None, now: datetime | None = None) -> None:
    """Go the way of a story up to its stop.

    Args:
        earlier: a story of the same household that came before.
        now: the present, for a live story.
    """
    _prepare(journey, line)
    _arrive(journey, line, earlier)
    if line.stop == Stop.RECEIVED:
        return
    if line.stop == Stop.WITH_PANEL:
        _sit(journey, line)
        return
    screening.screen(journey, joins=earlier.enquiry if line.twist == Twist.JOINS and earlier else None)
    if journey.is_in_mash:
        _inside(journey, line, now)
    elif journey.handover is not None:
        _handed_over(journey, line)
    if line.stop == Stop.TOLD or line.is_answered_by_team:
        _tell(journey, line)


def _prepare(journey: Journey, line: Line) -> None:
    """Put into the story what its twist asks for."""
    case = journey.case
    if line.twist in {Twist.ALARM, Twist.CONVENED, Twist.HELD}:
        case = replace(case, protect=ALARM)
    if line.twist in SEALING:
        asks = tuple(replace(ask, sealed=SEALED) if ask.agency == "police" else ask for ask in case.asks)
        case = replace(case, asks=asks)
    journey.case = case


def _arrive(journey: Journey, line: Line, earlier: Journey | None) -> None:
    contact.receive(journey, by=journey.who("omar_nights") if line.twist == Twist.NIGHT else None)
    if line.stop > Stop.RECEIVED:
        contact.complete(journey)
    if earlier is not None and line.twist in {Twist.LINKED, Twist.JOINS}:
        contact.link_people(journey, earlier)
    contact.raise_alarm(journey)
    if line.stop > Stop.RECEIVED:
        contact.acknowledge(journey)


def _sit(journey: Journey, line: Line) -> None:
    views = {Twist.ONE_VIEW: (POLICE_VIEW,), Twist.VIEWS_DIFFER: (POLICE_VIEW, CARE_VIEW)}.get(line.twist, ())
    screening.send_to_panel(journey, views)
    if line.twist == Twist.VIEWS_DIFFER:
        screening.put_to_manager(journey)


def _handed_over(journey: Journey, line: Line) -> None:
    if line.twist == Twist.QUERIED:
        screening.query(journey, QUERY)
    elif line.twist == Twist.DECLINED:
        screening.decline(journey, DECLINE)
    elif line.stop > Stop.SCREENED:
        screening.take_over(journey)


def _inside(journey: Journey, line: Line, now: datetime | None) -> None:
    if line.stop < Stop.RATED:
        return
    screening.rate(journey, assign=line.twist != Twist.UNASSIGNED)
    if line.stop > Stop.RATED:
        _gather(journey, line, now)
    if line.stop >= Stop.DRAFTED:
        deciding.analyse(journey, send=line.stop > Stop.DRAFTED)
    if line.stop >= Stop.DECIDED:
        _decide(journey, line, now)


def _gather(journey: Journey, line: Line, now: datetime | None) -> None:
    information.authorise(journey)
    contact.hold_discussion(journey, only_convene=line.twist == Twist.CONVENED)
    _reach(journey, line, Stop.ASKED, now)
    information.ask(journey)
    if line.stop == Stop.ASKED:
        return
    if line.stop == Stop.PARTLY:
        _answer_partly(journey)
        return
    information.answer_all(journey)
    if line.stop != Stop.ANSWERED:
        for ask in journey.case.asks:
            information.confirm(journey, ask)


def _answer_partly(journey: Journey) -> None:
    """The first agency has answered, the second has the request, the third cannot search yet, the rest is silent."""
    for place, ask in enumerate(journey.case.asks):
        if place == 0:
            information.answer(journey, ask)
        elif place == PARTLY_AFTER_FIRST:
            information.hear(journey, ask)
        elif journey.number % 2:
            information.cannot_search(journey, ask)


def _reach(journey: Journey, line: Line, stop: Stop, now: datetime | None) -> None:
    """Let a live story wait for the moment that its line marks."""
    if line.mark and line.mark[0] == stop and now is not None:
        journey.pace.jump(hub_minutes_ago(now, line.mark[1], journey.pace.calendar), limit=now)


def _decide(journey: Journey, line: Line, now: datetime | None) -> None:
    deciding.decide(journey)
    _instruct(journey, line)
    if line.stop == Stop.DECIDED:
        return
    summary = deciding.prepare(journey)
    if summary is not None:
        _release(journey, summary, line, now)
    elif line.stop >= Stop.TAKEN:
        deciding.close(journey)


def _release(journey: Journey, summary: MashSummary, line: Line, now: datetime | None) -> None:
    if line.stop == Stop.PREPARED:
        return
    _reach(journey, line, Stop.RELEASED, now)
    deciding.release(journey, summary)
    if line.twist == Twist.QUERIED:
        deciding.query(journey, summary, QUERY)
    elif line.twist == Twist.DECLINED:
        deciding.decline(journey, summary, DECLINE)
    elif line.stop >= Stop.TAKEN:
        deciding.accept(journey, summary)


def _is_sealed(journey: Journey) -> bool:
    return any(ask.sealed for ask in journey.case.asks)


def _instruct(journey: Journey, line: Line) -> None:
    if not _is_sealed(journey):
        return
    information.propose_instruction(journey)
    if line.twist == Twist.REFUSED:
        information.refuse_instruction(journey)
    elif line.twist != Twist.PROPOSED:
        information.agree_instruction(journey)


def _tell(journey: Journey, line: Line) -> None:
    contact.end_protection(journey)
    ending.give_feedback(journey)
    ending.write_letters(journey)
    if line.twist in {Twist.COMPLAINT, Twist.ANSWERED_COMPLAINT}:
        ending.complain(journey, COMPLAINT, answer=ANSWER if line.twist == Twist.ANSWERED_COMPLAINT else "")
