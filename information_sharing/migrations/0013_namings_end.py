"""Whom an owner named for an item ends when the enquiry closes, as `grants.py` says; what is closed already loses it."""

from pathlib import Path

from django.db import migrations

from agencies.access.sql import run_file

SQL = Path(__file__).resolve().parent.parent / "sql" / "namings_end.sql"

BACKWARD = """
DROP TRIGGER closing_ends_namings ON screening_enquiry;
DROP FUNCTION fw.closing_ends_namings();
REVOKE DELETE ON information_sharing_itemgrant FROM mash_definer;
"""


class Migration(migrations.Migration):
    """One trigger, and once what it would have done; on the way back nobody is named again."""

    dependencies = [("information_sharing", "0012_instruction_kept_with"), ("screening", "0011_handover_exit")]

    operations = [run_file(SQL, reverse=BACKWARD)]
