"""Wall 2 for analysis, decision, release and feedback."""

from pathlib import Path

from django.db import migrations

from agencies.access.sql import opened_tables, run_file

SQL = Path(__file__).resolve().parent.parent / "sql" / "policies.sql"
TABLES = [
    "analysis",
    "analysisversion",
    "childmeaning",
    "pickeditem",
    "jointview",
    "decision",
    "childdecision",
    "childreasons",
    "decisionbasis",
    "dissent",
    "sealedreasons",
    "considereditem",
    "mashsummary",
    "summarychild",
    "summaryinstruction",
    "summaryitem",
    "exchange",
    "summarygrant",
    "feedback",
    "familyletter",
    "complaint",
]
BACKWARD = (
    opened_tables("decisions", TABLES)
    + """
DROP POLICY answered ON screening_enquiry;
DROP POLICY received ON screening_enquiry;
DROP POLICY of_release ON clock_deadline;
DROP TRIGGER returns ON decisions_mashsummary;
SET ROLE mash_definer;
DROP FUNCTION fw.releases(uuid, int), fw.summary_returns(), fw.summaries_out(uuid), fw.is_out(uuid), fw.contributed(uuid),
    fw.closed_decisions();
RESET ROLE;
"""
)


class Migration(migrations.Migration):
    """Row-level security on every guarded table of this app."""

    dependencies = [
        ("decisions", "0004_grants_keep_no_numbers"),
        ("information_sharing", "0007_policies"),
    ]

    operations = [run_file(SQL, reverse=BACKWARD)]
