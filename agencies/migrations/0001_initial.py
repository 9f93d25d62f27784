"""The tables of agencies."""

import datetime

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

import common.encryption
import common.references


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.CreateModel(
            name="User",
            fields=[
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                ("password_stamp", models.CharField(blank=True, default="", editable=False, max_length=32)),
                (
                    "id",
                    models.UUIDField(
                        default=common.references.new_key, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("email", models.EmailField(max_length=254, unique=True)),
                ("name", models.CharField(max_length=120)),
                ("telephone", models.CharField(blank=True, default="", max_length=40)),
                ("is_active", models.BooleanField(default=True)),
                ("is_staff", models.BooleanField(default=False)),
                (
                    "is_registered_social_worker",
                    models.BooleanField(
                        default=False, help_text="On the register of social workers: only they close a contact."
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(django.db.models.functions.text.Lower("email"), name="user_email_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="FindingReason",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        editable=False,
                        help_text="The key of the broken glass or emergency use.",
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("enquiry_id", models.UUIDField()),
                ("text", common.encryption.EncryptedTextField()),
            ],
        ),
        migrations.CreateModel(
            name="NeedReason",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        editable=False,
                        help_text="The key of the broken glass or emergency use.",
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("enquiry_id", models.UUIDField()),
                ("text", models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name="Submission",
            fields=[
                ("key", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("membership_id", models.UUIDField(null=True)),
                ("at", models.DateTimeField()),
                ("location", models.CharField(blank=True, default="", max_length=300)),
                (
                    "content",
                    models.CharField(default="", help_text="Keyed hash of what was sent, and where to.", max_length=64),
                ),
            ],
        ),
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
        migrations.CreateModel(
            name="Agency",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=common.references.new_key, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=120, unique=True)),
                ("short_name", models.CharField(max_length=40)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("social_care", "Children's social care"),
                            ("police", "Police"),
                            ("health", "Health"),
                            ("mental_health", "Mental health"),
                            ("general_practice", "General practice"),
                            ("education", "Education"),
                            ("probation", "Probation"),
                            ("youth_offending", "Youth offending service"),
                            ("housing", "Housing"),
                            ("early_help", "Early help"),
                            ("adult_social_care", "Adult social care"),
                            ("substance_misuse", "Substance misuse service"),
                            ("domestic_abuse", "Domestic abuse service"),
                            ("voluntary", "Voluntary group"),
                            ("ambulance", "Ambulance service"),
                            ("fire", "Fire and rescue"),
                        ],
                        max_length=24,
                    ),
                ),
                (
                    "is_core",
                    models.BooleanField(default=False, help_text="Sits in the hub; the others are virtual partners."),
                ),
                ("is_active", models.BooleanField(default=True)),
                ("telephone", models.CharField(blank=True, default="", max_length=40)),
                (
                    "group",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="agency", to="auth.group"
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Agreement",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=common.references.new_key, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("title", models.CharField(max_length=120)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                (
                    "items_close_after_days",
                    models.PositiveSmallIntegerField(
                        default=0,
                        help_text="Days after the decision for which agencies still see items that named them.",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))), name="agreement_ends_after_start"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DataKey",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=common.references.new_key, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("owner_id", models.UUIDField(help_text="The contact or enquiry, or the hub itself.", unique=True)),
                (
                    "ring_key",
                    models.CharField(
                        blank=True, default="", help_text="Name of the key that closes it.", max_length=32
                    ),
                ),
                ("wrapped", models.TextField(blank=True, default="")),
                ("made_at", models.DateTimeField()),
                ("destroyed_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("destroyed_at__isnull", True)),
                        fields=["ring_key", "id"],
                        name="data_key_ring",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("destroyed_at__isnull", True),
                                models.Q(("wrapped", ""), _negated=True),
                                models.Q(("ring_key", ""), _negated=True),
                            ),
                            models.Q(("destroyed_at__isnull", False), ("ring_key", ""), ("wrapped", "")),
                            _connector="OR",
                        ),
                        name="data_key_closed_or_destroyed",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HubSettings",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, editable=False, primary_key=True, serialize=False)),
                ("name", models.CharField(default="Safeguarding hub", max_length=120)),
                ("authority", models.CharField(default="", max_length=120)),
                ("telephone", models.CharField(default="", max_length=40)),
                ("out_of_hours_telephone", models.CharField(default="", max_length=40)),
                (
                    "nation",
                    models.CharField(
                        choices=[
                            ("ENG", "England"),
                            ("WLS", "Wales"),
                            ("SCT", "Scotland"),
                            ("NIR", "Northern Ireland"),
                        ],
                        default="ENG",
                        max_length=3,
                    ),
                ),
                ("opens_at", models.TimeField(default="09:00")),
                ("closes_at", models.TimeField(default="17:00")),
                (
                    "screening_by",
                    models.CharField(
                        choices=[
                            ("decision_maker", "A dedicated decision maker"),
                            ("panel", "A panel of several agencies"),
                        ],
                        default="decision_maker",
                        max_length=16,
                    ),
                ),
                (
                    "decision_by",
                    models.CharField(
                        choices=[
                            ("manager", "The MASH manager alone"),
                            ("joint", "Partners and a social care manager together"),
                        ],
                        default="manager",
                        max_length=16,
                    ),
                ),
                (
                    "broken_glass_a_day",
                    models.PositiveSmallIntegerField(
                        default=3,
                        help_text="So often may one person use emergency access in a day before the managers are warned.",
                    ),
                ),
                (
                    "disagree_with",
                    models.CharField(default="", help_text="Whom a referrer rings who disagrees.", max_length=200),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("id", 1)), name="one_hub_per_installation"),
                    models.CheckConstraint(
                        condition=models.Q(("broken_glass_a_day__lte", 20)), name="glass_limit_warns_of_something"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Signature",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=common.references.new_key, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("signed_on", models.DateField()),
                ("ends_on", models.DateField(blank=True, null=True)),
                ("signatory", models.CharField(blank=True, default="", help_text="Post, not name.", max_length=120)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="signatures", to="agencies.agency"
                    ),
                ),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="signatures", to="agencies.agreement"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("agreement", "agency", "signed_on"), name="signature_once_a_day"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True), ("ends_on__gte", models.F("signed_on")), _connector="OR"
                        ),
                        name="signature_ends_after_start",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Team",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=common.references.new_key, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=120, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("assessment", "Assessment team"),
                            ("allocated", "Team of an allocated worker"),
                            ("early_help", "Early help team"),
                            ("specialist", "Specialist service"),
                            ("universal", "Universal service"),
                            ("adult_safeguarding", "Adult safeguarding"),
                            ("lado", "Designated officer (LADO)"),
                            ("other_authority", "Other authority"),
                        ],
                        max_length=24,
                    ),
                ),
                ("is_active", models.BooleanField(default=True)),
                ("telephone", models.CharField(blank=True, default="", max_length=40)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="teams", to="agencies.agency"
                    ),
                ),
                (
                    "group",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="team", to="auth.group"
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=common.references.new_key, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "roles",
                    django.contrib.postgres.fields.ArrayField(
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
                        size=None,
                    ),
                ),
                ("starts_on", models.DateField()),
                (
                    "ends_on",
                    models.DateField(
                        blank=True, help_text="The last day; empty means until further notice.", null=True
                    ),
                ),
                (
                    "ended_at",
                    models.DateTimeField(blank=True, help_text="Ended at once, whatever the last day says.", null=True),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="memberships", to="agencies.agency"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="agencies.team",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["user"], name="membership_user")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                        ),
                        name="membership_ends_after_start",
                    ),
                    models.CheckConstraint(condition=models.Q(("roles__len__gt", 0)), name="membership_has_a_role"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("roles__contains", ["receiving_worker"]), _negated=True),
                            ("team__isnull", False),
                            _connector="OR",
                        ),
                        name="receiving_worker_has_a_team",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EmergencyUse",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=common.references.new_key, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("enquiry_id", models.UUIDField()),
                ("enquiry_reference", models.CharField(max_length=12)),
                ("opened_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("review_due_at", models.DateTimeField(help_text="The end of the second working day.")),
                ("reviewed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "finding",
                    models.CharField(
                        blank=True,
                        choices=[("justified", "Justified"), ("not_justified", "Not justified")],
                        default="",
                        max_length=16,
                    ),
                ),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency"
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.membership"
                    ),
                ),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.membership",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["agency", "ends_at"], name="emergency_of_agency"),
                    models.Index(fields=["enquiry_id"], name="emergency_of_enquiry"),
                    models.Index(fields=["-opened_at"], name="emergency_latest"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_at__gt", models.F("opened_at")),
                            (
                                "ends_at__lte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("opened_at"), "+", models.Value(datetime.timedelta(days=3))
                                ),
                            ),
                        ),
                        name="emergency_ends_within_three_days",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("finding", ""), ("reviewed_at__isnull", True), ("reviewed_by__isnull", True)),
                            models.Q(
                                ("reviewed_at__isnull", False),
                                ("reviewed_by__isnull", False),
                                models.Q(("finding", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="emergency_reviewed_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reviewed_by__isnull", True),
                            models.Q(("reviewed_by", models.F("opened_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="emergency_not_reviewed_by_oneself",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BrokenGlass",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=common.references.new_key, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("enquiry_id", models.UUIDField()),
                ("enquiry_reference", models.CharField(max_length=12)),
                ("broken_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("review_due_at", models.DateTimeField(help_text="The end of the second working day.", null=True)),
                ("reviewed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "finding",
                    models.CharField(
                        blank=True,
                        choices=[("justified", "Justified"), ("not_justified", "Not justified")],
                        default="",
                        max_length=16,
                    ),
                ),
                (
                    "membership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="broken_glass",
                        to="agencies.membership",
                    ),
                ),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.membership",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["membership", "ends_at"], name="glass_of_membership"),
                    models.Index(fields=["-broken_at"], name="glass_latest"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_at__gt", models.F("broken_at")),
                            (
                                "ends_at__lte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("broken_at"), "+", models.Value(datetime.timedelta(seconds=43200))
                                ),
                            ),
                        ),
                        name="glass_mends_within_twelve_hours",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("finding", ""), ("reviewed_at__isnull", True), ("reviewed_by__isnull", True)),
                            models.Q(
                                ("reviewed_at__isnull", False),
                                ("reviewed_by__isnull", False),
                                models.Q(("finding", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="glass_reviewed_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reviewed_by__isnull", True),
                            models.Q(("reviewed_by", models.F("membership")), _negated=True),
                            _connector="OR",
                        ),
                        name="glass_not_reviewed_by_oneself",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Review",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=common.references.new_key, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("enquiry_id", models.UUIDField()),
                ("enquiry_reference", models.CharField(max_length=12)),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("inspection", "Inspection"),
                            ("dip_sample", "Dip sample"),
                            ("complaint", "Complaint"),
                            ("learning", "Learning review"),
                        ],
                        max_length=16,
                    ),
                ),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("named_at", models.DateTimeField()),
                (
                    "ended_at",
                    models.DateTimeField(blank=True, help_text="Ended at once, whatever the last day says.", null=True),
                ),
                (
                    "membership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reviews", to="agencies.membership"
                    ),
                ),
                (
                    "named_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.membership"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["membership", "ends_on"], name="review_of_membership"),
                    models.Index(fields=["enquiry_id"], name="review_of_enquiry"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))), name="review_ends_after_start"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("membership", models.F("named_by")), _negated=True),
                        name="review_not_named_by_oneself",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SettingChange",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=common.references.new_key, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "setting",
                    models.CharField(
                        choices=[
                            ("broken_glass_a_day", "Emergency access: enquiries a day before the managers are warned")
                        ],
                        max_length=32,
                    ),
                ),
                ("before", models.PositiveSmallIntegerField()),
                ("after", models.PositiveSmallIntegerField()),
                ("changed_at", models.DateTimeField()),
                (
                    "changed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.membership"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["setting", "-changed_at"], name="setting_latest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("before", models.F("after")), _negated=True), name="setting_change_changes"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ConflictOfInterest",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=common.references.new_key, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "contact_id",
                    models.UUIDField(help_text="Closed: this contact, and its enquiry if it has one.", null=True),
                ),
                ("enquiry_id", models.UUIDField(help_text="Closed: this MASH enquiry and its contacts.", null=True)),
                (
                    "person_id",
                    models.UUIDField(
                        help_text="Closed: this person and all contacts that are linked to them.", null=True
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("declared", "Declared by the person"),
                            ("entered", "Entered by a manager"),
                            ("matched", "Confirmed after a match with the staff list"),
                        ],
                        max_length=12,
                    ),
                ),
                ("reason", models.TextField(blank=True, default="")),
                ("entered_at", models.DateTimeField()),
                ("lifted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "agency",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.membership"
                    ),
                ),
                (
                    "lifted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.membership",
                    ),
                ),
                (
                    "membership",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.membership",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.team"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["contact_id"], name="conflict_contact"),
                    models.Index(fields=["enquiry_id"], name="conflict_enquiry"),
                    models.Index(fields=["person_id"], name="conflict_person"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("contact_id__isnull", False), ("enquiry_id__isnull", True), ("person_id__isnull", True)
                            ),
                            models.Q(
                                ("contact_id__isnull", True), ("enquiry_id__isnull", False), ("person_id__isnull", True)
                            ),
                            models.Q(
                                ("contact_id__isnull", True), ("enquiry_id__isnull", True), ("person_id__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="conflict_closes_one_thing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("agency__isnull", True),
                                ("membership__isnull", True),
                                ("team__isnull", True),
                                ("user__isnull", False),
                            ),
                            models.Q(
                                ("agency__isnull", True),
                                ("membership__isnull", False),
                                ("team__isnull", True),
                                ("user__isnull", True),
                            ),
                            models.Q(
                                ("agency__isnull", False),
                                ("membership__isnull", True),
                                ("team__isnull", True),
                                ("user__isnull", True),
                            ),
                            models.Q(
                                ("agency__isnull", True),
                                ("membership__isnull", True),
                                ("team__isnull", False),
                                ("user__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="conflict_closes_it_to_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("lifted_at__isnull", True), ("lifted_by__isnull", True)),
                            models.Q(("lifted_at__isnull", False), ("lifted_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="conflict_lifted_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StaffRecord",
            fields=[
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="staff_record",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "keys",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), default=list, help_text="As in `common.staff_keys`.", size=None
                    ),
                ),
                ("has_birth", models.BooleanField(default=False)),
                ("has_home", models.BooleanField(default=False)),
                (
                    "birth_form",
                    models.PositiveSmallIntegerField(
                        default=1, help_text="In which form: `KEYS_FORM` when it was entered."
                    ),
                ),
                ("home_form", models.PositiveSmallIntegerField(default=1, help_text="Likewise.")),
                ("recorded_at", models.DateTimeField()),
            ],
            options={
                "indexes": [django.contrib.postgres.indexes.GinIndex(fields=["keys"], name="staff_record_keys")],
            },
        ),
    ]
