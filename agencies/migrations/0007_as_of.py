"""The database knows as of when somebody acts."""

from pathlib import Path

from django.db import migrations

from agencies.access.sql import run_file

SQL = Path(__file__).resolve().parent.parent / "access" / "sql" / "as_of.sql"

BACKWARD = """
SET ROLE mash_definer;
DROP FUNCTION fw.own_agency(), fw.now();
RESET ROLE;
"""


class Migration(migrations.Migration):
    """A history is built by people who see what they saw then."""

    dependencies = [("agencies", "0006_parts_for_both_walls")]

    operations = [run_file(SQL, reverse=BACKWARD)]
