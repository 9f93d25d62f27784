from django.db import migrations

FORWARD = """
UPDATE clock_deadline d SET case_id = r.contact_id
  FROM (SELECT id, contact_id FROM decisions_complaint
        UNION ALL SELECT id, contact_id FROM decisions_correctionnotice
        UNION ALL SELECT id, contact_id FROM decisions_outgoingtext) r
 WHERE r.id = d.subject_id AND d.subject_kind IN ('complaint', 'correction_said', 'correction_read', 'text');
"""
"""A complaint, a correction and a text that waits to be checked hang on a contact, whether it is in an enquiry or not."""


class Migration(migrations.Migration):
    dependencies = [("clock", "0008_closed_with_its_case"), ("decisions", "0013_outgoing_text")]

    operations = [migrations.RunSQL(FORWARD, migrations.RunSQL.noop)]
