"""A second factor for accounts: kept where passwords are, in tables that no model has and no role of the product reads."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import agencies.models.directory

FORWARD = """
-- `secret` is closed under the hub's data key. `last_step`: no code of this step or an earlier one is right again.
CREATE TABLE fw.second_factor (
    account uuid PRIMARY KEY REFERENCES public.agencies_user (id),
    secret text NOT NULL CHECK (secret LIKE 'enc2.%'),
    last_step bigint NOT NULL,
    set_up_at timestamptz NOT NULL
);

CREATE TABLE fw.recovery_code (
    account uuid NOT NULL REFERENCES fw.second_factor (account) ON DELETE CASCADE,
    verifier text NOT NULL CHECK (length(verifier) = 64),
    used_at timestamptz,
    PRIMARY KEY (account, verifier)
);
-- Whose a session is, for its holder's own list; what it holds stays closed under the cookie's key.
CREATE TABLE fw.session_of (
    session_key varchar(40) PRIMARY KEY REFERENCES public.django_session (session_key) ON DELETE CASCADE,
    id uuid NOT NULL UNIQUE,
    account uuid NOT NULL,
    began_at timestamptz NOT NULL,
    seen_at timestamptz NOT NULL,
    browser text NOT NULL CHECK (length(browser) <= 60)
);
CREATE INDEX session_of_account ON fw.session_of (account);
ALTER TABLE fw.session_of OWNER TO mash_definer;
ALTER TABLE fw.second_factor OWNER TO mash_definer;
ALTER TABLE fw.recovery_code OWNER TO mash_definer;

SET ROLE mash_definer;
GRANT SELECT ON fw.second_factor, fw.recovery_code, fw.session_of TO mash_backup;
RESET ROLE;
"""
BACKWARD = """
SET ROLE mash_definer;
DROP TABLE fw.session_of, fw.recovery_code, fw.second_factor;
RESET ROLE;
"""


class Migration(migrations.Migration):
    """Follows 0011 although its number is lower: both were made at the same time."""

    dependencies = [("agencies", "0011_names_that_change"), ("sessions", "0001_initial")]

    operations = [
        migrations.RunSQL(FORWARD, BACKWARD),
        migrations.AddField(
            model_name="user",
            name="second_factor_stamp",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                editable=False,
                help_text="Empty: there is none.",
                max_length=32,
            ),
        ),
        migrations.AddField(
            model_name="hubsettings",
            name="second_factor_roles",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(
                    choices=[
                        ("front_door", "Front door"),
                        ("screener", "Screener"),
                        ("manager", "MASH manager"),
                        ("social_worker", "Social worker"),
                        ("researcher", "Researcher"),
                        ("lead", "Agency lead"),
                        ("out_of_hours", "Out of hours"),
                        ("receiving_worker", "Receiving worker"),
                        ("reviewer", "Reviewer"),
                        ("auditor", "Auditor"),
                        ("administrator", "Administrator"),
                    ],
                    max_length=32,
                ),
                blank=True,
                default=agencies.models.directory.asked_for_second_factor,
                help_text="Whoever holds one of them opens nothing without a second factor.",
                size=None,
            ),
        ),
        migrations.AddField(
            model_name="hubsettings",
            name="second_factor_set_at",
            field=models.DateTimeField(help_text="When the roles were last changed.", null=True),
        ),
        migrations.AddField(
            model_name="hubsettings",
            name="second_factor_set_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.membership"
            ),
        ),
        migrations.AddConstraint(
            model_name="hubsettings",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("second_factor_set_at__isnull", True), ("second_factor_set_by__isnull", True)),
                    models.Q(("second_factor_set_at__isnull", False), ("second_factor_set_by__isnull", False)),
                    _connector="OR",
                ),
                name="second_factor_set_by_somebody",
            ),
        ),
    ]
