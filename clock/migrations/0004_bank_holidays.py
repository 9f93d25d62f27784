"""Bank holidays of the four nations, from the `holidays` package, which computes them without a network."""

from typing import Any

import holidays
from django.db import migrations

NATIONS = ("ENG", "WLS", "SCT", "NIR")
YEARS = range(2024, 2031)


def load(apps: Any, schema_editor: Any) -> None:
    """Add each nation's bank holidays, substitute days included."""
    bank_holiday = apps.get_model("clock", "BankHoliday")
    for nation in NATIONS:
        for day, name in sorted(holidays.country_holidays("GB", subdiv=nation, years=YEARS).items()):
            bank_holiday.objects.create(nation=nation, day=day, name=name[:80])


def unload(apps: Any, schema_editor: Any) -> None:
    """Take those of these years away again."""
    apps.get_model("clock", "BankHoliday").objects.filter(day__year__in=YEARS).delete()


class Migration(migrations.Migration):
    """Data only."""

    dependencies = [("clock", "0003_shipped_ladder")]

    operations = [migrations.RunPython(load, unload)]
