"""What is owed is found by its open clocks, of one measure among many."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    """An index of the open clocks by what they measure."""

    dependencies = [("clock", "0006_timing_policies")]

    operations = [
        migrations.AddIndex(
            model_name="deadline",
            index=models.Index(
                fields=["measure", "subject_id"],
                name="deadline_open_measure",
                condition=Q(met_at__isnull=True, cancelled_at__isnull=True),
            ),
        ),
    ]
