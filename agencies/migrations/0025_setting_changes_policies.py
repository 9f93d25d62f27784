"""Who reads and who writes the changes of the hub's settings."""

from pathlib import Path

from django.db import migrations

from agencies.access.sql import opened_tables, run_file

SQL = Path(__file__).resolve().parent.parent / "access" / "sql" / "setting_changes.sql"


class Migration(migrations.Migration):
    """Administrators write; those whom a setting warns read too."""

    dependencies = [("agencies", "0024_setting_changes")]

    operations = [run_file(SQL, reverse=opened_tables("agencies", ["settingchange"]))]
