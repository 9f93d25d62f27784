"""Feedback, letters and complaints are not read through broken glass."""

from pathlib import Path

from django.db import migrations

from agencies.access.sql import run_file

SQL = Path(__file__).resolve().parent.parent / "sql" / "told_not_through_glass.sql"


class Migration(migrations.Migration):
    """The policies of `0005` ask for a review where they asked for whoever looks into the enquiry."""

    dependencies = [("decisions", "0010_short_chains")]

    operations = [run_file(SQL, reverse=SQL.read_text(encoding="utf-8").replace("fw.reviewed()", "fw.looked_into()"))]
