"""What takes a person out of a case or lets one in, told to both walls."""

from pathlib import Path

from django.db import migrations

from agencies.access.sql import run_file

SQL = Path(__file__).resolve().parent.parent / "access" / "sql" / "parts.sql"

BACKWARD = """
SET ROLE mash_definer;
DROP FUNCTION fw.revoking(uuid[]), fw.hold(uuid), fw.parts(text), fw.protecting(), fw.looked_into(), fw.broken(), fw.reviewed(),
    fw.closed_references(), fw.closed_persons(), fw.closed_enquiries(), fw.closed_contacts(), fw.conflicts(),
    fw.screens(), fw.is_core(), fw.core_group(), fw.team();
RESET ROLE;
"""


class Migration(migrations.Migration):
    """Arrays of keys that rules and policies read."""

    dependencies = [("agencies", "0005_parts")]

    operations = [run_file(SQL, reverse=BACKWARD)]
