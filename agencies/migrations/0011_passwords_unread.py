"""A password's hash leaves the table of accounts: the database compares it and shows it to nobody."""

from pathlib import Path

from django.db import migrations, models

from agencies.access.sql import run_file

SQL = Path(__file__).resolve().parent.parent / "access" / "sql" / "passwords.sql"

BACKWARD = """
DROP TRIGGER stamp_stays ON agencies_user;
DROP FUNCTION fw.stamp_stays();
SET ROLE mash_definer;
DROP FUNCTION fw.set_password(uuid, text, text, text), fw.password_matches(uuid, text, text), fw.password_shape(uuid),
    fw.person(), fw.signed(text);
DROP TABLE fw.credential;
RESET ROLE;
"""


class Migration(migrations.Migration):
    """Backwards, every account is without a password: a hash that was not kept does not come back."""

    dependencies = [("agencies", "0010_password_tries")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="password_stamp",
            field=models.CharField(blank=True, default="", editable=False, max_length=32),
        ),
        run_file(SQL, reverse=BACKWARD),
        migrations.AlterField(
            "user", "password", models.CharField(default="!", max_length=128, verbose_name="password")
        ),
        migrations.RemoveField(model_name="user", name="password"),
        migrations.RemoveField(model_name="user", name="last_login"),
    ]
