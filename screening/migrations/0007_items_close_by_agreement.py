"""Agencies' sight of others' items ends when the agreement says so; the database keeps the moment."""

from pathlib import Path

from django.db import migrations

from agencies.access.sql import run_file

SQL = Path(__file__).resolve().parent.parent / "sql" / "items_close.sql"

BACKWARD = """
DROP TRIGGER agreement_closes_items ON screening_enquiry;
DROP FUNCTION fw.agreement_closes_items();
"""


class Migration(migrations.Migration):
    """A trigger on the enquiry."""

    dependencies = [("screening", "0006_enquiry_items_close_at"), ("agencies", "0001_initial")]

    operations = [run_file(SQL, reverse=BACKWARD)]
