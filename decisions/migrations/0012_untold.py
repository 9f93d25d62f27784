"""To find the corrections of which somebody is to be told took 5 ms of planning on each list of work."""

from pathlib import Path

from django.db import migrations

from agencies.access.sql import run_file

SQL = Path(__file__).resolve().parent.parent / "sql" / "untold.sql"

BACKWARD = """
DROP FUNCTION fw.corrections_untold();
DROP TRIGGER weighed ON contacts_contact;
DROP TRIGGER weighed ON decisions_mashsummary;
DROP TRIGGER weighed ON information_sharing_informationrequest;
DROP TRIGGER weighed ON information_sharing_requestsubject;
DROP TRIGGER weighed ON decisions_familyletter;
DROP TRIGGER weighed ON decisions_feedback;
DROP TRIGGER weighed ON screening_handover;
DROP TRIGGER weighed ON decisions_correctionnotice;
DROP TRIGGER weighed ON contacts_correction;
DROP FUNCTION fw.moved_contact_weighed();
DROP FUNCTION fw.release_weighed();
DROP FUNCTION fw.request_weighed();
DROP FUNCTION fw.contact_asked_about_weighed();
DROP FUNCTION fw.own_contact_weighed();
DROP FUNCTION fw.weigh_corrections(uuid);
DROP TABLE decisions_untold;
"""


class Migration(migrations.Migration):
    """A table of those that wait, kept by triggers and read by one function; filled from what is there."""

    dependencies = [
        ("decisions", "0011_told_not_through_glass"),
        ("contacts", "0008_staff_linked"),
        ("screening", "0011_handover_exit"),
        ("information_sharing", "0015_sealed_reader_ended_walls"),
        ("agencies", "0023_own_membership_kept"),
    ]

    operations = [run_file(SQL, reverse=BACKWARD)]
