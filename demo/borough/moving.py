"""From a line of somebody's list to a move: which ways its page offers, which one they take, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from django.urls import Resolver404, resolve

from common.views.moves import offers_of
from common.work import Section
from demo.borough.hands import notes_in
from demo.borough.markup import Form, Page
from demo.borough.visitors import Visitor

BEGUN: Mapping[str, tuple[str, ...]] = {
    "protection.raised": ("contacts:protect",),
    "protection.whereabouts_recorded": ("contacts:whereabouts",),
    "handover.sent": ("screening:send_anew",),
    "summary.prepared": ("decisions:release", "decisions:prepare"),
    "agreement.recorded": ("contacts:amend",),
    "sharing.authorised": ("information_sharing:authorise",),
    "feedback.given": ("decisions:feedback",),
    "letter.begun": ("decisions:letters", "decisions:letter_sent", "decisions:letter_held_back"),
    "staff_match.settled": ("screening:settle_match",),
    "correction.told": ("decisions:corrections", "decisions:correction_told"),
    "undelivered.seen_to": ("decisions:undelivered",),
    "came_back.settled": ("decisions:came_back",),
    "roles.given": ("screening:proposed_roles",),
}
"""Routes on which a record is begun that has no move in a state table."""

BESIDE: Mapping[str, tuple[str, ...]] = {
    "contacts.to_chase": ("contacts:worker_acknowledged",),
    "contacts.to_complete": ("screening:decide_screening",),
    "contacts.to_see": ("screening:decide_screening", "screening:to_panel"),
    "screening.to_decide": ("decisions:send_back",),
    "screening.declined": ("decisions:decide", "decisions:prepare", "decisions:release_one", "decisions:discard"),
    "screening.to_release": ("decisions:prepare", "decisions:release_one", "decisions:discard"),
    "decisions.to_prepare": ("decisions:discard",),
    "decisions.to_write": ("decisions:letter",),
    "sharing.to_gather": ("information_sharing:ask", "information_sharing:spoken", "information_sharing:withdraw"),
}
"""What people do on the way to the move that a section is about."""

THROUGH: Mapping[str, tuple[str, ...]] = {
    "contacts.to_complete": ("screening:screen",),
    "contacts.to_see": ("screening:screen",),
    "screening.to_decide": ("decisions:decision",),
    "screening.declined": ("decisions:summary",),
    "screening.to_release": ("decisions:summary",),
    "screening.to_chase": ("screening:handover",),
    "decisions.to_prepare": ("decisions:summary",),
    "decisions.to_write": ("decisions:letter",),
    "sharing.to_gather": ("information_sharing:agencies", "decisions:analysis"),
    "sharing.to_read": ("decisions:analysis",),
    "sharing.to_record": ("contacts:contact",),
}
"""Pages that are only passed, for each section."""

SELDOM: Mapping[str, float] = {
    "contacts:stand_down": 0.25,
    "decisions:close": 0.1,
    "contacts:protect": 0.15,
    "screening:to_panel": 0.05,
    "screening:query_handover": 0.12,
    "screening:decline_handover": 0.12,
    "screening:withdraw_handover": 0.1,
    "information_sharing:heard": 0.35,
    "information_sharing:cannot_search": 0.12,
    "information_sharing:withheld": 0.15,
    "information_sharing:refuse_instruction": 0.3,
    "information_sharing:spoken": 0.5,
    "information_sharing:withdraw": 0.05,
    "decisions:send_back": 0.12,
    "decisions:summary_send_back": 0.12,
    "decisions:discard": 0.03,
    "decisions:withdraw": 0.15,
    "decisions:query": 0.15,
    "decisions:decline": 0.12,
    "decisions:letter": 0.2,
    "decisions:letter_held_back": 0.2,
}
"""How much less often than others people take some ways."""

BUTTONS = ("put_to_manager", "confirm")
"""Named buttons that people press where they stand; others show a page again."""

DEEPEST, TRIES = 2, 3
Leaning = Callable[[str], float]


class Outcome(StrEnum):
    """What came of a move."""

    DONE = "done"
    REFUSED = "refused by a rule"
    LATE = "too late"
    GONE = "not there any more"
    NOTHING = "nothing to be done now"


@dataclass(frozen=True)
class Taken:
    """What somebody did about a line.

    Attributes:
        status: of the last answer of the hub.
        problems: what the hub said was wrong.
        notes: question to number of the note, for what was written and taken.
    """

    route: str
    outcome: Outcome
    status: int = 200
    problems: tuple[str, ...] = ()
    notes: tuple[tuple[str, str], ...] = ()


@cache
def route_of(path: str) -> str:
    """Return the name of the route of an address; empty where there is none."""
    try:
        return resolve(path.partition("?")[0]).view_name
    except Resolver404:
        return ""


def wanted_routes(section: Section) -> frozenset[str]:
    """Return the routes of the forms by which a line of a section is worked: its moves as the registry offers them."""
    routes = {*BEGUN.get(section.begins, ()), *BESIDE.get(section.key, ())}
    if section.table is not None:
        routes |= {offer.route for offer in offers_of(section.table) if offer.event in section.moves}
    return frozenset(routes)


def pages_on_the_way(section: Section) -> frozenset[str]:
    """Return the routes of pages on which those forms stand, or through which one comes to them."""
    pages = {*THROUGH.get(section.key, ()), *wanted_routes(section)}
    if section.table is not None:
        pages |= {offer.page for offer in offers_of(section.table) if offer.event in section.moves and offer.page}
    return frozenset(pages)


def go(visitor: Visitor, page: Page, section: Section, leaning: Leaning, *, left: int = DEEPEST) -> Taken | None:
    """Let somebody take one of the ways on that a page offers: a form, or a link to a page with one.

    Args:
        leaning: how readily they take a route just now; 0 for never.
        left: how many links they follow from here at most.

    Returns:
        What came of it; None where nothing leads on.
    """
    wanted, on_the_way = wanted_routes(section), pages_on_the_way(section)
    forms = [one for one in page.forms if route_of(one.action) in wanted]
    links = [one for one in page.links if one != page.path and route_of(one) in on_the_way] if left else []
    found: list[tuple[float, Form | str]] = [
        *((leaning(route_of(one.action)), one) for one in forms),
        *((leaning(route_of(one)), one) for one in links),
    ]
    found = [one for one in found if one[0]]
    while found:
        [taken] = visitor.hand.draw.choices(found, [weight for weight, _ in found])
        found.remove(taken)
        result = _on(visitor, taken[1], section, leaning, left=left)
        if result is not None:
            return result
    return None


def _on(visitor: Visitor, to: Form | str, section: Section, leaning: Leaning, *, left: int) -> Taken | None:
    if isinstance(to, Form):
        return take(visitor, to)
    there = visitor.get(to)
    if there.status != 200:
        return Taken(route_of(to), Outcome.GONE, there.status, (f"The link to {route_of(to)} does not open.",))
    return go(visitor, there, section, leaning, left=left - 1)


def take(visitor: Visitor, form: Form) -> Taken:
    """Fill a form and send it, put right what the hub objects to, and confirm what it reads back."""
    route = route_of(form.action)
    problems: tuple[str, ...] = ()
    for _ in range(TRIES):
        answers = visitor.hand.fill(form)
        button = next((one for one in form.buttons if one[0] in BUTTONS), None)
        sent = visitor.send(form, answers, button=button)
        if sent.status != 200:
            outcome = _outcome(sent)
            notes = notes_in(answers) if outcome == Outcome.DONE and form.method == "post" else ()
            return Taken(route, outcome, sent.status, notes=notes)
        again = next((one for one in sent.forms if route_of(one.action) == route and one.method == "post"), None)
        if again is None:
            return Taken(route, Outcome.REFUSED, 200, tuple(sent.problems))
        form, problems = again, tuple(sent.problems)
    return Taken(route, Outcome.REFUSED, 200, problems)


def _outcome(page: Page) -> Outcome:
    return {302: Outcome.DONE, 409: Outcome.LATE, 404: Outcome.GONE}.get(page.status, Outcome.REFUSED)
