"""A dead letter is seen to by being tried again, or in another way, by a day."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("notices", "0001_initial")]

    operations = [
        migrations.RemoveConstraint(model_name="deadletter", name="dead_letter_open_once"),
        migrations.RemoveIndex(model_name="deadletter", name="dead_letter_open"),
        migrations.RenameField(model_name="deadletter", old_name="retried_at", new_name="seen_to_at"),
        migrations.AlterField(
            model_name="deadletter",
            name="seen_to_at",
            field=models.DateTimeField(help_text="Tried again, or told in another way.", null=True),
        ),
        migrations.AddField(
            model_name="deadletter",
            name="see_to_by",
            field=models.DateTimeField(help_text="The end of the next working day.", null=True),
        ),
        migrations.AddConstraint(
            model_name="deadletter",
            constraint=models.UniqueConstraint(
                condition=Q(seen_to_at__isnull=True), fields=("notice",), name="dead_letter_open_once"
            ),
        ),
        migrations.AddIndex(
            model_name="deadletter",
            index=models.Index(condition=Q(seen_to_at__isnull=True), fields=["-at"], name="dead_letter_open"),
        ),
    ]
