"""Nobody sets a limit on broken glass that warns of nothing."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """One constraint."""

    dependencies = [("agencies", "0025_setting_changes_policies")]

    operations = [
        migrations.AddConstraint(
            model_name="hubsettings",
            constraint=models.CheckConstraint(
                condition=models.Q(("broken_glass_a_day__lte", 20)), name="glass_limit_warns_of_something"
            ),
        ),
    ]
