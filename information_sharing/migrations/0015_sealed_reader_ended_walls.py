"""A reader of what is sealed may be un-named: told to the second wall."""

from pathlib import Path

from django.db import migrations

from agencies.access.sql import run_file

SQL = Path(__file__).resolve().parent.parent / "sql" / "sealed_reader_ended.sql"

BACKWARD = """
SET ROLE mash_definer;
DROP FUNCTION fw.end_sealed_reader(uuid, timestamptz);
RESET ROLE;
ALTER POLICY seen ON information_sharing_sealedreader USING (
    (SELECT true FROM information_sharing_informationrequest r WHERE r.id = request_id
        AND r.agency_id = (SELECT fw.agency())
        AND ((SELECT fw.has('lead')) OR membership_id = (SELECT fw.membership())) LIMIT 1)
);
ALTER POLICY named ON information_sharing_sealedreader WITH CHECK (
    (SELECT fw.has('lead')) AND named_by_id = (SELECT fw.membership()) AND membership_id <> named_by_id
    AND (SELECT true FROM agencies_membership m WHERE m.id = membership_id AND m.agency_id = (SELECT fw.agency()))
    AND (SELECT true FROM information_sharing_informationrequest r
          WHERE r.id = request_id AND r.agency_id = (SELECT fw.agency()) LIMIT 1)
);
"""


class Migration(migrations.Migration):
    """A row that was ended is seen by nobody, and a lead of the agency ends it."""

    dependencies = [("information_sharing", "0014_sealed_reader_ended")]

    operations = [run_file(SQL, reverse=BACKWARD)]
