"""The search for earlier contacts asked for each row which people are closed."""

from pathlib import Path

from django.db import migrations

from agencies.access.sql import run_file

SQL = Path(__file__).resolve().parent.parent / "sql"

_CREATE = "CREATE FUNCTION fw.similar_people("
_BEFORE = (SQL / "looking_back.sql").read_text(encoding="utf-8").partition(_CREATE)[2].partition("END $$;")[0]
BACKWARD = f"""
SET ROLE mash_definer;
CREATE OR REPLACE FUNCTION fw.similar_people({_BEFORE}END $$;
RESET ROLE;
"""


class Migration(migrations.Migration):
    """It asks once."""

    dependencies = [("contacts", "0009_remake_staff_keys")]

    operations = [run_file(SQL / "similar_people.sql", reverse=BACKWARD)]
