"""The rating policy that ships: a hub changes it by adding rows from a date on.

Source: decision within 4 hours, the Redbridge leaflet (2012); its start at arrival, Luton; first sight, agencies and
acceptance are trade practice; what a team declined waits for the hub no longer than it could wait for the team; the
statutory step is Working Together's one working day.
"""

from datetime import UTC, datetime
from typing import Any

from django.db import migrations

EFFECTIVE_FROM = datetime(2000, 1, 1, tzinfo=UTC)

HOURS = 60
FIFTEEN_O_CLOCK = 15 * HOURS

# measure, colour, unit, quantity, start
SHIPPED = (
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
REAL_TIME = {"elapsed_minutes", "open_day_minutes"}


def load(apps: Any, schema_editor: Any) -> None:
    """Add the shipped rows. Real time waits for opening only where it counts from arrival."""
    policy = apps.get_model("clock", "RatingPolicy")
    for measure, colour, unit, quantity, start in SHIPPED:
        policy.objects.create(
            measure=measure,
            colour=colour,
            unit=unit,
            quantity=quantity,
            start=start,
            waits_for_opening=unit not in REAL_TIME or start == "arrival",
            runs_past_closing=unit in REAL_TIME,
            effective_from=EFFECTIVE_FROM,
        )


def unload(apps: Any, schema_editor: Any) -> None:
    """Take the shipped rows away again."""
    apps.get_model("clock", "RatingPolicy").objects.filter(effective_from=EFFECTIVE_FROM).delete()


class Migration(migrations.Migration):
    """Data only."""

    dependencies = [("clock", "0001_deadlines")]

    operations = [migrations.RunPython(load, unload)]
