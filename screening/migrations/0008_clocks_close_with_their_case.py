from django.db import migrations

FORWARD = """
UPDATE clock_deadline d SET case_id = h.contact_id
  FROM screening_handover h WHERE h.id = d.subject_id AND d.subject_kind = 'handover';
"""


class Migration(migrations.Migration):
    dependencies = [("clock", "0008_closed_with_its_case"), ("screening", "0007_colour_of_handover")]

    operations = [migrations.RunSQL(FORWARD, migrations.RunSQL.noop)]
