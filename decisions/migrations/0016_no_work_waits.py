"""My work is one statement now (docs/adr/0053): nothing asks any more in which sections something waits."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql" / "work_waits.sql"
DROP = """
DROP FUNCTION fw.work_waits(text[], uuid);
DROP FUNCTION fw.rarely_waits(text[]);
"""


class Migration(migrations.Migration):
    """The functions go, and come again on the way back."""

    dependencies = [("decisions", "0015_summary_to_confirm")]

    operations = [migrations.RunSQL(DROP, SQL.read_text(encoding="utf-8"))]
