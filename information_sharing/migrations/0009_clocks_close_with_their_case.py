from django.db import migrations

FORWARD = """
UPDATE clock_deadline d SET case_id = i.kept_with
  FROM information_sharing_safetyinstruction i WHERE i.id = d.subject_id AND d.subject_kind = 'instruction';
"""


class Migration(migrations.Migration):
    dependencies = [("clock", "0008_closed_with_its_case"), ("information_sharing", "0008_what_is_told")]

    operations = [migrations.RunSQL(FORWARD, migrations.RunSQL.noop)]
