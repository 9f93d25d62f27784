"""Copied columns and the held marker are kept by the database."""

from pathlib import Path

from django.db import migrations

from agencies.access.sql import run_file

SQL = Path(__file__).resolve().parent.parent / "sql" / "copied_columns.sql"

BACKWARD = """
DROP TRIGGER keep_held_marker ON information_sharing_item;
DROP TRIGGER takes_request ON information_sharing_item;
DROP TRIGGER gives_request ON screening_enquiry;
DROP TRIGGER takes_enquiry ON information_sharing_informationrequest;
DROP FUNCTION fw.keep_held_marker(), fw.item_takes_request(), fw.enquiry_gives_request(), fw.request_takes_enquiry();
"""


class Migration(migrations.Migration):
    """Triggers on requests, items and enquiries."""

    dependencies = [("information_sharing", "0002_request_grants")]

    operations = [run_file(SQL, reverse=BACKWARD)]
