"""Requests, and the grants they make, stand under row-level security."""

from pathlib import Path

from django.db import migrations

from agencies.access.sql import run_file

SQL = Path(__file__).resolve().parent.parent / "sql" / "request_policies.sql"

BACKWARD = """
DROP POLICY grant_seen ON screening_enquirygrant;
ALTER TABLE screening_enquirygrant NO FORCE ROW LEVEL SECURITY;
ALTER TABLE screening_enquirygrant DISABLE ROW LEVEL SECURITY;
DROP POLICY request_moved ON information_sharing_informationrequest;
DROP POLICY request_made ON information_sharing_informationrequest;
DROP POLICY request_seen ON information_sharing_informationrequest;
ALTER TABLE information_sharing_informationrequest NO FORCE ROW LEVEL SECURITY;
ALTER TABLE information_sharing_informationrequest DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    """The first guarded table, end to end."""

    dependencies = [("information_sharing", "0003_copied_columns"), ("screening", "0002_contact_columns")]

    operations = [run_file(SQL, reverse=BACKWARD)]
