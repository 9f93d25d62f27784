"""Sessions are kept through functions that take one exact key."""

from pathlib import Path

from django.db import migrations

from agencies.access.sql import run_file

SQL = Path(__file__).resolve().parent.parent / "access" / "sql" / "sessions.sql"

BACKWARD = """
SET ROLE mash_definer;
DROP FUNCTION fw.clear_sessions(), fw.end_session(text), fw.keep_session(text, text, timestamptz, boolean),
    fw.session_text(text);
RESET ROLE;
ALTER TABLE django_session NO FORCE ROW LEVEL SECURITY;
ALTER TABLE django_session DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    """Everybody signs in anew: sessions under the cookie's own key are removed."""

    dependencies = [("agencies", "0011_passwords_unread"), ("sessions", "0001_initial")]

    operations = [run_file(SQL, reverse=BACKWARD)]
