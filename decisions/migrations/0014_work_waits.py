"""Sections of the list of work that have nothing cost a statement each, and planning it took longest."""

from pathlib import Path

from django.db import migrations

from agencies.access.sql import run_file

SQL = Path(__file__).resolve().parent.parent / "sql" / "work_waits.sql"

BACKWARD = """
DROP FUNCTION fw.work_waits(text[], uuid);
DROP FUNCTION fw.rarely_waits(text[]);
"""


class Migration(migrations.Migration):
    """A function that says which of them have anything."""

    dependencies = [("decisions", "0013_letters_owed")]

    operations = [run_file(SQL, reverse=BACKWARD)]
