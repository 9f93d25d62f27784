"""Clocks of handovers, instructions and summaries open with these through a function, whose plans are kept."""

from pathlib import Path

from django.db import migrations

from agencies.access.sql import run_file

SQL = Path(__file__).resolve().parent.parent / "sql" / "deadline_policy.sql"

BACKWARD = """
DROP POLICY with_its_record ON clock_deadline;
DROP FUNCTION fw.sees_record(text, uuid);
CREATE POLICY of_handover ON clock_deadline FOR SELECT TO mash_web USING (
    subject_kind = 'handover' AND (SELECT true FROM screening_handover h WHERE h.id = subject_id LIMIT 1)
);
CREATE POLICY of_instruction ON clock_deadline FOR SELECT TO mash_web USING (
    subject_kind = 'instruction'
    AND (SELECT true FROM information_sharing_safetyinstruction i WHERE i.id = subject_id LIMIT 1)
);
CREATE POLICY of_release ON clock_deadline FOR SELECT TO mash_web USING (
    subject_kind = 'release' AND (SELECT true FROM decisions_mashsummary s WHERE s.id = subject_id LIMIT 1)
);
"""


class Migration(migrations.Migration):
    """One policy in place of three, which made every statement on a clock slow to plan."""

    dependencies = [
        ("decisions", "0007_correction_policies"),
        ("clock", "0007_open_measure"),
        ("contacts", "0008_staff_linked"),
        ("screening", "0011_handover_exit"),
        ("information_sharing", "0012_instruction_kept_with"),
    ]

    operations = [run_file(SQL, reverse=BACKWARD)]
