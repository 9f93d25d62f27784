"""The log is written as oneself, and read through functions that ask first."""

from pathlib import Path

from django.db import migrations

from agencies.access.sql import run_file

SQL = Path(__file__).resolve().parent.parent / "access" / "sql" / "logs.sql"

BACKWARD = (
    "".join(
        f"""
DROP POLICY {name}_written ON audit_{name};
DROP POLICY {name}_audited ON audit_{name};
ALTER TABLE audit_{name} NO FORCE ROW LEVEL SECURITY;
ALTER TABLE audit_{name} DISABLE ROW LEVEL SECURITY;
"""
        for name in ("event", "reading", "refusal")
    )
    + """
SET ROLE mash_definer;
DROP FUNCTION fw.history_of(text, uuid, integer);
DROP FUNCTION fw.last_event(text, uuid);
DROP FUNCTION fw.writes_as(uuid, uuid, uuid);
RESET ROLE;
SET ROLE mash_probe;
DROP FUNCTION fw.sees(text, uuid);
RESET ROLE;
"""
)


class Migration(migrations.Migration):
    """Policies of the log; what happened to one record."""

    dependencies = [("agencies", "0017_emergency_for_both_walls"), ("audit", "0004_sealing")]

    operations = [run_file(SQL, reverse=BACKWARD)]
