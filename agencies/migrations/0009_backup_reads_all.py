from django.db import migrations

FORWARD = """
SET ROLE mash_definer;
GRANT SELECT ON fw.signing_key TO mash_backup;
RESET ROLE;
"""
BACKWARD = """
SET ROLE mash_definer;
REVOKE SELECT ON fw.signing_key FROM mash_backup;
RESET ROLE;
"""


class Migration(migrations.Migration):
    """A dump locks every table, and so needs the right to read it; the signing key itself stays out of the file."""

    dependencies = [("agencies", "0008_public_form")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
