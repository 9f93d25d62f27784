"""Keys that a conflict closes are asked once a statement."""

from pathlib import Path

from django.db import migrations

from agencies.access.sql import run_file

SQL = Path(__file__).resolve().parent.parent / "sql" / "closed_keys.sql"


class Migration(migrations.Migration):
    """The same functions, faster; on the way back they stay."""

    dependencies = [("decisions", "0008_deadline_policy"), ("agencies", "0020_shut_out")]

    operations = [run_file(SQL)]
