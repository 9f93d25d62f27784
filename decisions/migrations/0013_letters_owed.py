"""To find the families that are owed a letter, the list of work read every relation of a parent and every letter."""

from pathlib import Path

from django.db import migrations

from agencies.access.sql import run_file

SQL = Path(__file__).resolve().parent.parent / "sql" / "letters_owed.sql"

BACKWARD = """
DROP FUNCTION fw.letters_owed(integer);
DROP TRIGGER letters_weighed ON decisions_familyletter;
DROP TRIGGER letters_weighed ON contacts_subject;
DROP TRIGGER letters_weighed ON contacts_relation;
DROP TRIGGER letters_weighed ON contacts_contact;
DROP FUNCTION fw.letters_weighed();
DROP FUNCTION fw.letters_of_contact_weighed();
DROP FUNCTION fw.weigh_letters(uuid);
DROP TABLE decisions_letterowed;
"""


class Migration(migrations.Migration):
    """A table of the contacts that wait for one, kept by triggers and read by one function; filled from what is there."""

    dependencies = [("decisions", "0012_untold")]

    operations = [run_file(SQL, reverse=BACKWARD)]
