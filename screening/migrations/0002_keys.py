"""Keys that models do not say: a contact's enquiry, and those of grants that a trigger makes."""

from django.db import migrations

FORWARD = """
ALTER TABLE contacts_contact
    ADD CONSTRAINT contact_enquiry_exists FOREIGN KEY (enquiry_id) REFERENCES screening_enquiry (id)
    DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE screening_enquirygrant ALTER COLUMN id SET DEFAULT gen_random_uuid();
ALTER TABLE screening_handovergrant ALTER COLUMN id SET DEFAULT gen_random_uuid();
"""

BACKWARD = """
ALTER TABLE screening_handovergrant ALTER COLUMN id DROP DEFAULT;
ALTER TABLE screening_enquirygrant ALTER COLUMN id DROP DEFAULT;
ALTER TABLE contacts_contact DROP CONSTRAINT contact_enquiry_exists;
"""


class Migration(migrations.Migration):
    """A contact carries its enquiry's key without a Django foreign key (ADR 0002)."""

    dependencies = [("screening", "0001_initial"), ("contacts", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
