"""Rows of the log wait for a seal from the moment they are written; one function seals them."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql" / "seals.sql"

BACKWARD = """
DROP TRIGGER append_only ON audit_logseal;
DROP TRIGGER append_only_all ON audit_logseal;
DROP TRIGGER await_seal ON audit_event;
DROP TRIGGER await_seal ON audit_reading;
DROP TRIGGER await_seal ON audit_refusal;
SET ROLE mash_definer;
DROP FUNCTION fw.seals_after(bigint);
DROP FUNCTION fw.seal_logs(integer);
DROP FUNCTION fw.await_seal();
RESET ROLE;
DROP TABLE audit_unsealed;
"""


class Migration(migrations.Migration):
    """The queue, its triggers and the sealing function."""

    dependencies = [("audit", "0003_seals")]

    operations = [migrations.RunSQL(SQL.read_text(encoding="utf-8"), BACKWARD)]
