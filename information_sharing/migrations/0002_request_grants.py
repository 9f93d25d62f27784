"""Requests make and end the grants on their enquiry."""

from pathlib import Path

from django.db import migrations

from agencies.access.sql import run_file

SQL = Path(__file__).resolve().parent.parent / "sql" / "request_grants.sql"

BACKWARD = """
DROP TRIGGER grants_changed ON information_sharing_informationrequest;
DROP TRIGGER grants_made ON information_sharing_informationrequest;
DROP FUNCTION fw.request_grants();
"""


class Migration(migrations.Migration):
    """Statement-level trigger on the request table."""

    dependencies = [("information_sharing", "0001_initial"), ("agencies", "0002_identity")]

    operations = [run_file(SQL, reverse=BACKWARD)]
