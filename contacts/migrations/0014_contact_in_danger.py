"""Contacts in danger now were looked for among all that wait."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    """An index of those alone."""

    dependencies = [("contacts", "0013_whereabouts_child")]

    operations = [
        migrations.AddIndex(
            model_name="contact",
            index=models.Index(
                fields=["arrived_at", "id"],
                name="contact_in_danger",
                condition=Q(immediate_danger=True, ended_at__isnull=True),
            ),
        ),
    ]
