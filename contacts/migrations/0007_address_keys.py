import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):
    """An address has more than one key, so that one with and one without a postcode meet; `remake_keys` makes them."""

    dependencies = [("contacts", "0006_undone_links")]

    operations = [
        migrations.RemoveIndex(model_name="contact", name="contact_address"),
        migrations.RemoveField(model_name="contact", name="address_key"),
        migrations.AddField(
            model_name="contact",
            name="address_keys",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=64),
                blank=True,
                default=list,
                help_text="Keyed hashes: find the same address.",
            ),
        ),
        migrations.AddIndex(
            model_name="contact",
            index=django.contrib.postgres.indexes.GinIndex(fields=["address_keys"], name="contact_address"),
        ),
    ]
