"""An administrator ends nobody's membership but other people's."""

from pathlib import Path

from django.db import migrations

from agencies.access.sql import run_file

SQL = Path(__file__).resolve().parent.parent / "access" / "sql" / "own_membership_kept.sql"

BACKWARD = """
ALTER POLICY membership_ended ON agencies_membership WITH CHECK (
    (SELECT fw.has('administrator')) AND (user_id IS DISTINCT FROM (SELECT fw.person()) OR ended_at IS NOT NULL)
);
"""


class Migration(migrations.Migration):
    """The policy of `0013_directory_policies` without its exception."""

    dependencies = [("agencies", "0022_finding_words_policies")]

    operations = [run_file(SQL, reverse=BACKWARD)]
