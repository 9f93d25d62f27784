"""An empty tick was stored as a no. Nobody had been asked, so what was unticked is not known; what was ticked stays."""

from django.db import migrations, models

from agencies.access.upgrades import wall_down

UNKNOWN = "Empty: nobody knows yet."
CONTACT = ("crime_possible", "immediate_danger", "address_is_protected")

# As a change of the column's type, which reaches every row; an UPDATE would meet the second wall.
FORWARD = """
ALTER TABLE contacts_contact
  ALTER COLUMN crime_possible TYPE boolean USING NULLIF(crime_possible, false),
  ALTER COLUMN immediate_danger TYPE boolean USING NULLIF(immediate_danger, false),
  ALTER COLUMN address_is_protected TYPE boolean USING NULLIF(address_is_protected, false);
ALTER TABLE contacts_subject
  ALTER COLUMN lives_in_household TYPE boolean USING NULLIF(lives_in_household, true);
"""
BACKWARD = """
ALTER TABLE contacts_contact
  ALTER COLUMN crime_possible TYPE boolean USING coalesce(crime_possible, false),
  ALTER COLUMN immediate_danger TYPE boolean USING coalesce(immediate_danger, false),
  ALTER COLUMN address_is_protected TYPE boolean USING coalesce(address_is_protected, false);
ALTER TABLE contacts_subject
  ALTER COLUMN lives_in_household TYPE boolean USING coalesce(lives_in_household, true);
"""


def _answer(model: str, name: str) -> migrations.AlterField:
    return migrations.AlterField(model, name, models.BooleanField(null=True, blank=True, help_text=UNKNOWN))


class Migration(migrations.Migration):
    dependencies = [("contacts", "0002_persons_apart")]

    operations = [
        wall_down("contacts_contact", *CONTACT),
        wall_down("contacts_subject", "lives_in_household"),
        *(_answer("contact", name) for name in CONTACT),
        _answer("subject", "lives_in_household"),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
