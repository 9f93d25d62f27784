"""Whether a crime may have been committed is not known where no contact says so; what one says stays."""

from django.db import migrations, models

from agencies.access.upgrades import wall_down

# As a change of the column's type, which reaches every row; an UPDATE would meet the second wall.
FORWARD = """
ALTER TABLE screening_enquiry ALTER COLUMN crime_possible TYPE boolean USING NULLIF(crime_possible, false)
"""
BACKWARD = """
ALTER TABLE screening_enquiry ALTER COLUMN crime_possible TYPE boolean USING coalesce(crime_possible, false)
"""


class Migration(migrations.Migration):
    dependencies = [
        ("contacts", "0003_not_known_yet"),
        ("screening", "0004_reopenings"),
    ]

    operations = [
        wall_down("screening_enquiry", "crime_possible"),
        migrations.AlterField(
            "enquiry",
            "crime_possible",
            models.BooleanField(null=True, help_text="Copied from its contacts by trigger; empty: nobody knows yet."),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
