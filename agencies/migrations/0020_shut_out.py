"""What is closed to somebody is asked once a statement, and of most people not at all."""

from pathlib import Path

from django.db import migrations

from agencies.access.sql import run_file

SQL = Path(__file__).resolve().parent.parent / "access" / "sql" / "shut_out.sql"


class Migration(migrations.Migration):
    """The same functions, faster; on the way back they stay."""

    dependencies = [("agencies", "0019_staff_record")]

    operations = [run_file(SQL)]
