"""The emergency route in the second wall, for all that hangs on a request."""

from pathlib import Path

from django.db import migrations

from agencies.access.sql import run_file

SQL = Path(__file__).resolve().parent.parent / "sql" / "emergency_rows.sql"

BACKWARD = """
DROP POLICY emergency_settled ON information_sharing_safetyinstruction;
DROP POLICY emergency_seen ON information_sharing_safetyinstruction;
DROP POLICY emergency_written ON information_sharing_sealedtext;
DROP POLICY emergency_seen ON information_sharing_sealedtext;
DROP POLICY emergency_written ON information_sharing_itemtext;
DROP POLICY emergency_changed ON information_sharing_item;
DROP POLICY emergency_given ON information_sharing_item;
DROP POLICY emergency_seen ON information_sharing_item;
DROP POLICY emergency_changed ON information_sharing_answer;
DROP POLICY emergency_given ON information_sharing_answer;
DROP POLICY emergency_seen ON contacts_subject;
DROP POLICY emergency_seen ON screening_enquiry;
SET ROLE mash_definer;
DROP FUNCTION fw.emergency_enquiries(), fw.asked_in_emergency(uuid);
RESET ROLE;
"""


class Migration(migrations.Migration):
    """Answer, items, texts, the people asked about and the header of the enquiry."""

    dependencies = [("information_sharing", "0008_emergency_policies")]

    operations = [run_file(SQL, reverse=BACKWARD)]
