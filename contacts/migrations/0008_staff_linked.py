"""An account held late was noted only where the day of birth itself stood, and not where the person was linked."""

from pathlib import Path

from django.db import migrations

from agencies.access.sql import run_file

SQL = Path(__file__).resolve().parent.parent / "sql"

_CREATE = "CREATE FUNCTION fw.staff_meets_subjects()"
_BEFORE = (SQL / "staff.sql").read_text(encoding="utf-8").partition(_CREATE)[2].partition("END $$;")[0]
BACKWARD = f"""
SET ROLE mash_definer;
CREATE OR REPLACE FUNCTION fw.staff_meets_subjects(){_BEFORE}END $$;
RESET ROLE;
"""


class Migration(migrations.Migration):
    """Accounts are held against linked people too."""

    dependencies = [("contacts", "0007_contact_to_screen")]

    operations = [run_file(SQL / "staff_linked.sql", reverse=BACKWARD)]
