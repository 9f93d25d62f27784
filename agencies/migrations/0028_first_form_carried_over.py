"""Texts of before data keys can be carried over into the present form, by the owner of the tables."""

from pathlib import Path

from django.db import migrations

from agencies.access.sql import run_file

SQL = Path(__file__).resolve().parent.parent / "access" / "sql" / "first_form.sql"

BACKWARD = """
SET ROLE mash_definer;
REVOKE EXECUTE ON FUNCTION fw.data_key_of(uuid, uuid, text, text) FROM mash_owner;
DROP FUNCTION fw.carry_text_over(text, text, text, uuid, text, text),
    fw.first_form_texts(text, text, text, text, text, text, text[], uuid, int);
RESET ROLE;
"""


class Migration(migrations.Migration):
    """Two functions of the definer's hand."""

    dependencies = [("agencies", "0027_staff_key_forms")]

    operations = [run_file(SQL, reverse=BACKWARD)]
