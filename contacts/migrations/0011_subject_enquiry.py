"""Children and adults carry the enquiry of their contact: a join through a contact that is hidden lost them."""

from pathlib import Path

from django.db import migrations, models

from agencies.access.sql import run_file

SQL = Path(__file__).resolve().parent.parent / "sql" / "subject_enquiry.sql"
BACKWARD = """
DROP TRIGGER gives_subject ON contacts_contact;
DROP TRIGGER takes_contact ON contacts_subject;
DROP FUNCTION fw.contact_gives_subject(), fw.subject_takes_contact();
"""
COPY = """
UPDATE contacts_subject s SET enquiry_id = c.enquiry_id FROM contacts_contact c WHERE c.id = s.contact_id;
"""


class Migration(migrations.Migration):
    """A column that the database copies, and its index."""

    dependencies = [("contacts", "0010_similar_people")]

    operations = [
        migrations.AddField(
            model_name="subject",
            name="enquiry_id",
            field=models.UUIDField(
                editable=False, help_text="The contact's MASH enquiry; copied by trigger.", null=True
            ),
        ),
        migrations.AddIndex(
            model_name="subject",
            index=models.Index(fields=["enquiry_id"], name="subject_enquiry"),
        ),
        run_file(SQL, reverse=BACKWARD),
        migrations.RunSQL(COPY, migrations.RunSQL.noop),
    ]
