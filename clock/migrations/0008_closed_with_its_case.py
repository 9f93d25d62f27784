from django.db import migrations, models

FORWARD = """
UPDATE clock_deadline d SET case_id = coalesce(CASE d.subject_kind
    WHEN 'handover' THEN (SELECT h.contact_id FROM screening_handover h WHERE h.id = d.subject_id)
    WHEN 'complaint' THEN (SELECT c.contact_id FROM decisions_complaint c WHERE c.id = d.subject_id)
    WHEN 'correction_said' THEN (SELECT n.contact_id FROM decisions_correctionnotice n WHERE n.id = d.subject_id)
    WHEN 'correction_read' THEN (SELECT n.contact_id FROM decisions_correctionnotice n WHERE n.id = d.subject_id)
    WHEN 'text' THEN (SELECT t.contact_id FROM decisions_outgoingtext t WHERE t.id = d.subject_id)
    WHEN 'instruction' THEN (
        SELECT i.kept_with FROM information_sharing_safetyinstruction i WHERE i.id = d.subject_id)
    WHEN 'request' THEN d.enquiry_id
    WHEN 'release' THEN d.enquiry_id
    END, d.subject_id);
"""
"""The contact or the enquiry that each record hangs on; all other clocks are of one of these themselves."""


class Migration(migrations.Migration):
    dependencies = [
        ("clock", "0007_checking"),
        ("screening", "0007_colour_of_handover"),
        ("information_sharing", "0008_what_is_told"),
        ("decisions", "0013_outgoing_text"),
    ]

    operations = [
        migrations.AddField("deadline", "case_id", models.UUIDField(null=True)),
        migrations.RunSQL(FORWARD, migrations.RunSQL.noop),
        migrations.AlterField(
            "deadline",
            "case_id",
            models.UUIDField(help_text="The contact or the enquiry that closes it where a conflict of interest does."),
        ),
        migrations.AlterField(
            "deadline",
            "enquiry_id",
            models.UUIDField(null=True, help_text="Whose clocks move together, and open to its social worker."),
        ),
    ]
