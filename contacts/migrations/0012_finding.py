import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):
    """What a search compares, beside each record; `remake_keys` makes it for what is there."""

    dependencies = [
        ("agencies", "0004_kept_text"),
        ("contacts", "0011_earlier_values"),
    ]

    operations = [
        migrations.AddField(
            model_name="contact",
            name="place_keys",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.TextField(),
                blank=True,
                default=list,
                help_text="Keyed hashes: find a home by a part of its address.",
                size=None,
            ),
        ),
        migrations.AddField(
            model_name="referrer",
            name="find_keys",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.TextField(),
                blank=True,
                default=list,
                help_text="Keyed hashes: find by telephone and own reference.",
                size=None,
            ),
        ),
        migrations.AddField(
            model_name="subject",
            name="find_keys",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.TextField(),
                blank=True,
                default=list,
                help_text="What a search compares: sounds, school, an own home.",
                size=None,
            ),
        ),
        migrations.AddIndex(
            model_name="contact",
            index=django.contrib.postgres.indexes.GinIndex(fields=["place_keys"], name="contact_place"),
        ),
        migrations.AddIndex(
            model_name="referrer",
            index=django.contrib.postgres.indexes.GinIndex(fields=["find_keys"], name="referrer_found_by"),
        ),
        migrations.AddIndex(
            model_name="subject",
            index=django.contrib.postgres.indexes.GinIndex(fields=["find_keys"], name="subject_found_by"),
        ),
    ]
