"""The tables of information sharing."""

import functools

import django.db.models.deletion
from django.db import migrations, models

import common.encryption
import common.references


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("agencies", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contacts", "0001_initial"),
        ("screening", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="HeldMarker",
            fields=[
                (
                    "enquiry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="held_marker",
                        serialize=False,
                        to="screening.enquiry",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="InformationRequest",
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
                        default=functools.partial(common.references.new_reference, *("Q",)),
                        editable=False,
                        max_length=12,
                        unique=True,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("sent", "Sent"),
                            ("heard", "First response given"),
                            ("cannot_search", "Cannot search yet"),
                            ("answered", "Answered"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="sent",
                        max_length=16,
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "asks",
                    models.TextField(
                        help_text="What is asked, in wording of its own: least detail that lets it search."
                    ),
                ),
                ("purpose", models.TextField(help_text="Why it is asked.")),
                (
                    "concern",
                    models.TextField(blank=True, default="", help_text="What this agency is told of the concern."),
                ),
                (
                    "lawful_basis",
                    models.CharField(
                        choices=[
                            ("public_task", "Public task: safeguarding children"),
                            ("legal_duty", "Legal duty (Children Act 2004, section 11)"),
                            ("vital_interests", "Vital interests: somebody's life is at risk"),
                            ("agreed", "The family's agreement"),
                            ("crime", "Prevention or detection of crime"),
                        ],
                        max_length=20,
                    ),
                ),
                ("referrer_organisation", models.CharField(blank=True, default="", max_length=120)),
                (
                    "address",
                    common.encryption.EncryptedTextField(
                        blank=True, default="", help_text="Where to search for; never a protected address."
                    ),
                ),
                ("sent_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("first_word_at", models.DateTimeField(blank=True, null=True)),
                ("cannot_until", models.DateTimeField(blank=True, null=True)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="requests", to="agencies.agency"
                    ),
                ),
                (
                    "enquiry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="requests", to="screening.enquiry"
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.membership"
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
                    models.Index(fields=["agency", "due_at", "id"], name="request_agency_queue"),
                    models.Index(
                        condition=models.Q(("state__in", ["sent", "heard", "cannot_search"])),
                        fields=["agency", "due_at"],
                        name="request_unanswered",
                    ),
                    models.Index(
                        condition=models.Q(("state__in", ["sent", "heard", "cannot_search"]), _negated=True),
                        fields=["agency", "due_at", "id"],
                        name="request_done",
                    ),
                    models.Index(fields=["enquiry"], name="request_enquiry"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["sent", "heard", "cannot_search"])),
                        fields=("enquiry", "agency"),
                        name="one_request_waits_per_agency",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at__isnull", False), ("state", "answered")),
                            models.Q(models.Q(("state", "answered"), _negated=True), ("answered_at__isnull", True)),
                            _connector="OR",
                        ),
                        name="request_answered_when_it_says_so",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Answer",
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
                            ("shared", "Information given"),
                            ("nothing_to_share", "Nothing to share"),
                            ("held_not_shared", "Held and not shared"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "withheld_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("not_relevant", "Not relevant to the concern"),
                            ("not_proportionate", "Not proportionate to the concern"),
                            ("legal_bar", "A legal bar, such as a court order"),
                            ("third_party", "It is about somebody else"),
                            ("advice_sought", "Advice is being taken"),
                        ],
                        default="",
                        max_length=20,
                    ),
                ),
                ("systems_searched", models.CharField(blank=True, default="", max_length=300)),
                ("identifiers_used", models.CharField(blank=True, default="", max_length=300)),
                ("searched_at", models.DateTimeField()),
                (
                    "is_spoken",
                    models.BooleanField(default=False, help_text="Taken down by the social worker over the telephone."),
                ),
                (
                    "spoken_by",
                    models.CharField(
                        blank=True, default="", help_text="Who spoke for the agency: post and name.", max_length=120
                    ),
                ),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.membership",
                    ),
                ),
                (
                    "given_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.membership"
                    ),
                ),
                (
                    "request",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answer",
                        to="information_sharing.informationrequest",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("confirmed_at__isnull", True), ("is_spoken", True)),
                        fields=["searched_at", "id"],
                        name="answer_to_confirm",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "held_not_shared"), models.Q(("withheld_reason", ""), _negated=True)),
                            models.Q(models.Q(("kind", "held_not_shared"), _negated=True), ("withheld_reason", "")),
                            _connector="OR",
                        ),
                        name="withheld_with_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("confirmed_at__isnull", True), ("confirmed_by__isnull", True)),
                            models.Q(("confirmed_at__isnull", False), ("confirmed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="answer_confirmed_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Item",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=common.references.new_key, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "handling",
                    models.CharField(
                        choices=[
                            ("onward", "May be passed on to the receiving team"),
                            ("hub_only", "Inside the hub only"),
                            ("manager_only", "Confidential: the MASH manager only"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "theme",
                    models.CharField(
                        choices=[
                            ("child_health", "Child's health and development"),
                            ("education", "Education and behaviour"),
                            ("family", "Family and relationships"),
                            ("domestic_abuse", "Domestic abuse"),
                            ("offending", "Offending and police contact"),
                            ("parent_health", "Parent's health, substance use or disability"),
                            ("home", "Home, money and housing"),
                            ("services", "Services involved, now or before"),
                            ("strengths", "What protects the child"),
                            ("other", "Other"),
                        ],
                        default="other",
                        max_length=20,
                    ),
                ),
                ("occurred_on", models.DateField(blank=True, null=True)),
                (
                    "precision",
                    models.CharField(
                        choices=[
                            ("day", "That day"),
                            ("month", "About that month"),
                            ("year", "About that year"),
                            ("unknown", "Date not known"),
                        ],
                        default="day",
                        max_length=8,
                    ),
                ),
                (
                    "source",
                    models.CharField(blank=True, default="", help_text="The owner's system or record.", max_length=120),
                ),
                ("needed_at_night", models.BooleanField(default=False)),
                ("is_spoken", models.BooleanField(default=False)),
                (
                    "is_unconfirmed",
                    models.BooleanField(
                        default=False,
                        editable=False,
                        help_text="Taken down by telephone and not confirmed by its owner; copied by trigger.",
                    ),
                ),
                ("given_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="items", to="agencies.agency"
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.membership"
                    ),
                ),
                (
                    "enquiry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="items", to="screening.enquiry"
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="information_sharing.informationrequest",
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="contacts.subject",
                    ),
                ),
            ],
            options={
                "permissions": [("named_for_item", "Was named for this item")],
                "indexes": [
                    models.Index(fields=["enquiry", "agency", "given_at"], name="item_enquiry"),
                    models.Index(fields=["agency", "-given_at", "id"], name="item_agency"),
                    models.Index(fields=["request"], name="item_request"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("handling", "manager_only"), _negated=True),
                            models.Q(("is_spoken", False), ("needed_at_night", False)),
                            _connector="OR",
                        ),
                        name="sealed_stays_sealed",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ItemGrant",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=common.references.new_key, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "content_object",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="grants",
                        to="information_sharing.item",
                    ),
                ),
                ("group", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.group")),
                ("permission", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.permission")),
            ],
            options={
                "abstract": False,
                "unique_together": {("group", "permission", "content_object")},
                "indexes": [models.Index(fields=["content_object", "group"], name="item_grant_probe")],
            },
        ),
        migrations.CreateModel(
            name="ItemText",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=common.references.new_key, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("version", models.PositiveIntegerField()),
                ("text", models.TextField()),
                ("written_at", models.DateTimeField()),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="texts", to="information_sharing.item"
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.membership"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("item", "version"), name="item_text_once_a_version")],
            },
        ),
        migrations.CreateModel(
            name="RequestSubject",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=common.references.new_key, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="asked_about",
                        to="information_sharing.informationrequest",
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="requests", to="contacts.subject"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("request", "subject"), name="asked_once_about_each")],
            },
        ),
        migrations.CreateModel(
            name="SafetyInstruction",
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
                        default=functools.partial(common.references.new_reference, *("I",)),
                        editable=False,
                        max_length=12,
                        unique=True,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "With the owner"),
                            ("agreed", "Agreed"),
                            ("refused", "Refused; with the agency's lead"),
                            ("refused_by_lead", "Refused by the lead"),
                        ],
                        default="proposed",
                        max_length=16,
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("kept_with", models.UUIDField(help_text="The enquiry whose data key closes its words.")),
                ("proposed_text", common.encryption.EncryptedTextField()),
                ("agreed_text", common.encryption.EncryptedTextField(blank=True, default="")),
                ("proposed_at", models.DateTimeField()),
                (
                    "refused_at",
                    models.DateTimeField(blank=True, help_text="From then on the agency's lead sees it.", null=True),
                ),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency"
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="instructions",
                        to="information_sharing.item",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.membership"
                    ),
                ),
                (
                    "refused_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.membership",
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.membership",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["agency", "state"], name="instruction_agency")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("refused_at__isnull", True), ("refused_by__isnull", True)),
                            models.Q(("refused_at__isnull", False), ("refused_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="instruction_refused_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("settled_at__isnull", True), ("settled_by__isnull", True)),
                            models.Q(("settled_at__isnull", False), ("settled_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="instruction_settled_by_somebody",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["proposed", "refused"])),
                        fields=("item",),
                        name="one_instruction_waits_per_item",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SealedReader",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=common.references.new_key, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("named_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "ended_by",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.membership"
                    ),
                ),
                (
                    "named_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.membership"
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sealed_readers",
                        to="information_sharing.informationrequest",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("request", "membership"),
                        name="sealed_reader_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ended_by__isnull", True)),
                            models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="sealed_reader_ended_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SealedText",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=common.references.new_key, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("version", models.PositiveIntegerField()),
                ("text", common.encryption.EncryptedTextField()),
                ("written_at", models.DateTimeField()),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sealed_texts",
                        to="information_sharing.item",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.membership"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("item", "version"), name="sealed_text_once_a_version")],
            },
        ),
        migrations.CreateModel(
            name="SharingAuthority",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=common.references.new_key, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("reason", models.TextField()),
                ("given_at", models.DateTimeField()),
                (
                    "enquiry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="authorities", to="screening.enquiry"
                    ),
                ),
                (
                    "given_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.membership"
                    ),
                ),
            ],
            options={
                "ordering": ["-given_at", "id"],
            },
        ),
    ]
