"""What is held of staff says in which form it is: an earlier one finds less, and is entered again."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Two columns; whatever is there already is of an earlier form."""

    dependencies = [("agencies", "0026_broken_glass_limit")]

    operations = [
        migrations.AddField(
            model_name="staffrecord",
            name="birth_form",
            field=models.PositiveSmallIntegerField(
                default=1, help_text="In which form: `KEYS_FORM` when it was entered."
            ),
        ),
        migrations.AddField(
            model_name="staffrecord",
            name="home_form",
            field=models.PositiveSmallIntegerField(default=1, help_text="Likewise."),
        ),
    ]
