"""Nobody learns of, or lifts, what closes a case to them, or lets themself in unseen."""

from pathlib import Path

from django.db import migrations

from agencies.access.sql import run_file

SQL = Path(__file__).resolve().parent.parent / "access" / "sql" / "parts_policies.sql"

BACKWARD = """
DROP POLICY keys_kept ON agencies_datakey;
DROP POLICY tries_own ON agencies_passwordtries;
ALTER TABLE agencies_datakey NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY;
ALTER TABLE agencies_passwordtries NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY;
DROP TRIGGER conflict_is_only_lifted ON agencies_conflictofinterest;
DROP TRIGGER conflict_is_lifted_once ON agencies_conflictofinterest;
DROP TRIGGER review_only_ends ON agencies_review;
DROP TRIGGER review_ends_once ON agencies_review;
DROP TRIGGER glass_is_only_judged ON agencies_brokenglass;
DROP TRIGGER glass_is_judged_once ON agencies_brokenglass;
DROP POLICY conflict_seen ON agencies_conflictofinterest;
DROP POLICY closed_unchanged ON agencies_conflictofinterest;
DROP POLICY conflict_entered ON agencies_conflictofinterest;
DROP POLICY closed ON agencies_conflictofinterest;
DROP POLICY conflict_lifted ON agencies_conflictofinterest;
DROP POLICY review_seen ON agencies_review;
DROP POLICY review_named ON agencies_review;
DROP POLICY review_ended ON agencies_review;
DROP POLICY glass_seen ON agencies_brokenglass;
DROP POLICY glass_judged ON agencies_brokenglass;
ALTER TABLE agencies_conflictofinterest NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY;
ALTER TABLE agencies_review NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY;
ALTER TABLE agencies_brokenglass NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY;
SET ROLE mash_definer;
DROP FUNCTION fw.closed_out_of();
RESET ROLE;
"""


class Migration(migrations.Migration):
    """Wall 2 for conflicts of interest, reviews and broken glass."""

    dependencies = [("agencies", "0014_library_policies")]

    operations = [run_file(SQL, reverse=BACKWARD)]
