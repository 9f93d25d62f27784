"""A handover says itself to which exit it went: the team that gets it does not see the screening."""

from django.db import migrations, models

FORWARD = """
ALTER TABLE screening_handover NO FORCE ROW LEVEL SECURITY;
ALTER TABLE screening_screening NO FORCE ROW LEVEL SECURITY;
UPDATE screening_handover h SET exit = s.exit FROM screening_screening s WHERE s.id = h.screening_id;
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE screening_screening FORCE ROW LEVEL SECURITY;
ALTER TABLE screening_handover FORCE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    """One column, filled for what is there."""

    dependencies = [("screening", "0010_enquiry_running")]

    operations = [
        migrations.AddField(
            model_name="handover",
            name="exit",
            field=models.CharField(
                blank=True,
                choices=[
                    ("mash", "Into the MASH"),
                    ("assessment", "Straight to assessment"),
                    ("strategy", "Straight to strategy discussion"),
                    ("early_help", "Early help"),
                    ("advice", "Advice"),
                    ("allocated", "Allocated worker"),
                    ("other_authority", "Other authority"),
                    ("adult_safeguarding", "Adult safeguarding"),
                    ("lado", "Designated officer (LADO)"),
                    ("no_further_action", "No further action by children's social care"),
                ],
                default="",
                help_text="As screening chose it.",
                max_length=20,
            ),
        ),
        migrations.RunSQL(FORWARD, migrations.RunSQL.noop),
    ]
