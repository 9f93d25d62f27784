"""Which stories the demo hub tells, how long ago, and where each of them stands now."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import IntEnum, StrEnum


class Stop(IntEnum):
    """Where a story stands."""

    RECEIVED = 1
    WITH_PANEL = 2
    SCREENED = 3
    RATED = 4
    ASKED = 5
    PARTLY = 6
    ANSWERED = 7
    DRAFTED = 8
    SENT = 9
    DECIDED = 10
    PREPARED = 11
    RELEASED = 12
    TAKEN = 13
    TOLD = 14


class Twist(StrEnum):
    """What is out of the ordinary."""

    NONE = ""
    ALARM = "alarm"
    CONVENED = "convened"
    HELD = "held"
    SEALED = "sealed"
    PROPOSED = "proposed"
    REFUSED = "refused"
    QUERIED = "queried"
    DECLINED = "declined"
    UNASSIGNED = "unassigned"
    NIGHT = "night"
    ONE_VIEW = "one view"
    VIEWS_DIFFER = "views differ"
    JOINS = "joins"
    LINKED = "linked"
    COMPLAINT = "complaint"
    ANSWERED_COMPLAINT = "answered complaint"


@dataclass(frozen=True)
class Line:
    """One story of the plan: either days ago, or a live one told by minutes.

    Attributes:
        minutes_ago: for how many minutes the hub has been open since a live story arrived.
        left: minutes until the decision is due, below zero when overdue; then the arrival follows from it.
        mark: at which stop how many minutes ago, such as asked 78 minutes ago.
        of: the household, where several stories tell of the same one.
    """

    plot: str
    stop: Stop
    days_ago: int = 0
    minutes_ago: int = 0
    left: int | None = None
    mark: tuple[Stop, int] | None = None
    of: int | None = None
    twist: Twist = Twist.NONE

    @property
    def is_answered_by_team(self) -> bool:
        """Say whether a team has queried or declined what ended at screening: the referrer was told by then."""
        return self.stop == Stop.SCREENED and self.twist in {Twist.QUERIED, Twist.DECLINED}

    @property
    def is_live(self) -> bool:
        """Say whether it goes on now."""
        return self.days_ago == 0


TWICE_CALLED, NEGLECTED, DISPUTED, WATCHED = 86, 87, 88, 89
"""Households of which several stories tell; none has the number of a story."""

CASE_LINES = (
    Line("rb1", Stop.TOLD, 12),
    Line("rb2", Stop.TOLD, 11),
    Line("rb3", Stop.TOLD, 9),
    Line("nn1", Stop.TOLD, 8),
    Line("nn2", Stop.TOLD, 6),
    Line("nn3", Stop.TOLD, 5),
)
"""The six cases, by their keys."""

PAST = (
    Line("police_notice", Stop.TOLD, 88, of=TWICE_CALLED),
    Line("shouting", Stop.TOLD, 86, of=NEGLECTED),
    Line("home_conditions", Stop.TOLD, 84, of=NEGLECTED),
    Line("weekend_father", Stop.TOLD, 79, of=DISPUTED),
    Line("belt", Stop.TOLD, 77),
    Line("moved", Stop.TOLD, 75),
    Line("self_harm", Stop.TOLD, 73),
    Line("bereaved", Stop.TOLD, 70),
    Line("missing", Stop.TOLD, 69, twist=Twist.ANSWERED_COMPLAINT),
    Line("overcrowded", Stop.TOLD, 63),
    Line("drinking", Stop.TOLD, 61),
    Line("wandering", Stop.TOLD, 57, of=WATCHED),
    Line("unborn", Stop.TOLD, 54),
    Line("weekend_father", Stop.TOLD, 52, of=DISPUTED),
    Line("pictures", Stop.TOLD, 50),
    Line("open_case", Stop.TOLD, 48),
    Line("coach", Stop.TOLD, 44),
    Line("missed_clinic", Stop.TOLD, 42),
    Line("known_risk", Stop.TOLD, 40),
    Line("overdose", Stop.TOLD, 38),
    Line("worn_out_carer", Stop.TOLD, 35),
    Line("police_notice", Stop.TOLD, 29, of=TWICE_CALLED, twist=Twist.LINKED),
    Line("shouting", Stop.TOLD, 27),
    Line("voices", Stop.TOLD, 24),
    Line("weekend_father", Stop.TOLD, 22, of=DISPUTED, twist=Twist.LINKED),
    Line("running_drugs", Stop.TOLD, 19),
    Line("open_case", Stop.TOLD, 17),
    Line("bereaved", Stop.TOLD, 13, twist=Twist.COMPLAINT),
    Line("known_risk", Stop.TOLD, 7),
    Line("overcrowded", Stop.SCREENED, 3, twist=Twist.QUERIED),
    Line("bereaved", Stop.SCREENED, 4, twist=Twist.DECLINED),
    Line("coach", Stop.SCREENED, 3),
    Line("moved", Stop.SCREENED, 2),
    Line("worn_out_carer", Stop.SCREENED, 2),
    Line("open_case", Stop.SCREENED, 2),
    Line("shouting", Stop.SCREENED, 3),
    Line("hungry", Stop.TAKEN, 6),
    Line("bruised_baby", Stop.TAKEN, 3),
)
"""What is over, or nearly."""

WAITING = (
    Line("wandering", Stop.RECEIVED, minutes_ago=22, of=WATCHED),
    Line("hungry", Stop.RECEIVED, minutes_ago=38),
    Line("overdose", Stop.RECEIVED, minutes_ago=95),
    Line("shouting", Stop.RECEIVED, minutes_ago=52),
    Line("bereaved", Stop.RECEIVED, minutes_ago=125),
    Line("police_notice", Stop.RECEIVED, minutes_ago=140, of=TWICE_CALLED),
    Line("home_conditions", Stop.RECEIVED, minutes_ago=16, of=NEGLECTED),
    Line("belt", Stop.RECEIVED, minutes_ago=27, twist=Twist.ALARM),
    Line("unborn", Stop.RECEIVED, minutes_ago=44),
    Line("drinking", Stop.RECEIVED, minutes_ago=1, twist=Twist.NIGHT),
    Line("missing", Stop.WITH_PANEL, minutes_ago=210),
    Line("knife", Stop.WITH_PANEL, minutes_ago=320, twist=Twist.ONE_VIEW),
    Line("handovers", Stop.WITH_PANEL, minutes_ago=600, twist=Twist.VIEWS_DIFFER),
    Line("pictures", Stop.SCREENED, minutes_ago=48),
    Line("self_harm", Stop.SCREENED, minutes_ago=105),
    Line("missed_clinic", Stop.SCREENED, minutes_ago=190),
)
"""What waits to be screened or rated."""

UNDER_WAY = (
    Line("running_drugs", Stop.PARTLY, left=24, mark=(Stop.ASKED, 76)),
    Line("voices", Stop.PARTLY, left=-48, mark=(Stop.ASKED, 125)),
    Line("bruised_baby", Stop.ASKED, left=185, mark=(Stop.ASKED, 19), twist=Twist.CONVENED),
    Line("scald", Stop.DRAFTED, left=66, mark=(Stop.ASKED, 130), twist=Twist.SEALED),
    Line("police_notice", Stop.PARTLY, left=540, mark=(Stop.ASKED, 200)),
    Line("police_notice", Stop.SCREENED, minutes_ago=33, twist=Twist.JOINS),
    Line("drinking", Stop.ANSWERED, left=900),
    Line("wandering", Stop.PARTLY, left=-110),
    Line("hungry", Stop.ASKED, left=1900),
    Line("knife", Stop.RATED, left=2400, twist=Twist.UNASSIGNED),
    Line("belt", Stop.SENT, left=38, twist=Twist.HELD),
    Line("home_conditions", Stop.SENT, left=280),
    Line("drinking", Stop.SENT, left=-25),
    Line("handovers", Stop.SENT, left=1500),
    Line("unborn", Stop.DECIDED, left=420, twist=Twist.PROPOSED),
    Line("missing", Stop.DECIDED, left=300, twist=Twist.REFUSED),
    Line("learning_need", Stop.PREPARED, left=1700),
    Line("pictures", Stop.RELEASED, left=60, mark=(Stop.RELEASED, 41)),
    Line("police_notice", Stop.RELEASED, left=500, twist=Twist.QUERIED),
    Line("hungry", Stop.RELEASED, left=1400),
    Line("missed_clinic", Stop.RELEASED, left=620),
    Line("self_harm", Stop.RELEASED, left=260, twist=Twist.DECLINED),
)
"""What goes on in the MASH now; a joining contact follows the one that it joins."""


@dataclass(frozen=True)
class Story:
    """A line of the plan with its place among all.

    Attributes:
        kind: of which part of the plan it is.
        family: the number of the household; stories of one household are built one after the other.
        wording: how often the plot was told before.
    """

    number: int
    kind: str
    line: Line
    family: int
    wording: int


def told() -> tuple[Story, ...]:
    """Return all stories of the plan, in their order."""
    parts = (
        ("The six cases", CASE_LINES),
        ("What is over", PAST),
        ("What is waiting", WAITING),
        ("What is under way", UNDER_WAY),
    )
    made: list[Story] = []
    tellings: Counter[str] = Counter()
    for kind, lines in parts:
        for line in lines:
            number = len(made)
            family = made[-1].family if line.twist == Twist.JOINS else number if line.of is None else line.of
            made.append(Story(number, kind, line, family, tellings[line.plot]))
            tellings[line.plot] += 1
    return tuple(made)


def halves() -> tuple[tuple[Story, ...], tuple[Story, ...]]:
    """Part all stories into two lots of about as much work; those of one household stay together."""
    work: Counter[int] = Counter()
    for story in told():
        work[story.family] += story.line.stop
    lots: tuple[set[int], set[int]] = (set(), set())
    for family, _steps in work.most_common():
        min(lots, key=lambda lot: sum(work[one] for one in lot)).add(family)
    first, second = (tuple(story for story in told() if story.family in lot) for lot in lots)
    return first, second
