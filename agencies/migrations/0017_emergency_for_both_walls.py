"""The emergency route and broken glass, told to both walls."""

from pathlib import Path

from django.db import migrations

from agencies.access.sql import run_file

SQL = Path(__file__).resolve().parent.parent / "access" / "sql" / "emergency.sql"

BACKWARD = """
DROP POLICY reason_given ON agencies_needreason;
DROP POLICY reason_seen ON agencies_needreason;
DROP POLICY emergency_reviewed ON agencies_emergencyuse;
DROP POLICY emergency_opened ON agencies_emergencyuse;
DROP POLICY emergency_seen ON agencies_emergencyuse;
ALTER TABLE agencies_needreason DISABLE ROW LEVEL SECURITY;
ALTER TABLE agencies_emergencyuse DISABLE ROW LEVEL SECURITY;
SET ROLE mash_definer;
DROP FUNCTION fw.parts(text);
DROP FUNCTION fw.break_glass(text, text, timestamptz, timestamptz, uuid), fw.emergency();
CREATE FUNCTION fw.parts(told text, OUT closed_contacts uuid[], OUT closed_enquiries uuid[], OUT closed_persons uuid[],
                         OUT closed_references text[], OUT reviewed uuid[], OUT broken uuid[])
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    closed_contacts := fw.closed_contacts();
    closed_enquiries := fw.closed_enquiries();
    closed_persons := fw.closed_persons();
    closed_references := fw.closed_references();
    reviewed := fw.reviewed();
    broken := fw.broken();
END $$;
REVOKE ALL ON FUNCTION fw.parts(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION fw.parts(text) TO mash_web, mash_sweep;
RESET ROLE;
"""


class Migration(migrations.Migration):
    """The requests that an emergency opens, how glass is broken, and who may read of both."""

    dependencies = [("agencies", "0016_emergency_route")]

    operations = [run_file(SQL, reverse=BACKWARD)]
