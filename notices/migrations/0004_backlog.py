"""How much mail is late, without a row of it."""

from pathlib import Path

from django.db import migrations

from agencies.access.sql import run_file

SQL = Path(__file__).resolve().parent.parent / "sql" / "backlog.sql"
BACKWARD = "SET ROLE mash_definer; DROP FUNCTION fw.mail_backlog(timestamptz); RESET ROLE;"


class Migration(migrations.Migration):
    """A function that counts."""

    dependencies = [("notices", "0003_policies")]

    operations = [run_file(SQL, reverse=BACKWARD)]
