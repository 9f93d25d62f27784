"""A lapsed signature is followed by another on the same version of the agreement."""

from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    """One signature a day in place of one for ever; it ends after it was given."""

    dependencies = [("agencies", "0002_identity")]

    operations = [
        migrations.RemoveConstraint(model_name="signature", name="signature_once"),
        migrations.AddConstraint(
            model_name="signature",
            constraint=models.UniqueConstraint(
                fields=("agreement", "agency", "signed_on"), name="signature_once_a_day"
            ),
        ),
        migrations.AddConstraint(
            model_name="signature",
            constraint=models.CheckConstraint(
                condition=Q(("ends_on__isnull", True), ("ends_on__gte", F("signed_on")), _connector="OR"),
                name="signature_ends_after_start",
            ),
        ),
    ]
