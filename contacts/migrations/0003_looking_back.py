"""What is read past the rule of a row: earlier contacts and the referrer's status."""

from pathlib import Path

from django.db import migrations

from agencies.access.sql import run_file

SQL = Path(__file__).resolve().parent.parent / "sql" / "looking_back.sql"

BACKWARD = """
SET ROLE mash_definer;
DROP FUNCTION fw.earlier_report(uuid, uuid), fw.reads_reports(uuid), fw.earlier_corrections(uuid, uuid),
    fw.earlier_people(uuid, uuid), fw.earlier_contact(uuid, text), fw.wrote_down(uuid), fw.speaks_of_the_same(uuid, uuid),
    fw.similar_people(uuid[], date[], text[], text[], text[], uuid[], text[], int), fw.swapped(date),
    fw.looks_back(uuid[]), fw.receipt(text);
RESET ROLE;
"""


class Migration(migrations.Migration):
    """Functions that apply a rule themselves."""

    dependencies = [("contacts", "0002_policies")]

    operations = [run_file(SQL, reverse=BACKWARD)]
