"""Summaries that wait for the manager were looked for among all that were ever prepared."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    """An index of those alone, in the order of the list of work."""

    dependencies = [("decisions", "0014_work_waits")]

    operations = [
        migrations.AddIndex(
            model_name="mashsummary",
            index=models.Index(
                fields=["prepared_at", "id"],
                name="summary_to_confirm",
                condition=Q(state__in=["with_manager", "queried"]),
            ),
        ),
    ]
