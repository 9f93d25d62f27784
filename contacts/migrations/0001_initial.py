"""The tables of contacts."""

import functools

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import common.encryption
import common.references


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("agencies", "0001_initial"),
        ("agencies", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Contact",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=common.references.new_key, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "reference",
                    models.CharField(
                        default=functools.partial(common.references.new_reference, *("C",)),
                        editable=False,
                        max_length=12,
                        unique=True,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("received", "Received"),
                            ("with_panel", "With the panel"),
                            ("in_enquiry", "In a MASH enquiry"),
                            ("passed_on", "Passed to the allocated worker"),
                            ("ended", "Ended"),
                        ],
                        default="received",
                        max_length=16,
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("arrived_at", models.DateTimeField(help_text="When it reached the hub, not when it was typed.")),
                ("logged_at", models.DateTimeField()),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("telephone", "Telephone"),
                            ("email", "Email"),
                            ("letter", "Letter"),
                            ("in_person", "In person"),
                            ("police_notice", "Police notification"),
                            ("online", "Online form"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "referrer_kind",
                    models.CharField(
                        choices=[
                            ("professional", "A professional"),
                            ("school", "A school or nursery"),
                            ("relative", "A relative or family friend"),
                            ("neighbour", "A neighbour or member of the public"),
                            ("self", "The person themself"),
                            ("anonymous", "Anonymous"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "concern",
                    models.TextField(
                        blank=True,
                        default="",
                        help_text="The concern for sharing: does not give away a private referrer.",
                    ),
                ),
                ("happened_on", models.DateField(blank=True, null=True)),
                ("crime_possible", models.BooleanField(default=False)),
                ("address", common.encryption.EncryptedTextField(blank=True, default="")),
                (
                    "address_key",
                    models.CharField(
                        blank=True, default="", help_text="Keyed hash: finds the same address.", max_length=64
                    ),
                ),
                ("address_is_protected", models.BooleanField(default=False)),
                (
                    "known",
                    models.CharField(
                        choices=[
                            ("not_asked", "Not looked up yet"),
                            ("not_known", "Not known"),
                            ("closed", "Known before, closed"),
                            ("open", "Open to a worker"),
                        ],
                        default="not_asked",
                        max_length=12,
                    ),
                ),
                ("systems_searched", models.CharField(blank=True, default="", max_length=300)),
                (
                    "open_to",
                    models.CharField(
                        blank=True, default="", help_text="Worker or team of an open case.", max_length=200
                    ),
                ),
                (
                    "agreement",
                    models.CharField(
                        choices=[
                            ("not_recorded", "Not recorded yet"),
                            ("given", "Asked and given"),
                            ("refused", "Asked and refused"),
                            ("not_sought", "Not sought"),
                            ("sought", "Asked, no answer yet"),
                        ],
                        default="not_recorded",
                        max_length=16,
                    ),
                ),
                ("agreement_reason", models.TextField(blank=True, default="")),
                (
                    "may_tell",
                    models.CharField(
                        choices=[
                            ("not_known", "Not known yet"),
                            ("yes", "Yes"),
                            ("no", "No: it would raise the risk"),
                            ("already", "They know already"),
                        ],
                        default="not_known",
                        max_length=12,
                    ),
                ),
                ("may_tell_reason", models.TextField(blank=True, default="")),
                ("immediate_danger", models.BooleanField(default=False)),
                ("acknowledged_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("panel_at", models.DateTimeField(blank=True, help_text="When it first went to the panel.", null=True)),
                (
                    "screeners_see_until",
                    models.DateTimeField(
                        blank=True,
                        help_text="Screeners keep sight of what they decided to the end of the next working day.",
                        null=True,
                    ),
                ),
                (
                    "enquiry_id",
                    models.UUIDField(
                        help_text="The MASH enquiry it is in; the foreign key is made by screening's migration.",
                        null=True,
                    ),
                ),
                ("enquiry_reference", models.CharField(blank=True, default="", max_length=12)),
                (
                    "colour",
                    models.CharField(
                        blank=True, default="", help_text="Copied from the enquiry by trigger.", max_length=8
                    ),
                ),
                (
                    "worker_acknowledged_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="When the allocated worker of an open case said that it had arrived.",
                        null=True,
                    ),
                ),
                (
                    "acknowledged_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.membership",
                    ),
                ),
                (
                    "claimed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.membership",
                    ),
                ),
                (
                    "logged_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.membership",
                    ),
                ),
                (
                    "social_worker",
                    models.ForeignKey(
                        help_text="Copied from the enquiry by trigger.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.membership",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["state", "arrived_at", "id"], name="contact_queue"),
                    models.Index(fields=["-arrived_at", "id"], name="contact_latest"),
                    models.Index(fields=["enquiry_id"], name="contact_enquiry"),
                    models.Index(fields=["social_worker", "state"], name="contact_worker"),
                    models.Index(
                        condition=models.Q(
                            ("state", "received"),
                            models.Q(("state", "passed_on"), ("worker_acknowledged_at__isnull", True)),
                            _connector="OR",
                        ),
                        fields=["arrived_at", "id"],
                        name="contact_waits",
                    ),
                    models.Index(
                        condition=models.Q(("state__in", ["received", "with_panel"])),
                        fields=["arrived_at", "id"],
                        name="contact_to_screen",
                    ),
                    models.Index(
                        condition=models.Q(("ended_at__isnull", True), ("immediate_danger", True)),
                        fields=["arrived_at", "id"],
                        name="contact_in_danger",
                    ),
                    models.Index(
                        condition=models.Q(("address_key", ""), _negated=True),
                        fields=["address_key"],
                        name="contact_address",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", False), ("state__in", ["ended", "passed_on"])),
                            models.Q(
                                ("ended_at__isnull", True), ("state__in", ["received", "with_panel", "in_enquiry"])
                            ),
                            _connector="OR",
                        ),
                        name="contact_ended_when_it_says_so",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("acknowledged_at__isnull", True), ("acknowledged_by__isnull", True)),
                            models.Q(("acknowledged_at__isnull", False), ("acknowledged_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="contact_acknowledged_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                (
                    "contact",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="report",
                        serialize=False,
                        to="contacts.contact",
                    ),
                ),
                ("text", models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name="Correction",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=common.references.new_key, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("text", models.TextField()),
                ("made_at", models.DateTimeField()),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="corrections", to="contacts.contact"
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.membership"
                    ),
                ),
            ],
            options={
                "ordering": ["made_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=common.references.new_key, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "reference",
                    models.CharField(
                        default=functools.partial(common.references.new_reference, *("P",)),
                        editable=False,
                        max_length=12,
                        unique=True,
                    ),
                ),
                ("given_name", models.CharField(blank=True, default="", max_length=120)),
                ("family_name", models.CharField(blank=True, default="", max_length=120)),
                ("date_of_birth", models.DateField(blank=True, null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["date_of_birth"], name="person_born")],
            },
        ),
        migrations.CreateModel(
            name="Protection",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=common.references.new_key, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "reference",
                    models.CharField(
                        default=functools.partial(common.references.new_reference, *("N",)),
                        editable=False,
                        max_length=12,
                        unique=True,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("raised", "Raised"),
                            ("convened", "Strategy discussion convened"),
                            ("held", "Strategy discussion held"),
                            ("stood_down", "Stood down"),
                        ],
                        default="raised",
                        max_length=12,
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("reason", models.TextField()),
                ("raised_at", models.DateTimeField()),
                ("convened_at", models.DateTimeField(blank=True, null=True)),
                ("held_at", models.DateTimeField(blank=True, help_text="The latest strategy discussion.", null=True)),
                (
                    "section_47",
                    models.CharField(
                        choices=[("not_decided", "Not decided"), ("yes", "Yes"), ("no", "No")],
                        default="not_decided",
                        help_text="As the latest strategy discussion decided.",
                        max_length=12,
                    ),
                ),
                ("stood_down_at", models.DateTimeField(blank=True, null=True)),
                ("stood_down_reason", models.TextField(blank=True, default="")),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="protections", to="contacts.contact"
                    ),
                ),
                (
                    "convened_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.membership",
                    ),
                ),
                (
                    "held_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.membership",
                    ),
                ),
                (
                    "raised_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.membership"
                    ),
                ),
                (
                    "stood_down_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.membership",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["contact", "-raised_at"], name="protection_contact")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("convened_at__isnull", True), ("convened_by__isnull", True)),
                            models.Q(("convened_at__isnull", False), ("convened_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="protection_convened_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("held_at__isnull", True), ("held_by__isnull", True)),
                            models.Q(("held_at__isnull", False), ("held_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="protection_held_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("stood_down_at__isnull", True), ("stood_down_by__isnull", True)),
                            models.Q(("stood_down_at__isnull", False), ("stood_down_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="protection_stood_down_by_somebody",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["raised", "convened"])),
                        fields=("contact",),
                        name="one_protection_under_way",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FurtherReason",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=common.references.new_key, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("text", models.TextField()),
                ("given_at", models.DateTimeField()),
                (
                    "given_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.membership"
                    ),
                ),
                (
                    "protection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="further_reasons",
                        to="contacts.protection",
                    ),
                ),
            ],
            options={
                "ordering": ["given_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Receipt",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=common.references.new_key, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "reference",
                    models.CharField(
                        default=functools.partial(common.references.new_reference, *("R",)),
                        editable=False,
                        max_length=12,
                        unique=True,
                    ),
                ),
                ("secret_hash", models.CharField(max_length=64)),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("received", "We cannot show an update yet"),
                            ("considered", "We are looking into what you told us"),
                            ("finished", "We have decided what to do"),
                        ],
                        default="received",
                        max_length=24,
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("assessment", "Assessment by children's social care"),
                            ("strategy", "Strategy discussion"),
                            ("early_help", "Early help"),
                            ("specialist", "Specialist service"),
                            ("universal", "Universal services"),
                            ("advice", "Advice given"),
                            ("allocated", "Passed to the allocated worker"),
                            ("other_authority", "Passed to another authority"),
                            ("adult_safeguarding", "Adult safeguarding"),
                            ("lado", "Designated officer (LADO)"),
                            ("no_further_action", "No further action by children's social care"),
                        ],
                        default="",
                        help_text="Kind of response, once told.",
                        max_length=32,
                    ),
                ),
                (
                    "contact",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="receipt", to="contacts.contact"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Referrer",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=common.references.new_key, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("is_private", models.BooleanField(default=True)),
                ("name", common.encryption.EncryptedTextField(blank=True, default="")),
                ("organisation", common.encryption.EncryptedTextField(blank=True, default="")),
                ("post", common.encryption.EncryptedTextField(blank=True, default="")),
                ("email", common.encryption.EncryptedTextField(blank=True, default="")),
                ("telephone", common.encryption.EncryptedTextField(blank=True, default="")),
                ("address", common.encryption.EncryptedTextField(blank=True, default="")),
                (
                    "safe_ways",
                    common.encryption.EncryptedTextField(
                        blank=True, default="", help_text="How and when it is safe to get in touch."
                    ),
                ),
                (
                    "own_reference",
                    models.CharField(
                        blank=True, default="", help_text="The referrer's own; not a name.", max_length=60
                    ),
                ),
                (
                    "contact",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="referrer", to="contacts.contact"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="StrategyDiscussion",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=common.references.new_key, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("held_at", models.DateTimeField()),
                ("invited", models.TextField(blank=True, default="")),
                ("present", models.TextField()),
                ("agreed", models.TextField()),
                (
                    "section_47",
                    models.CharField(
                        choices=[("not_decided", "Not decided"), ("yes", "Yes"), ("no", "No")], max_length=12
                    ),
                ),
                ("actions", models.TextField(blank=True, default="")),
                ("recorded_at", models.DateTimeField()),
                (
                    "protection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="discussions",
                        to="contacts.protection",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.membership"
                    ),
                ),
            ],
            options={
                "ordering": ["-held_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Subject",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=common.references.new_key, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "enquiry_id",
                    models.UUIDField(
                        editable=False, help_text="The contact's MASH enquiry; copied by trigger.", null=True
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("kind", models.CharField(choices=[("child", "Child"), ("adult", "Adult")], max_length=8)),
                ("given_name", models.CharField(blank=True, default="", max_length=120)),
                ("family_name", models.CharField(blank=True, default="", max_length=120)),
                ("other_names", models.CharField(blank=True, default="", max_length=200)),
                ("is_unborn", models.BooleanField(default=False)),
                ("date_of_birth", models.DateField(blank=True, null=True)),
                ("expected_on", models.DateField(blank=True, null=True)),
                (
                    "age_reported",
                    models.CharField(
                        blank=True, default="", help_text="Where no date of birth is known.", max_length=40
                    ),
                ),
                (
                    "sex",
                    models.CharField(
                        choices=[
                            ("not_known", "Not known"),
                            ("female", "Female"),
                            ("male", "Male"),
                            ("indeterminate", "Indeterminate"),
                        ],
                        default="not_known",
                        max_length=16,
                    ),
                ),
                ("ethnicity", models.CharField(blank=True, default="", max_length=60)),
                ("language", models.CharField(blank=True, default="", max_length=60)),
                ("disability", models.CharField(blank=True, default="", max_length=200)),
                ("school", models.CharField(blank=True, default="", max_length=120)),
                ("practice", models.CharField(blank=True, default="", help_text="General practice.", max_length=120)),
                ("nhs_number", models.CharField(blank=True, default="", max_length=10)),
                ("unique_pupil_number", models.CharField(blank=True, default="", max_length=13)),
                ("lives_in_household", models.BooleanField(default=True)),
                (
                    "address",
                    common.encryption.EncryptedTextField(
                        blank=True, default="", help_text="Only where it differs from the contact's."
                    ),
                ),
                (
                    "part",
                    models.CharField(
                        blank=True, default="", help_text="Such as mother, father, lodger.", max_length=120
                    ),
                ),
                (
                    "name_key",
                    models.CharField(
                        blank=True, default="", help_text="Sounds of the surname, for matching.", max_length=64
                    ),
                ),
                (
                    "given_key",
                    models.CharField(blank=True, default="", help_text="Sounds of the first name.", max_length=64),
                ),
                (
                    "staff_keys",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(),
                        default=list,
                        help_text="Keyed hashes, held against the staff list by trigger.",
                        size=None,
                    ),
                ),
                (
                    "ending",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("assessment", "Assessment by children's social care"),
                            ("strategy", "Strategy discussion"),
                            ("early_help", "Early help"),
                            ("specialist", "Specialist service"),
                            ("universal", "Universal services"),
                            ("advice", "Advice given"),
                            ("allocated", "Passed to the allocated worker"),
                            ("other_authority", "Passed to another authority"),
                            ("adult_safeguarding", "Adult safeguarding"),
                            ("lado", "Designated officer (LADO)"),
                            ("no_further_action", "No further action by children's social care"),
                        ],
                        default="",
                        max_length=20,
                    ),
                ),
                (
                    "level_of_need",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("level_1", "Level 1: universal"),
                            ("level_2", "Level 2: early help"),
                            ("level_3", "Level 3: targeted or complex"),
                            ("level_4", "Level 4: statutory or specialist"),
                        ],
                        default="",
                        max_length=8,
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="subjects", to="contacts.contact"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="subjects",
                        to="contacts.person",
                    ),
                ),
            ],
            options={
                "ordering": ["position", "id"],
                "indexes": [
                    models.Index(fields=["enquiry_id"], name="subject_enquiry"),
                    models.Index(fields=["date_of_birth"], name="subject_born"),
                    models.Index(fields=["name_key", "given_key"], name="subject_name"),
                    django.contrib.postgres.indexes.GinIndex(fields=["staff_keys"], name="subject_staff_keys"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("contact", "position"), name="subject_place_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_unborn", False),
                            models.Q(("date_of_birth__isnull", True), ("kind", "child")),
                            _connector="OR",
                        ),
                        name="unborn_has_no_birthday",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StaffMatch",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=common.references.new_key, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "reference",
                    models.CharField(help_text="Of the contact, for whoever tells the managers.", max_length=12),
                ),
                (
                    "matched_on",
                    models.CharField(
                        choices=[("person", "Name and date of birth"), ("home", "Home address")], max_length=8
                    ),
                ),
                ("found_at", models.DateTimeField()),
                (
                    "told_at",
                    models.DateTimeField(help_text="When the managers were told that there is a match.", null=True),
                ),
                ("settled_at", models.DateTimeField(null=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[("closed", "Excluded"), ("not_them", "Not them")],
                        default="",
                        max_length=12,
                    ),
                ),
                ("reason", models.TextField(blank=True, default="")),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="staff_matches", to="contacts.contact"
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.membership",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="contacts.subject"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("settled_at__isnull", True)), fields=["found_at"], name="staff_match_open"
                    ),
                    models.Index(
                        condition=models.Q(("told_at__isnull", True)), fields=["found_at"], name="staff_match_untold"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("contact", "user", "matched_on"), name="staff_match_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", ""), ("settled_at__isnull", True), ("settled_by__isnull", True)),
                            models.Q(
                                ("settled_at__isnull", False),
                                ("settled_by__isnull", False),
                                models.Q(("outcome", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="staff_match_settled_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Relation",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=common.references.new_key, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("parent", "parent of"),
                            ("step_parent", "step-parent of"),
                            ("partner", "partner of"),
                            ("former_partner", "former partner of"),
                            ("sibling", "brother or sister of"),
                            ("grandparent", "grandparent of"),
                            ("carer", "carer of"),
                            ("other", "other relation of"),
                            ("none", "not related to (entered by mistake)"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="relations", to="contacts.contact"
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="relations", to="contacts.subject"
                    ),
                ),
                (
                    "to",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="related_from", to="contacts.subject"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("subject", "to"), name="relation_once"),
                    models.CheckConstraint(
                        condition=models.Q(("subject", models.F("to")), _negated=True), name="relation_of_two"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PersonLink",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=common.references.new_key, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "matched_on",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=24), default=list, size=None
                    ),
                ),
                ("linked_at", models.DateTimeField()),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                (
                    "linked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.membership"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="links", to="contacts.person"
                    ),
                ),
                (
                    "undone_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.membership",
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="links", to="contacts.subject"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("undone_at__isnull", True)), fields=("subject",), name="one_link_in_force"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("undone_at__isnull", True), ("undone_by__isnull", True)),
                            models.Q(("undone_at__isnull", False), ("undone_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="link_undone_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Whereabouts",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=common.references.new_key, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "child",
                    models.CharField(
                        blank=True,
                        default="",
                        help_text="The name then: whoever protects keeps it when the contact ends.",
                        max_length=260,
                    ),
                ),
                ("place", common.encryption.EncryptedTextField(blank=True, default="")),
                ("with_whom", common.encryption.EncryptedTextField(blank=True, default="")),
                ("safe_until", models.DateTimeField(blank=True, null=True)),
                ("recorded_at", models.DateTimeField()),
                (
                    "protection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="whereabouts",
                        to="contacts.protection",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.membership"
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="whereabouts", to="contacts.subject"
                    ),
                ),
            ],
            options={
                "ordering": ["-recorded_at", "id"],
            },
        ),
    ]
