"""The database, too, asks whether the agency's signature is in force."""

from pathlib import Path

from django.db import migrations

from agencies.access.sql import run_file

SQL = Path(__file__).resolve().parent.parent / "access" / "sql" / "agreements.sql"


class Migration(migrations.Migration):
    """The identity function for roles, once more; the earlier one asked nothing about the agreement."""

    dependencies = [("agencies", "0003_signatures_follow")]

    operations = [run_file(SQL)]
