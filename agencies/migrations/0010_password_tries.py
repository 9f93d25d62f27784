"""Wrong passwords in a row, where a password is asked once more."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """One row for each account that was asked."""

    dependencies = [("agencies", "0009_data_key_functions")]

    operations = [
        migrations.CreateModel(
            name="PasswordTries",
            fields=[
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("wrong", models.PositiveSmallIntegerField(default=0)),
                ("last_wrong_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
    ]
