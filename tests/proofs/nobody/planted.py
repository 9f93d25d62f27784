"""Faults written into the running product, one at a time: the watch must find each.

Each is one of the ways in which somebody falls through: an action that forgets a clock, a list that forgets a state, a
step of the ladder told to a leaver, danger in the last row, a move that leaves no trace, a text that is lost.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any
from unittest import mock

import audit.actions
import clock.actions
import information_sharing.actions
import screening.queries
from agencies.access import transitions
from agencies.models import Membership
from clock.actions import deadlines, sweeping
from clock.choices import Measure
from clock.rules import due
from common.work import Danger
from mash.worklist import lists, order
from mash.worklist.sections import SOURCES
from notices import mail
from notices.actions import sweeping as telling
from tests.proofs.nobody.violations import Violation


def _claims_nothing(*, at: datetime, batch: int) -> sweeping.Claim:
    return sweeping.Claim(0, ())


def _only_the_policy(policy: due.Due, *, own: datetime | None, safe_until: datetime | None) -> due.Due:
    return policy


def _breaks(*arguments: object, **rest: object) -> object:
    raise ZeroDivisionError


Planting = Callable[[], AbstractContextManager[object]]


@dataclass(frozen=True)
class Planted:
    """One fault.

    Attributes:
        rule: which rule finds it.
        words: how the kind of what is found begins.
        mishaps: what has to go wrong for it to matter; nothing else does.
    """

    name: str
    plant: Planting
    rule: int
    words: str
    mishaps: tuple[str, ...] = ()

    def is_seen_in(self, violation: Violation) -> bool:
        """Say whether a violation is what this fault leads to."""
        return violation.rule == self.rule and violation.kind.startswith(self.words)


def _forgets_clock(measure: str) -> Planting:
    @contextmanager
    def planted() -> Iterator[None]:
        start, start_if = clock.actions.start_deadline, clock.actions.start_if_measured

        def forgets(subject: Any, what: Measure, **rest: Any) -> Any:
            return SimpleNamespace(due_at=rest["at"], pk=None) if what == measure else start(subject, what, **rest)

        def forgets_too(subject: Any, what: Measure, **rest: Any) -> Any:
            return None if what == measure else start_if(subject, what, **rest)

        with (
            mock.patch.object(clock.actions, "start_deadline", forgets),
            mock.patch.object(clock.actions, "start_if_measured", forgets_too),
        ):
            yield

    return planted


def _forgets_source(key: str) -> Planting:
    return lambda: mock.patch.dict(SOURCES, {key: replace(SOURCES[key], rows=lambda viewer, at: None)})


def _forgets_state(key: str, state: str) -> Planting:
    place = SOURCES[key].place
    forgets = replace(SOURCES[key], place=lambda viewer, row: [] if row.state == state else place(viewer, row))
    return lambda: mock.patch.dict(SOURCES, {key: forgets})


def _hub_hours_are_longer() -> AbstractContextManager[object]:
    counts = due._COUNTS["elapsed_minutes"]
    return mock.patch.dict(
        due._COUNTS, {"elapsed_minutes": lambda start, minutes, calendar: counts(start, minutes + 60, calendar)}
    )


def _own_deadline_is_ignored() -> AbstractContextManager[object]:
    return mock.patch.object(deadlines, "act_by", _only_the_policy)


def _told_to_leavers() -> AbstractContextManager[object]:
    def gone(_deadlines: object, *, at: Any) -> list[telling.Holder]:
        rows = Membership.objects.filter(ended_at__isnull=False).values_list("pk", "agency_id", "team_id", "roles")
        return [telling.Holder(key, agency, team, frozenset(roles), frozenset()) for key, agency, team, roles in rows]

    return mock.patch.object(telling, "_holders", gone)


def _no_step_is_taken() -> AbstractContextManager[object]:
    return mock.patch.object(telling, "claim", _claims_nothing)


def _message_leads_nowhere() -> AbstractContextManager[object]:
    escalation = mail.escalation

    def nowhere(*arguments: Any, **rest: Any) -> Any:
        return replace(escalation(*arguments, **rest), path="/enquiries/M-2222-2222/")

    return mock.patch.object(mail, "escalation", nowhere)


@contextmanager
def _danger_is_last() -> Iterator[None]:
    rank = order.rank

    def last(item: Any, *, at: Any) -> Any:
        first, *rest = rank(item, at=at)
        return (9 if first == Danger.UNATTENDED else first, *rest)

    with (
        mock.patch.object(lists, "rank", last),
        mock.patch.object(lists, "in_order", lambda items, *, at: sorted(items, key=lambda one: last(one, at=at))),
        mock.patch.object(lists, "_above_every_clock", return_value=()),
    ):
        yield


def _no_event(*verbs: str) -> Planting:
    record = audit.actions.record

    def silent(verb: str, **rest: Any) -> Any:
        return None if verb in verbs else record(verb, **rest)

    return lambda: mock.patch.object(transitions, "record_event", silent)


def _text_is_lost() -> AbstractContextManager[object]:
    authorise = information_sharing.actions.authorise_sharing

    def loses(enquiry: Any, reason: str, **rest: Any) -> Any:
        return authorise(enquiry, "A reason was given.", **rest)

    return mock.patch.object(information_sharing.actions, "authorise_sharing", loses)


def _page_breaks() -> AbstractContextManager[object]:
    return mock.patch.object(screening.queries, "handover_page", _breaks)


def _late_by_a_day() -> AbstractContextManager[object]:
    working_days = due._COUNTS["working_days"]

    def later(start: Any, days: int, calendar: Any) -> Any:
        instant, sentence = working_days(start, days, calendar)
        return instant + timedelta(days=1), sentence

    return mock.patch.dict(due._COUNTS, {"working_days": later})


PLANTED = (
    Planted("rating forgets the clock of the decision", _forgets_clock("decision"), 3, "no clock runs: decision"),
    Planted("asking forgets the clock of the answer", _forgets_clock("full_answer"), 3, "no clock runs: full answer"),
    Planted("handing over forgets the clock", _forgets_clock("acceptance"), 3, "no clock runs: acceptance"),
    Planted("an ending forgets the word back", _forgets_clock("feedback"), 3, "no clock runs: feedback"),
    Planted("arrival forgets the first sight", _forgets_clock("first_sight"), 3, "no clock runs: first sight"),
    Planted("real time is an hour too long", _hub_hours_are_longer, 3, "a deadline is reckoned otherwise"),
    Planted("a working day ends a day late", _late_by_a_day, 3, "a deadline is reckoned otherwise"),
    Planted("the manager's deadline is ignored", _own_deadline_is_ignored, 3, "act by is not", ("an own deadline",)),
    Planted("a step is told to a leaver", _told_to_leavers, 3, "a step of the ladder is told to nobody",
            ("a holder leaves",)),
    Planted("no step of the ladder is taken", _no_step_is_taken, 3, "a step of the ladder was not taken"),
    Planted("a message leads nowhere", _message_leads_nowhere, 3, "nobody told can open it"),
    Planted("managers' list forgets enquiries to rate", _forgets_state("screening.enquiries", "to_rate"), 1,
            "not listed: rate an enquiry"),
    Planted("managers' list forgets decisions", _forgets_state("screening.enquiries", "deciding"), 1,
            "not listed: decide an enquiry"),
    Planted("researchers' list is empty", _forgets_source("sharing.requests"), 1, "not listed: answer a request"),
    Planted("social workers' list forgets gathering", _forgets_source("sharing.gathering"), 1, "not listed: gather"),
    Planted("front door's list forgets referrers", _forgets_source("decisions.to_tell"), 1, "not listed: tell"),
    Planted("danger stands last", _danger_is_last, 4, "danger is not first", ("danger is raised",)),
    Planted("a claim leaves no event", _no_event("contact.claimed"), 7, "contacts:claim leaves no event"),
    Planted("a typed reason is lost", _text_is_lost, 8, "what was typed is gone"),
    Planted("a handover's page breaks", _page_breaks, 2, "a page breaks"),
)  # fmt: skip
"""Twenty."""
