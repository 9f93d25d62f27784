"""What looks on: after each step for the matters it touched, each virtual hour for everything and everybody."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from agencies.access.identity import acting_as
from agencies.reads.holding import without_manager
from demo.borough.hands import SEALED
from demo.borough.life import Borough, Step
from demo.borough.moving import Outcome
from demo.borough.visitors import BrokenPage, Visitor
from tests.proofs.nobody import reckoning
from tests.proofs.nobody.asked import (
    ALL_CLOCKS,
    ELSEWHERE,
    ESCALATED,
    LEFT_OVER,
    NOTE,
    ONE_PLACE,
    TEXT_COLUMNS,
    UNATTENDED,
)
from tests.proofs.nobody.oracle import Matter, matters, read
from tests.proofs.nobody.places import ON, sources_of
from tests.proofs.nobody.rows import Raw, Row
from tests.proofs.nobody.scope import Scope
from tests.proofs.nobody.standing import Lists, Stands
from tests.proofs.nobody.violations import Violation
from tests.proofs.nobody.walls import Walls

WAITS = {"sharing.to_gather", "screening.to_review"}
"""Sections whose line may rightly offer nothing now: answers are waited for, or it is there to be read."""

TOLD_OFTEN = 2
"""So often one kind of message is opened by those who got it, in one seed."""


@dataclass
class Watch:
    """Looks on while a borough is lived in, and keeps what it finds.

    Attributes:
        checks: how often each rule was put to the test.
        lists: the list of each person, as of the moment at hand.
        scope: the tables, narrowed to what a step has touched.
        walls: compares both walls with the access table.
    """

    borough: Borough
    raw: Raw
    scope: Scope
    walls: Walls
    found: list[Violation] = field(default_factory=list)
    checks: Counter[str] = field(default_factory=Counter)
    lists: Lists = field(init=False)
    _told: set[tuple[str, str]] = field(default_factory=set)
    _fallen: set[tuple[str, str]] = field(default_factory=set)
    _standing: set[tuple[str, str]] = field(default_factory=set)
    _reckoned: set[uuid.UUID] = field(default_factory=set)
    _escalated: set[uuid.UUID] = field(default_factory=set)
    _opened: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.lists = Lists(self.borough)

    @property
    def at(self) -> datetime:
        """The present moment of the box."""
        return self.borough.clock.now

    def tell(self, rule: int, kind: str, reference: str, sentence: str) -> None:
        """Keep a violation; one of the same kind and record is kept once."""
        if (kind, reference) in self._told:
            return
        self._told.add((kind, reference))
        self.found.append(Violation(rule, kind, reference, self.at, len(self.borough.diary), sentence))

    def on_step(self, step: Step) -> None:
        """Judge a step by itself: what was on a list opened and offered a move, and the log covers what was done."""
        self.lists.forget()
        events = self.scope.to_new_events(self.raw, self.at)
        taken, visitor = step.taken, self._visitor(step.who)
        self.checks["2: a line opens and offers a move"] += bool(step.section)
        if taken.status == 500:
            self.tell(2, f"a page breaks ({taken.route.partition(' /')[0]})", step.reference, taken.problems[0])
        elif taken.outcome in {Outcome.GONE, Outcome.NOTHING} and visitor is not None:
            self._judge_dead_end(step, visitor)
        elif step.section and taken.outcome == Outcome.LATE:
            self.tell(2, f"{taken.route} is offered and not possible", step.reference, f"{step.who} was alone with it.")
        elif taken.status == 403:
            self.tell(2, f"{taken.route} is offered and refused", step.reference, f"{step.who} was refused.")
        if taken.outcome == Outcome.DONE:
            self._judge_log(step, events)

    def _visitor(self, name: str) -> Visitor | None:
        return next((one for one in self.borough.people if one.name == name), None)

    def _judge_dead_end(self, step: Step, visitor: Visitor) -> None:
        """Tell a line that stands on the list though it cannot be opened, or offers nothing; if it still stands."""
        waits = step.section in WAITS or bool(self.borough.work.sections[step.section].chases)
        if waits and step.taken.outcome == Outcome.NOTHING:
            return
        still = any(
            (one.section, one.reference) == (step.section, step.reference) for one in self.borough.list_of(visitor)
        )
        if not still:
            return
        if step.taken.outcome == Outcome.GONE:
            where = step.taken.route if ":" in step.taken.route else "the page of the line"
            self.tell(2, f"{step.section}: {where} does not open", step.reference,
                      f"{step.who} has it on the list and gets {step.taken.status}.")  # fmt: skip
        else:
            self.tell(2, f"{step.section} offers no move", step.reference, f"{step.who} can do nothing on its page.")

    def _judge_log(self, step: Step, events: int) -> None:
        """Every step that was acknowledged has its event."""
        self.checks["7: the log covers the step"] += 1
        if not events:
            said = f"{step.who} did it; the log is silent."
            self.tell(7, f"{step.taken.route} leaves no event", step.reference, said)

    def touched(self) -> None:
        """Judge what the last step has made of the matters of its cases: each that was not there before it."""
        if not self.scope.references:
            return
        open_ = matters(read(self.scope.raw, self.at))
        now = {(one.duty, one.reference) for one in open_}
        before = {one for one in self._standing if set(one[1].split(" / ")) & self._touched_references(open_)}
        self._standing = self._standing - before | now
        self._listed(one for one in open_ if (one.duty, one.reference) not in before)
        self._clocks(self.scope.raw)

    def _touched_references(self, open_: Iterable[Matter]) -> set[str]:
        return self.scope.references.union(*(one.references for one in open_))

    def everything(self) -> None:
        """Judge everything and everybody at this moment."""
        open_ = matters(read(self.raw, self.at))
        self._standing = {(one.duty, one.reference) for one in open_}
        self.lists.forget()
        self._listed(open_)
        self._order()
        self.deadlines()
        self._ladder()
        self._children()
        self._walls()

    def _listed(self, open_: Iterable[Matter]) -> None:
        """Rule 1: each open matter stands on the list of somebody who can move it, with a time.

        The sources that should have it are asked first; where they have it not, the whole lists are.
        """
        for matter in open_:
            if (matter.duty, matter.reference) in self._fallen:
                continue
            self.checks["1: a matter is on a list"] += 1
            movers = [one for one in self.borough.people if one.membership.pk in matter.movers]
            here = [one for one in movers if one.idle_until is None or one.idle_until <= self.at]
            lines = list(self._lines(matter, here, sources_of(matter.duty)))
            if not lines or all(line.act_at is None for _one, line in lines):
                lines = list(self._lines(matter, here))
            if not lines:
                self._fallen.add((matter.duty, matter.reference))
                self._nobody(matter, movers, here)
                continue
            if all(line.act_at is None for _one, line in lines) and not matter.duty.endswith("where nobody is"):
                self.tell(1, f"no time: {matter.duty}", matter.reference, "It stands on a list without any time.")
            if matter.is_now and not self._on_duty(matter, lines):
                hours = "open" if self.borough.open_now() else "closed"
                kind = f"nobody on duty has it, hub {hours}: {matter.duty}"
                self.tell(1, kind, matter.reference, f"It waits for {lines[0][0].name}, who is not on duty.")

    def _on_duty(self, matter: Matter, lines: list[tuple[Visitor, Stands]]) -> bool:
        """Say whether somebody on duty has it now: one of its movers, or while the hub is closed the duty team."""
        if any(self.borough.is_at_work(one) for one, _line in lines):
            return True
        duty = [one for one in self.borough.at_work() if "out_of_hours" in one.membership.roles]
        return any(line.reference in matter.case for one in duty for line in self.lists.of(one))

    def _lines(
        self, matter: Matter, movers: Iterable[Visitor], sources: Sequence[str] = ()
    ) -> Iterator[tuple[Visitor, Stands]]:
        sections = next((one for words, one in ON.items() if matter.duty.startswith(words)), ("",))
        for visitor in movers:
            if not sources:
                self.lists.of(visitor)
            for line in self.lists.lines(visitor, sources):
                if line.reference in matter.references and line.section.startswith(sections):
                    yield visitor, line
                    if not matter.is_now:
                        return

    def _nobody(self, matter: Matter, movers: list[Visitor], here: list[Visitor]) -> None:
        why = "nobody in force could" if not movers else "all who could are away" if not here else "not listed"
        if not movers and "manager" in self._missing_roles():
            why = "no manager is left"
            if self._administrator_is_shown_it():
                return
        who = ", ".join(one.name for one in movers[:4]) or "nobody"
        self.tell(1, f"{why}: {matter.duty}", matter.reference, f"It is the move of {who}, and on none of their lists.")

    def _administrator_is_shown_it(self) -> bool:
        """Say whether an administrator is shown, without content, that no manager is at work, and what runs out first.

        That is all the promise asks then: who could move the matter is there again once somebody is named manager.
        """
        self.checks["1: a hub without a manager is shown"] += 1
        for visitor in self.borough.people:
            if "administrator" in visitor.membership.roles and visitor.ended_at is None:
                with acting_as(self.borough.viewer(visitor)) as viewer:
                    shown = without_manager(viewer)
                if shown is not None and shown.next_due_at is not None:
                    return True
        return False

    def _missing_roles(self) -> set[str]:
        held = {role for one in self.raw.members(self.at) for role in one.roles}
        return {"manager", "front_door", "screener", "social_worker"} - held

    def _order(self) -> None:
        """Rule 4: on each list unattended danger stands first."""
        unattended = {row["reference"] for row in self.raw.rows(UNATTENDED)}
        for visitor in self.borough.at_work() if unattended else ():
            lines = self.lists.of(visitor)
            self.checks["4: danger is first"] += 1
            places = {line.reference: place for place, line in reversed(list(enumerate(lines)))}
            mine = [place for reference, place in places.items() if reference in unattended]
            behind = [line for line in lines[: max(mine, default=0)] if line.reference not in unattended]
            in_danger = [line for line in behind if not line.people.danger_words]
            if in_danger:
                self.tell(4, "danger is not first", lines[max(mine)].reference,
                          f"On the list of {visitor.name} it stands behind {in_danger[0].reference}.")  # fmt: skip

    def deadlines(self) -> None:
        """Rule 3: each new deadline recomputes from its policy and the calendar."""
        policies, open_ = self.raw.table("clock_ratingpolicy"), reckoning.hours(self.raw)
        rows = {row["id"]: row for row in self.raw.table("clock_deadline")}
        for key, row in rows.items():
            if key in self._reckoned:
                continue
            self._reckoned.add(key)
            self.checks["3: a deadline recomputes"] += 1
            self._recompute(row, rows.get(row["replaces_id"]), policies, open_)
        self._clocks(self.raw)

    def _recompute(self, row: Row, old: Row | None, policies: list[Row], open_: reckoning.Hours) -> None:
        expected = reckoning.policys_instant(row, old, policies, open_)
        if expected is None or expected.replace(microsecond=0) != row["policy_due_at"].replace(microsecond=0):
            self.tell(3, f"a deadline is reckoned otherwise ({row['measure']})", row["subject_reference"],
                      f"Stored is {row['policy_due_at']:%d %b %H:%M}, its policy says {expected}.")  # fmt: skip
        if reckoning.act_by(row) != row["due_at"]:
            self.tell(3, f"act by is not the earliest ({row['measure']})", row["subject_reference"],
                      f"Stored is {row['due_at']}, the earliest is {reckoning.act_by(row)}.")  # fmt: skip

    def _clocks(self, raw: Raw) -> None:
        """Rule 3: what waits has the clock that its state asks for."""
        for row in raw.rows(ALL_CLOCKS):
            self.checks["3: a clock runs"] += 1
            if not row["runs"]:
                self.tell(3, f"no clock runs: {row['measure']}", row["reference"], "Its state asks for this clock.")

    def _ladder(self) -> None:
        """Rule 3: each step of the ladder that has come was told to somebody who can open it."""
        for row in self.raw.rows(ESCALATED):
            if row["id"] in self._escalated:
                continue
            self._escalated.add(row["id"])
            self.checks["3: a step of the ladder was told"] += 1
            step = f"{row['measure']}, {' '.join(row['who'].strip('{}').split(','))}"
            told = [one for one in self.borough.people if str(one.membership.pk) in (row["told"] or "")]
            now = {one.key for one in self.raw.members(self.at)}
            if not any(one.membership.pk in now for one in told):
                among = ", managers among them" if "managers" in step else ""
                kind = f"a step of the ladder is told to nobody in force{among} ({step})"
                self.tell(3, kind, row["reference"], "Nobody who was told is there any more, or nobody was.")
            elif self._opened[step] < TOLD_OFTEN:
                self._opened[step] += 1
                self._opens(row, step, told)

    def _opens(self, row: Row, step: str, told: list[Visitor]) -> None:
        shut = []
        for visitor in told[:4]:
            try:
                page = visitor.get(row["path"]) if row["path"] else None
            except BrokenPage as broken:
                self.tell(2, "the page of a message breaks", row["reference"], str(broken))
                return
            if page is not None and page.status != 200:
                shut.append(visitor)
        if shut and row["still"]:
            kind = "nobody told" if len(shut) == len(told[:4]) else "one who is told"
            self.tell(3, f"{kind} can open it ({step})", row["reference"],
                      f"{shut[0].name}, {shut[0].membership.role_names}, is told and shut out.")  # fmt: skip

    def _overdue_steps(self) -> None:
        """Rule 3: a deadline whose next look has long passed was looked at, while the workers work."""
        late = self.at - timedelta(minutes=45)
        rows = self.raw.rows(
            "SELECT subject_reference FROM clock_deadline WHERE met_at IS NULL AND cancelled_at IS NULL"
            " AND next_check_at < %(late)s", {"late": late},
        )  # fmt: skip
        stands_still = self.borough.sweeps_again_at is not None and self.borough.sweeps_again_at > late
        for row in [] if stands_still else rows:
            self.tell(3, "a step of the ladder was not taken", row["subject_reference"], "Its time has long come.")

    def _children(self) -> None:
        """Rule 5: each child is in exactly one place."""
        self._overdue_steps()
        for kind, statement in ONE_PLACE.items():
            self.checks["5: each child in one place"] += 1
            for row in self.raw.rows(statement):
                self.tell(5, kind, row["reference"], "See there.")

    def _walls(self) -> None:
        """Rule 6: both walls and the access table open the same rows of a drawn kind to a drawn person."""
        here = [one for one in self.borough.people if one.ended_at is None]
        visitor = self.walls.draw.choice(here)
        self.checks["6: walls and table agree"] += 1
        label, odd = self.walls.odd(self.borough.viewer(visitor))
        if odd:
            self.tell(6, f"walls and table differ ({label})", "", f"For {visitor.name}: {odd}.")

    def left_over(self) -> list[str]:
        """Return what has not ended: what a hub that was drained still owes to somebody."""
        return [f"{row['reference']}: {row['why']}" for row in self.raw.rows(LEFT_OVER)]

    def at_the_end(self) -> None:
        """Rule 8: nothing that was typed and acknowledged is gone, and what came too late was given back."""
        if self.borough.counts["stale: lost"]:
            self.tell(8, "a form that came too late is not given back", "", "What was typed is not on the page.")
        stands: set[str] = set()
        for column in self.raw.rows(TEXT_COLUMNS):
            asked = 'SELECT "{column}"::text AS said FROM "{table}" WHERE "{column}"::text LIKE \'%%(Note %%\''
            stands |= {note for row in self.raw.rows(asked.format(**column)) for note in NOTE.findall(row["said"])}
        for step, notes in self.borough.acknowledged:
            for name, note in notes.items():
                self.checks["8: a typed text stands"] += 1
                if name not in ELSEWHERE and not name.startswith(SEALED) and note not in stands:
                    kind = f"what was typed is gone ({step.taken.route}: {name})"
                    self.tell(8, kind, step.reference, f"{step.who} wrote note {note}.")
