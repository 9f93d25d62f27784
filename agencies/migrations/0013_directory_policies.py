"""The directory is written by a signed administrator, and by nobody for themself."""

from pathlib import Path

from django.db import migrations

from agencies.access.sql import run_file

SQL = Path(__file__).resolve().parent.parent / "access" / "sql" / "directory_policies.sql"

BACKWARD = """
DROP TRIGGER agency_keeps_its_group ON agencies_agency;
DROP TRIGGER team_keeps_its_group ON agencies_team;
DROP TRIGGER membership_only_ends ON agencies_membership;
DROP TRIGGER membership_ends_once ON agencies_membership;
DROP TRIGGER signature_only_ends ON agencies_signature;
DROP POLICY account_seen ON agencies_user;
DROP POLICY account_made ON agencies_user;
DROP POLICY account_changed ON agencies_user;
DROP POLICY agency_seen ON agencies_agency;
DROP POLICY agency_made ON agencies_agency;
DROP POLICY agency_changed ON agencies_agency;
DROP POLICY team_seen ON agencies_team;
DROP POLICY team_made ON agencies_team;
DROP POLICY team_changed ON agencies_team;
DROP POLICY membership_seen ON agencies_membership;
DROP POLICY membership_begun ON agencies_membership;
DROP POLICY membership_ended ON agencies_membership;
DROP POLICY agreement_seen ON agencies_agreement;
DROP POLICY agreement_made ON agencies_agreement;
DROP POLICY agreement_changed ON agencies_agreement;
DROP POLICY signature_seen ON agencies_signature;
DROP POLICY signature_entered ON agencies_signature;
DROP POLICY signature_ended ON agencies_signature;
DROP POLICY hub_seen ON agencies_hubsettings;
DROP POLICY hub_begun ON agencies_hubsettings;
DROP POLICY hub_changed ON agencies_hubsettings;
DROP POLICY submission_own ON agencies_submission;
ALTER TABLE agencies_user NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY;
ALTER TABLE agencies_agency NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY;
ALTER TABLE agencies_team NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY;
ALTER TABLE agencies_membership NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY;
ALTER TABLE agencies_agreement NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY;
ALTER TABLE agencies_signature NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY;
ALTER TABLE agencies_hubsettings NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY;
ALTER TABLE agencies_submission NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY;
DROP FUNCTION fw.only_these_change(), fw.set_once();
SET ROLE mash_definer;
DROP FUNCTION fw.memberships();
RESET ROLE;
"""


class Migration(migrations.Migration):
    """Wall 2 for accounts, agencies, teams, memberships, agreements, signatures, hub settings and sent forms."""

    dependencies = [("agencies", "0012_sessions_closed")]

    operations = [run_file(SQL, reverse=BACKWARD)]
