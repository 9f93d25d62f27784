"""Whoever writes, writes in their own name, and only what their part may change."""

from pathlib import Path

from django.db import migrations

from agencies.access.sql import run_file

SQL = Path(__file__).resolve().parent.parent / "sql" / "in_own_name.sql"

BACKWARD = """
DROP POLICY proposed ON information_sharing_safetyinstruction;
DROP TRIGGER only_what_is_cleared ON decisions_summaryitem;
DROP TRIGGER answered_with_an_answer ON information_sharing_informationrequest;
SET ROLE mash_definer;
DROP FUNCTION fw.only_what_is_cleared(), fw.answered_with_an_answer();
RESET ROLE;
DROP FUNCTION fw.these_stay() CASCADE;
DROP TRIGGER hub_moves_it_on ON screening_enquiry;
DROP TRIGGER correction_is_only_told ON decisions_correctionnotice;
DROP TRIGGER manager_assigns ON screening_enquiry;
DROP TRIGGER agency_moves_it_on ON information_sharing_informationrequest;
DROP TRIGGER team_moves_it_on ON screening_enquiry;
DROP TRIGGER team_moves_it_on ON screening_handover;
DROP FUNCTION fw.in_own_name() CASCADE;
"""


class Migration(migrations.Migration):
    """Triggers on the tables of every app, for the web role alone."""

    dependencies = [
        ("reporting", "0002_search"),
        ("agencies", "0019_staff_record"),
        ("contacts", "0007_contact_to_screen"),
        ("screening", "0011_handover_exit"),
        ("information_sharing", "0012_instruction_kept_with"),
        ("decisions", "0007_correction_policies"),
        ("notices", "0004_backlog"),
        ("clock", "0007_open_measure"),
    ]

    operations = [run_file(SQL, reverse=BACKWARD)]
