from django.db import migrations, models

FORWARD = """
UPDATE screening_handover h SET colour = CASE
    WHEN h.exit = 'strategy' THEN 'red' WHEN h.exit IN ('assessment', 'allocated') THEN 'amber' ELSE 'green' END;
UPDATE contacts_contact c SET red_waits = true WHERE EXISTS (
    SELECT 1 FROM screening_handover h
     WHERE h.contact_id = c.id AND h.colour = 'red' AND h.state IN ('sent', 'queried', 'declined', 'withdrawn')
       AND NOT EXISTS (SELECT 1 FROM screening_handover o
                        WHERE o.screening_id = h.screening_id AND o.sent_at > h.sent_at));
"""
"""As its acceptance clock was coloured until now: by where screening sent it."""


class Migration(migrations.Migration):
    dependencies = [("contacts", "0013_red_waits"), ("screening", "0006_taken_off")]

    operations = [
        migrations.AddField(
            model_name="handover",
            name="colour",
            field=models.CharField(
                choices=[("red", "Red"), ("amber", "Amber"), ("green", "Green")],
                default="green",
                help_text="How urgent it is, from its sending on.",
                max_length=8,
            ),
            preserve_default=False,
        ),
        migrations.RunSQL(FORWARD, migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="handoverexchange",
            name="kind",
            field=models.CharField(
                choices=[
                    ("query", "Query of the team"),
                    ("answer", "Answer of the hub"),
                    ("decline", "Why the team declined"),
                    ("night", "What out of hours decided for the night"),
                    ("settled", "Why no team takes it over"),
                ],
                max_length=12,
            ),
        ),
    ]
