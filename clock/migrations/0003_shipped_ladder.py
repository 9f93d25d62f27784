"""The ladder that ships: whom a deadline tells, how long before or after it. Trade practice, for a hub to change."""

from typing import Any

from django.db import migrations

IN_HUB_HOURS = True

# measure, colour, then (minutes, who[, in hub hours]) from the first step up
SHIPPED: tuple[Any, ...] = (
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


def load(apps: Any, schema_editor: Any) -> None:
    """Add the shipped steps."""
    step = apps.get_model("clock", "LadderStep")
    for measure, colour, *steps in SHIPPED:
        for level, (minutes, who, *in_hub_hours) in enumerate(steps, start=1):
            step.objects.create(
                measure=measure,
                colour=colour,
                level=level,
                minutes=minutes,
                in_hub_hours=bool(in_hub_hours),
                who=who.split(),
            )


def unload(apps: Any, schema_editor: Any) -> None:
    """Take all steps away again."""
    apps.get_model("clock", "LadderStep").objects.all().delete()


class Migration(migrations.Migration):
    """Data only."""

    dependencies = [("clock", "0002_shipped_policy")]

    operations = [migrations.RunPython(load, unload)]
