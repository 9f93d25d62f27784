from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0004_kept_text"),
    ]

    operations = [
        migrations.AddField(
            model_name="kepttext",
            name="desk",
            field=models.CharField(
                blank=True, default="", help_text="Whose work it is; empty: a person's.", max_length=12
            ),
        ),
        migrations.AddField(
            model_name="kepttext",
            name="matter",
            field=models.UUIDField(
                help_text="The contact on which a form of a desk hangs; empty: a new one.", null=True
            ),
        ),
        migrations.AddField(
            model_name="kepttext",
            name="membership",
            field=models.UUIDField(help_text="In which a form of a desk was typed.", null=True),
        ),
        migrations.AddIndex(
            model_name="kepttext",
            index=models.Index(condition=models.Q(("desk", ""), _negated=True), fields=["desk"], name="kept_of_desk"),
        ),
    ]
