"""What the emergency route opens, in the second wall."""

from pathlib import Path

from django.db import migrations

from agencies.access.sql import run_file

SQL = Path(__file__).resolve().parent.parent / "sql" / "emergency_policies.sql"

BACKWARD = """
DROP POLICY emergency_moved ON information_sharing_informationrequest;
DROP POLICY emergency_seen ON information_sharing_informationrequest;
DROP POLICY emergency_used ON agencies_emergencyuse;
"""


class Migration(migrations.Migration):
    """Policies that stand beside those of the requests."""

    dependencies = [("information_sharing", "0007_policies"), ("agencies", "0017_emergency_for_both_walls")]

    operations = [run_file(SQL, reverse=BACKWARD)]
