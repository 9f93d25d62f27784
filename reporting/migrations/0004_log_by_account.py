"""The log is searched by the key of an account, not by a name."""

from pathlib import Path

from django.db import migrations

from agencies.access.sql import run_file

FOLDER = Path(__file__).resolve().parent.parent / "sql"

BACKWARD = """
SET ROLE mash_definer;
DROP FUNCTION fw.log_search(text, text, uuid, uuid, text, timestamptz, timestamptz, timestamptz, uuid, integer);
RESET ROLE;
""" + (FOLDER / "search.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    """The function of `0002_search` anew, with another third argument."""

    dependencies = [("reporting", "0003_in_own_name")]

    operations = [run_file(FOLDER / "log_by_account.sql", reverse=BACKWARD)]
