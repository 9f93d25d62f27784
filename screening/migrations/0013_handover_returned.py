"""Handovers that a team has sent back were looked for among all that were ever sent."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    """An index of those alone."""

    dependencies = [("screening", "0012_enquiry_for_manager")]

    operations = [
        migrations.AddIndex(
            model_name="handover",
            index=models.Index(
                fields=["sent_at", "id"],
                name="handover_returned",
                condition=Q(state__in=["queried", "declined", "withdrawn"]),
            ),
        ),
    ]
