"""How the application reaches data keys: one exactly known key at a time."""

from pathlib import Path

from django.db import migrations

from agencies.access.sql import run_file

SQL = Path(__file__).resolve().parent.parent / "access" / "sql" / "data_keys.sql"

BACKWARD = """
DROP FUNCTION fw.ring_keys_of_column(text, text), fw.ring_keys_in_use(),
    fw.data_key_of(uuid, uuid, text, text), fw.with_key(text, text);
"""


class Migration(migrations.Migration):
    """Functions that hand out closed keys."""

    dependencies = [("agencies", "0008_data_keys")]

    operations = [run_file(SQL, reverse=BACKWARD)]
