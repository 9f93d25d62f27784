"""What the clock goes by is written by a signed administrator."""

from pathlib import Path

from django.db import migrations

from agencies.access.sql import run_file

SQL = Path(__file__).resolve().parent.parent / "sql" / "timing_policies.sql"

BACKWARD = """
DROP POLICY policy_seen ON clock_ratingpolicy;
DROP POLICY policy_added ON clock_ratingpolicy;
DROP POLICY holiday_seen ON clock_bankholiday;
DROP POLICY holiday_added ON clock_bankholiday;
DROP POLICY closure_seen ON clock_closure;
DROP POLICY closure_added ON clock_closure;
DROP POLICY closure_removed ON clock_closure;
DROP POLICY step_seen ON clock_ladderstep;
DROP POLICY step_added ON clock_ladderstep;
DROP POLICY step_changed ON clock_ladderstep;
DROP POLICY step_removed ON clock_ladderstep;
ALTER TABLE clock_ratingpolicy NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY;
ALTER TABLE clock_bankholiday NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY;
ALTER TABLE clock_closure NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY;
ALTER TABLE clock_ladderstep NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    """Wall 2 for rating policies, the ladder, closures and bank holidays."""

    dependencies = [("clock", "0005_policies"), ("agencies", "0013_directory_policies")]

    operations = [run_file(SQL, reverse=BACKWARD)]
