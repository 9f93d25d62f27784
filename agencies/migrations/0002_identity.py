"""The functions with which the database knows who is acting."""

from pathlib import Path

from django.db import migrations

from agencies.access.sql import run_file

SQL = Path(__file__).resolve().parent.parent / "access" / "sql" / "identity.sql"

BACKWARD = """
DROP FUNCTION fw.gids(), fw.agency(), fw.has(text[]), fw.roles(), fw.membership();
DROP TABLE fw.signing_key;
"""


class Migration(migrations.Migration):
    """Identity functions; the key is installed by `install_identity_key`."""

    dependencies = [("agencies", "0001_initial")]

    operations = [run_file(SQL, reverse=BACKWARD)]
