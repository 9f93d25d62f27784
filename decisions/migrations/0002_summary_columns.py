"""A summary carries its social worker; a released one is frozen."""

from pathlib import Path

from django.db import migrations

from agencies.access.sql import run_file

SQL = Path(__file__).resolve().parent.parent / "sql" / "summary_columns.sql"

BACKWARD = """
DROP TRIGGER words_frozen ON decisions_mashsummary;
DROP TRIGGER frozen ON decisions_summaryinstruction;
DROP TRIGGER frozen ON decisions_summarychild;
DROP TRIGGER frozen ON decisions_summaryitem;
DROP TRIGGER gives_summary ON screening_enquiry;
DROP TRIGGER takes_enquiry ON decisions_mashsummary;
DROP FUNCTION fw.summary_words_frozen(), fw.frozen_after_release(), fw.enquiry_gives_summary(), fw.summary_takes_enquiry();
"""


class Migration(migrations.Migration):
    """Triggers on summaries and enquiries."""

    dependencies = [("decisions", "0001_initial"), ("agencies", "0002_identity")]

    operations = [run_file(SQL, reverse=BACKWARD)]
