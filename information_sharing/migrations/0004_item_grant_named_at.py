"""An agency reads what it was named for in the order in which it was named."""

from django.db import migrations, models
from django.db.models.functions import Now


class Migration(migrations.Migration):
    """A moment, and the index of the page."""

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("information_sharing", "0003_rights_follow_persons"),
    ]

    operations = [
        migrations.AddField(
            model_name="itemgrant",
            name="named_at",
            field=models.DateTimeField(db_default=Now(), editable=False),
        ),
        migrations.AddIndex(
            model_name="itemgrant",
            index=models.Index(fields=["group", "-named_at", "id"], name="item_grant_latest"),
        ),
    ]
