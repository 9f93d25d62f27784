"""When an analysis was sent, and by whom, stand together."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    """A constraint on the analysis."""

    dependencies = [("decisions", "0002_summary_columns")]

    operations = [
        migrations.AddConstraint(
            model_name="analysis",
            constraint=models.CheckConstraint(
                condition=Q(
                    Q(("sent_at__isnull", True), ("sent_by__isnull", True)),
                    Q(("sent_at__isnull", False), ("sent_by__isnull", False)),
                    _connector="OR",
                ),
                name="analysis_sent_by_somebody",
            ),
        ),
    ]
