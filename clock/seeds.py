"""What a hub's clock begins with: a policy and a ladder for the hub to change, and bank holidays.

Source: decision within 4 hours, the Redbridge leaflet (2012); its start at arrival, Luton; first sight, agencies and
acceptance are trade practice; what a team declined waits for the hub no longer than it could wait for the team, and
what somebody has left behind is assigned in the same time; the statutory step is Working Together's one working day.
The ladder is trade practice.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from functools import partial
from typing import Any

import holidays

from clock.models import BankHoliday, LadderStep, RatingPolicy

EFFECTIVE_FROM = datetime(2000, 1, 1, tzinfo=UTC)

HOURS = 60
FIFTEEN_O_CLOCK = 15 * HOURS

# measure, colour, unit, quantity, start
POLICY = (
    ("first_sight", "", "hub_minutes", 1 * HOURS, "arrival"),
    ("statutory_step", "", "working_days", 1, "arrival"),
    ("acknowledgement", "", "working_days", 0, "sending"),
    ("decision", "red", "elapsed_minutes", 4 * HOURS, "arrival"),
    ("decision", "amber", "open_day_minutes", 24 * HOURS, "arrival"),
    ("decision", "green", "working_days", 3, "arrival"),
    ("first_word", "red", "elapsed_minutes", 30, "sending"),
    ("full_answer", "red", "elapsed_minutes", 90, "sending"),
    ("full_answer", "amber", "hub_minutes", 4 * HOURS, "sending"),
    ("full_answer", "green", "working_days", 1, "sending"),
    ("acceptance", "red", "elapsed_minutes", 30, "sending"),
    ("acceptance", "amber", "hub_minutes", 4 * HOURS, "sending"),
    ("acceptance", "green", "working_days", 1, "sending"),
    ("acceptance", "", "working_days", 1, "sending"),
    ("release_again", "red", "elapsed_minutes", 30, "sending"),
    ("release_again", "amber", "hub_minutes", 4 * HOURS, "sending"),
    ("release_again", "", "working_days", 1, "sending"),
    ("feedback", "", "working_days", 1, "ending"),
    ("feedback_school", "", "day_minutes", FIFTEEN_O_CLOCK, "ending"),
    ("safety_instruction", "", "elapsed_minutes", 1 * HOURS, "sending"),
)
REASSIGNMENT_POLICY = (
    ("reassignment", "red", "elapsed_minutes", 30, "sending"),
    ("reassignment", "amber", "hub_minutes", 4 * HOURS, "sending"),
    ("reassignment", "", "working_days", 1, "sending"),
)
PLAN_POLICY = (
    ("plan", "red", "elapsed_minutes", 30, "sending"),
    ("plan", "amber", "hub_minutes", 4 * HOURS, "sending"),
    ("plan", "", "working_days", 1, "sending"),
)
"""What came after the first hubs were planted is a seed of its own."""
STATES_POLICY = (
    ("convening", "", "elapsed_minutes", 1 * HOURS, "sending"),
    ("discussion", "", "elapsed_minutes", 4 * HOURS, "sending"),
    ("safe_until", "", "elapsed_minutes", 24 * HOURS, "sending"),
    ("rating", "", "hub_minutes", 1 * HOURS, "sending"),
    ("release", "red", "elapsed_minutes", 30, "sending"),
    ("release", "amber", "hub_minutes", 4 * HOURS, "sending"),
    ("release", "", "working_days", 1, "sending"),
    ("wording", "", "elapsed_minutes", 1 * HOURS, "sending"),
    ("confirmation", "", "working_days", 1, "sending"),
    ("letter", "", "working_days", 3, "ending"),
    ("complaint", "", "working_days", 10, "arrival"),
)
"""For states that had no clock. A complaint: stage one of the Children Act 1989 Representations Procedure (England)
Regulations 2006; the rest is trade practice. A seed of its own, for hubs that were planted before.
"""
TELLING_POLICY = (
    ("undelivered", "red", "elapsed_minutes", 30, "sending"),
    ("undelivered", "", "hub_minutes", 4 * HOURS, "sending"),
    ("correction", "red", "elapsed_minutes", 1 * HOURS, "sending"),
    ("correction", "", "working_days", 1, "sending"),
)
"""For what somebody was not told, or was told wrongly: trade practice. A seed of its own as well."""
CAME_BACK_POLICY = (
    ("came_back", "red", "hub_minutes", 4 * HOURS, "sending"),
    ("came_back", "", "working_days", 1, "sending"),
)
"""For a letter or an email that came back: from the moment it was written down. Trade practice."""
CHECKING_POLICY = (
    ("checking", "red", "elapsed_minutes", 30, "sending"),
    ("checking", "", "hub_minutes", 2 * HOURS, "sending"),
)
"""A text that waits for the manager has not gone out, and whoever needs it waits too: trade practice."""
_REAL_TIME = {"elapsed_minutes", "open_day_minutes"}


IN_HUB_HOURS = True

# measure, colour, then (minutes, who[, in hub hours]) from the first step up
LADDER: tuple[tuple[Any, ...], ...] = (
    ("first_sight", "", (0, "managers")),
    ("statutory_step", "", (-60, "managers front_door"), (0, "managers")),
    ("acknowledgement", "", (0, "team worker"), (60, "managers", IN_HUB_HOURS)),
    ("decision", "red", (-60, "worker managers"), (0, "worker managers"), (60, "managers out_of_hours")),
    ("decision", "", (-120, "worker managers"), (0, "worker managers"), (240, "managers", IN_HUB_HOURS)),
    ("first_word", "", (0, "researchers leads"), (15, "leads worker managers")),
    ("full_answer", "red", (-15, "researchers"), (0, "researchers leads worker"), (30, "leads managers")),
    (
        "full_answer",
        "",
        (-60, "researchers"),
        (0, "researchers leads"),
        (60, "worker", IN_HUB_HOURS),
        (480, "leads managers", IN_HUB_HOURS),
    ),
    ("acceptance", "red", (0, "team managers"), (30, "managers out_of_hours")),
    ("acceptance", "", (0, "team"), (60, "managers", IN_HUB_HOURS)),
    ("release_again", "red", (0, "managers worker"), (30, "managers out_of_hours")),
    ("release_again", "", (-30, "managers"), (0, "managers worker")),
    ("feedback", "", (0, "front_door"), (480, "managers", IN_HUB_HOURS)),
    ("feedback_school", "", (-60, "front_door"), (0, "front_door"), (60, "managers", IN_HUB_HOURS)),
    ("safety_instruction", "", (-15, "leads"), (0, "leads managers")),
)
REASSIGNMENT_LADDER: tuple[tuple[Any, ...], ...] = (
    ("reassignment", "red", (0, "managers worker"), (30, "managers out_of_hours")),
    ("reassignment", "", (0, "managers"), (240, "managers", IN_HUB_HOURS)),
)


PLAN_LADDER: tuple[tuple[Any, ...], ...] = (
    ("plan", "red", (0, "team managers"), (30, "managers out_of_hours")),
    ("plan", "", (0, "team"), (60, "managers", IN_HUB_HOURS)),
)
STATES_LADDER: tuple[tuple[Any, ...], ...] = (
    ("convening", "", (0, "managers social_workers out_of_hours"), (30, "managers out_of_hours")),
    ("discussion", "", (-30, "managers out_of_hours"), (0, "managers social_workers out_of_hours")),
    ("safe_until", "", (-60, "managers out_of_hours"), (0, "managers social_workers out_of_hours")),
    ("rating", "", (0, "managers"), (60, "managers", IN_HUB_HOURS)),
    ("release", "red", (0, "managers worker"), (30, "managers out_of_hours")),
    ("release", "", (-30, "managers"), (0, "managers worker")),
    ("wording", "", (0, "managers")),
    ("confirmation", "", (0, "researchers leads"), (240, "leads worker managers", IN_HUB_HOURS)),
    ("letter", "", (0, "front_door"), (480, "managers", IN_HUB_HOURS)),
    ("complaint", "", (-1440, "front_door managers"), (0, "front_door managers")),
)
TELLING_LADDER: tuple[tuple[Any, ...], ...] = (
    ("undelivered", "red", (0, "managers worker"), (30, "managers out_of_hours")),
    ("undelivered", "", (0, "managers worker"), (240, "managers", IN_HUB_HOURS)),
    ("correction", "red", (0, "researchers leads team worker managers"), (30, "managers out_of_hours")),
    ("correction", "", (0, "researchers leads team front_door"), (240, "managers", IN_HUB_HOURS)),
)
CAME_BACK_LADDER: tuple[tuple[Any, ...], ...] = (
    ("came_back", "", (0, "front_door managers worker"), (480, "managers", IN_HUB_HOURS)),
)

CHECKING_LADDER: tuple[tuple[Any, ...], ...] = (
    ("checking", "red", (0, "managers"), (30, "managers")),
    ("checking", "", (-60, "managers"), (0, "managers"), (60, "managers", IN_HUB_HOURS)),
)


NATIONS = ("ENG", "WLS", "SCT", "NIR")
YEARS = range(2024, 2031)


def policy(rows: Iterable[tuple[str, str, str, int, str]] = POLICY) -> None:
    """Add shipped rows; a hub changes them by adding rows from a date on.

    Real time waits for opening only where it counts from arrival.
    """
    RatingPolicy.objects.bulk_create(
        RatingPolicy(
            measure=measure,
            colour=colour,
            unit=unit,
            quantity=quantity,
            start=start,
            waits_for_opening=unit not in _REAL_TIME or start == "arrival",
            runs_past_closing=unit in _REAL_TIME,
            effective_from=EFFECTIVE_FROM,
        )
        for measure, colour, unit, quantity, start in rows
    )


def ladder(rows: Iterable[tuple[Any, ...]] = LADDER) -> None:
    """Add shipped steps: whom a deadline tells, how long before or after it."""
    LadderStep.objects.bulk_create(
        LadderStep(
            measure=measure,
            colour=colour,
            level=level,
            minutes=minutes,
            in_hub_hours=bool(in_hub_hours),
            who=who.split(),
        )
        for measure, colour, *steps in rows
        for level, (minutes, who, *in_hub_hours) in enumerate(steps, start=1)
    )


def bank_holidays() -> None:
    """Add each nation's, substitute days included; the `holidays` package computes them without a network."""
    BankHoliday.objects.bulk_create(
        BankHoliday(nation=nation, day=day, name=name[:80])
        for nation in NATIONS
        for day, name in sorted(holidays.country_holidays("GB", subdiv=nation, years=YEARS).items())
    )


SEEDS = {
    "policy": policy,
    "ladder": ladder,
    "bank_holidays": bank_holidays,
    "policy_of_plan": partial(policy, PLAN_POLICY),
    "ladder_of_plan": partial(ladder, PLAN_LADDER),
    "policy_of_states": partial(policy, STATES_POLICY),
    "ladder_of_states": partial(ladder, STATES_LADDER),
    "policy_of_reassignment": partial(policy, REASSIGNMENT_POLICY),
    "ladder_of_reassignment": partial(ladder, REASSIGNMENT_LADDER),
    "policy_of_telling": partial(policy, TELLING_POLICY),
    "ladder_of_telling": partial(ladder, TELLING_LADDER),
    "policy_of_came_back": partial(policy, CAME_BACK_POLICY),
    "ladder_of_came_back": partial(ladder, CAME_BACK_LADDER),
    "policy_of_checking": partial(policy, CHECKING_POLICY),
    "ladder_of_checking": partial(ladder, CHECKING_LADDER),
}
"""Planted in this order, once."""
