"""The tables of decisions."""

import functools

import django.contrib.postgres.fields
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
        ("information_sharing", "0001_initial"),
        ("screening", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Decision",
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
                        default=functools.partial(common.references.new_reference, *("D",)),
                        editable=False,
                        max_length=12,
                        unique=True,
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("decided_at", models.DateTimeField()),
                ("is_joint", models.BooleanField(default=False)),
                (
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.membership"
                    ),
                ),
                (
                    "enquiry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="decisions", to="screening.enquiry"
                    ),
                ),
            ],
            options={
                "ordering": ["-number"],
                "constraints": [models.UniqueConstraint(fields=("enquiry", "number"), name="decision_numbered_once")],
            },
        ),
        migrations.CreateModel(
            name="ChildDecision",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=common.references.new_key, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("assessment", "Assessment by children's social care"),
                            ("strategy", "Strategy discussion"),
                            ("early_help", "Early help"),
                            ("specialist", "Specialist service"),
                            ("universal", "Universal services"),
                            ("no_further_action", "No further action by children's social care"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="decisions", to="contacts.subject"
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="children", to="decisions.decision"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("decision", "subject"), name="decided_once_per_child")],
            },
        ),
        migrations.CreateModel(
            name="MashSummary",
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
                        default=functools.partial(common.references.new_reference, *("Y",)),
                        editable=False,
                        max_length=12,
                        unique=True,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Being prepared"),
                            ("with_manager", "With the manager to confirm"),
                            ("sent", "Sent, not yet accepted"),
                            ("queried", "Queried"),
                            ("accepted", "Accepted"),
                            ("declined", "Declined"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="draft",
                        max_length=16,
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("covering_text", models.TextField(blank=True, default="")),
                ("household", models.TextField(blank=True, default="")),
                ("concern", models.TextField(blank=True, default="")),
                ("reasons", models.TextField(blank=True, default="")),
                (
                    "agreement",
                    models.TextField(
                        blank=True, default="", help_text="Agreement, or the authorised basis without it."
                    ),
                ),
                (
                    "family_told",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("yes", "Yes"),
                            ("no", "Not yet"),
                            ("held_back", "Held back: it would raise the risk"),
                        ],
                        default="",
                        max_length=12,
                    ),
                ),
                ("referrer", models.TextField(blank=True, default="", help_text="Who was worried, unless held back.")),
                (
                    "door_question",
                    models.CharField(blank=True, choices=[("yes", "Yes"), ("no", "No")], default="", max_length=12),
                ),
                ("missing", models.TextField(blank=True, default="")),
                ("whom_to_ring", models.CharField(blank=True, default="", max_length=200)),
                ("prepared_at", models.DateTimeField()),
                ("released_at", models.DateTimeField(blank=True, null=True)),
                (
                    "decline_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("family_refused", "The family does not agree to the help offered"),
                            ("other_team", "It belongs to another team or area"),
                            ("other_level", "The need is higher or lower than what this team works with"),
                            ("other", "Another reason"),
                        ],
                        default="",
                        max_length=16,
                    ),
                ),
                ("taken_at", models.DateTimeField(blank=True, null=True)),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="summaries", to="decisions.decision"
                    ),
                ),
                (
                    "enquiry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="summaries", to="screening.enquiry"
                    ),
                ),
                (
                    "prepared_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.membership"
                    ),
                ),
                (
                    "released_by",
                    models.ForeignKey(
                        blank=True,
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
                (
                    "taken_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.membership",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="summaries", to="agencies.team"
                    ),
                ),
            ],
            options={
                "permissions": [("receive_summary", "Was sent this summary")],
                "indexes": [
                    models.Index(fields=["team", "state", "released_at"], name="summary_inbox"),
                    models.Index(fields=["enquiry"], name="summary_enquiry"),
                    models.Index(
                        condition=models.Q(("state__in", ["with_manager", "queried"])),
                        fields=["prepared_at", "id"],
                        name="summary_to_confirm",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("released_at__isnull", True), ("released_by__isnull", True)),
                            models.Q(("released_at__isnull", False), ("released_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="summary_released_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "declined"), models.Q(("decline_reason", ""), _negated=True)),
                            models.Q(models.Q(("state", "declined"), _negated=True), ("decline_reason", "")),
                            _connector="OR",
                        ),
                        name="summary_declined_with_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("taken_at__isnull", True), ("taken_by__isnull", True)),
                            models.Q(("taken_at__isnull", False), ("taken_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="summary_taken_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Analysis",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=common.references.new_key, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "saved_from",
                    models.UUIDField(
                        help_text="The page that saved last: it goes on saving, another is told.", null=True
                    ),
                ),
                ("family_conversation", models.TextField(blank=True, default="")),
                ("risks", models.TextField(blank=True, default="")),
                ("protection", models.TextField(blank=True, default="")),
                ("child_views", models.TextField(blank=True, default="")),
                ("family_views", models.TextField(blank=True, default="")),
                ("gaps", models.TextField(blank=True, default="")),
                ("summary", models.TextField(blank=True, default="")),
                ("recommendation", models.TextField(blank=True, default="")),
                (
                    "recommended_outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("assessment", "Assessment by children's social care"),
                            ("strategy", "Strategy discussion"),
                            ("early_help", "Early help"),
                            ("specialist", "Specialist service"),
                            ("universal", "Universal services"),
                            ("no_further_action", "No further action by children's social care"),
                        ],
                        default="",
                        max_length=20,
                    ),
                ),
                ("saved_at", models.DateTimeField()),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                (
                    "enquiry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="analysis", to="screening.enquiry"
                    ),
                ),
                (
                    "saved_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.membership"
                    ),
                ),
                (
                    "sent_by",
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
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("sent_at__isnull", True), ("sent_by__isnull", True)),
                            models.Q(("sent_at__isnull", False), ("sent_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="analysis_sent_by_somebody",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AnalysisVersion",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=common.references.new_key, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("text", models.JSONField()),
                ("sent_at", models.DateTimeField()),
                (
                    "analysis",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="decisions.analysis"
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.membership"
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "constraints": [models.UniqueConstraint(fields=("analysis", "number"), name="analysis_version_once")],
            },
        ),
        migrations.CreateModel(
            name="ChildReasons",
            fields=[
                (
                    "child",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="reasons",
                        serialize=False,
                        to="decisions.childdecision",
                    ),
                ),
                (
                    "level_of_need",
                    models.CharField(
                        choices=[
                            ("level_1", "Level 1: universal"),
                            ("level_2", "Level 2: early help"),
                            ("level_3", "Level 3: targeted or complex"),
                            ("level_4", "Level 4: statutory or specialist"),
                        ],
                        max_length=8,
                    ),
                ),
                ("text", models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name="ChildMeaning",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=common.references.new_key, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("text", models.TextField(blank=True, default="")),
                (
                    "analysis",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="meanings", to="decisions.analysis"
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="contacts.subject"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("analysis", "subject"), name="meaning_once_per_child")],
            },
        ),
        migrations.CreateModel(
            name="Complaint",
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
                        default=functools.partial(common.references.new_reference, *("K",)),
                        editable=False,
                        max_length=12,
                        unique=True,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("answered", "Answered")], default="open", max_length=12
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("text", models.TextField()),
                ("received_at", models.DateTimeField()),
                ("answer", models.TextField(blank=True, default="")),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.membership",
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="complaints", to="contacts.contact"
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
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at__isnull", True), ("answered_by__isnull", True)),
                            models.Q(("answered_at__isnull", False), ("answered_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="complaint_answered_by_somebody",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DecisionBasis",
            fields=[
                (
                    "decision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="basis",
                        serialize=False,
                        to="decisions.decision",
                    ),
                ),
                ("missing", models.TextField()),
                (
                    "sealed_considered",
                    models.CharField(
                        choices=[
                            ("yes", "Yes, it was read and considered"),
                            ("no", "No"),
                            ("not_needed", "None is held, or it was not needed"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "earlier_shown",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=12),
                        blank=True,
                        default=list,
                        help_text="References of the earlier contacts before the manager.",
                        size=None,
                    ),
                ),
                ("change_reason", models.TextField(blank=True, default="", help_text="Why it was decided again.")),
            ],
        ),
        migrations.CreateModel(
            name="SealedReasons",
            fields=[
                (
                    "decision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="sealed_reasons",
                        serialize=False,
                        to="decisions.decision",
                    ),
                ),
                ("text", common.encryption.EncryptedTextField()),
            ],
        ),
        migrations.CreateModel(
            name="ConsideredItem",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=common.references.new_key, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("item_version", models.PositiveIntegerField()),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="information_sharing.item"
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="considered", to="decisions.decision"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("decision", "item"), name="item_considered_once")],
            },
        ),
        migrations.CreateModel(
            name="Dissent",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=common.references.new_key, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("text", models.TextField()),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency"
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="dissents", to="decisions.decision"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("decision", "agency"), name="dissent_once_per_agency")],
            },
        ),
        migrations.CreateModel(
            name="FamilyLetter",
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
                        default=functools.partial(common.references.new_reference, *("L",)),
                        editable=False,
                        max_length=12,
                        unique=True,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Being written"),
                            ("sent", "Posted"),
                            ("held_back", "Held back, with a reason"),
                        ],
                        default="draft",
                        max_length=12,
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("address", common.encryption.EncryptedTextField(blank=True, default="")),
                ("text", models.TextField(blank=True, default="")),
                ("held_back_reason", models.TextField(blank=True, default="")),
                ("written_at", models.DateTimeField()),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="letters", to="contacts.contact"
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.membership",
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="letters", to="contacts.subject"
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
                "constraints": [
                    models.UniqueConstraint(fields=("contact", "subject"), name="one_letter_per_parent"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("sent_at__isnull", True), ("sent_by__isnull", True)),
                            models.Q(("sent_at__isnull", False), ("sent_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="letter_sent_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Feedback",
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
                        default=functools.partial(common.references.new_reference, *("F",)),
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
                            ("spoken", "Told in person or by telephone"),
                            ("held_back", "Held back, with a reason"),
                            ("not_possible", "Nobody to tell"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "response",
                    models.CharField(
                        blank=True, default="", help_text="Kind of response, from a fixed list.", max_length=32
                    ),
                ),
                ("whom_to_ring", models.CharField(blank=True, default="", max_length=200)),
                ("meanwhile", models.TextField(blank=True, default="", help_text="What to do in the meantime.")),
                (
                    "reason",
                    models.TextField(blank=True, default="", help_text="Why it was held back, or how they were told."),
                ),
                ("told_at", models.DateTimeField()),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="feedback", to="contacts.contact"
                    ),
                ),
                (
                    "told_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.membership"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["contact", "-told_at"], name="feedback_contact")],
            },
        ),
        migrations.CreateModel(
            name="JointView",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=common.references.new_key, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("for_number", models.PositiveIntegerField(help_text="The number of the decision that it counts for.")),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("assessment", "Assessment by children's social care"),
                            ("strategy", "Strategy discussion"),
                            ("early_help", "Early help"),
                            ("specialist", "Specialist service"),
                            ("universal", "Universal services"),
                            ("no_further_action", "No further action by children's social care"),
                        ],
                        max_length=20,
                    ),
                ),
                ("reason", models.TextField()),
                ("given_at", models.DateTimeField()),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency"
                    ),
                ),
                (
                    "enquiry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="joint_views", to="screening.enquiry"
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
                "constraints": [
                    models.UniqueConstraint(
                        fields=("enquiry", "agency", "for_number"), name="one_joint_view_per_agency"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SummaryInstruction",
            fields=[
                (
                    "summary",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="instruction",
                        serialize=False,
                        to="decisions.mashsummary",
                    ),
                ),
                ("text", common.encryption.EncryptedTextField()),
            ],
        ),
        migrations.CreateModel(
            name="Exchange",
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
                            ("query", "The team asked"),
                            ("answer", "The hub answered"),
                            ("declined", "The team declined"),
                        ],
                        max_length=12,
                    ),
                ),
                ("text", models.TextField()),
                ("said_at", models.DateTimeField()),
                (
                    "said_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.membership"
                    ),
                ),
                (
                    "summary",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="exchanges",
                        to="decisions.mashsummary",
                    ),
                ),
            ],
            options={
                "ordering": ["said_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="CorrectionNotice",
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
                        default=functools.partial(common.references.new_reference, *("X",)),
                        editable=False,
                        max_length=12,
                        unique=True,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("request", "Information request"),
                            ("handover", "Handover"),
                            ("summary", "MASH summary"),
                            ("feedback", "Feedback to the referrer"),
                            ("letter", "Letter to a parent"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "text",
                    models.TextField(help_text="The correction for sharing: does not give away a private referrer."),
                ),
                ("written_at", models.DateTimeField()),
                (
                    "told_at",
                    models.DateTimeField(
                        help_text="Read by an agency or a team; said to a referrer or a parent.", null=True
                    ),
                ),
                (
                    "agency",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency"
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="contacts.contact"
                    ),
                ),
                (
                    "correction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="notices", to="contacts.correction"
                    ),
                ),
                (
                    "handover",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="screening.handover",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="information_sharing.informationrequest",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.team"
                    ),
                ),
                (
                    "told_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.membership",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.membership"
                    ),
                ),
                (
                    "letter",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="decisions.familyletter",
                    ),
                ),
                (
                    "feedback",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="decisions.feedback",
                    ),
                ),
                (
                    "summary",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="decisions.mashsummary",
                    ),
                ),
            ],
            options={
                "ordering": ["written_at", "id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("told_at__isnull", True)),
                        fields=["written_at"],
                        name="correction_notice_open",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("feedback__isnull", True),
                                ("handover__isnull", True),
                                ("letter__isnull", True),
                                ("request__isnull", False),
                                ("summary__isnull", True),
                            ),
                            models.Q(
                                ("feedback__isnull", True),
                                ("handover__isnull", False),
                                ("letter__isnull", True),
                                ("request__isnull", True),
                                ("summary__isnull", True),
                            ),
                            models.Q(
                                ("feedback__isnull", True),
                                ("handover__isnull", True),
                                ("letter__isnull", True),
                                ("request__isnull", True),
                                ("summary__isnull", False),
                            ),
                            models.Q(
                                ("feedback__isnull", False),
                                ("handover__isnull", True),
                                ("letter__isnull", True),
                                ("request__isnull", True),
                                ("summary__isnull", True),
                            ),
                            models.Q(
                                ("feedback__isnull", True),
                                ("handover__isnull", True),
                                ("letter__isnull", False),
                                ("request__isnull", True),
                                ("summary__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="correction_notice_of_one_telling",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("told_at__isnull", True), ("told_by__isnull", True)),
                            models.Q(("told_at__isnull", False), ("told_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="correction_notice_told_by_somebody",
                    ),
                    models.UniqueConstraint(fields=("correction", "request"), name="correction_once_by_request"),
                    models.UniqueConstraint(fields=("correction", "handover"), name="correction_once_by_handover"),
                    models.UniqueConstraint(fields=("correction", "summary"), name="correction_once_by_summary"),
                    models.UniqueConstraint(fields=("correction", "feedback"), name="correction_once_by_feedback"),
                    models.UniqueConstraint(fields=("correction", "letter"), name="correction_once_by_letter"),
                ],
            },
        ),
        migrations.CreateModel(
            name="PickedItem",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=common.references.new_key, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("item_version", models.PositiveIntegerField()),
                ("picked_at", models.DateTimeField()),
                ("dropped_at", models.DateTimeField(blank=True, null=True)),
                (
                    "analysis",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="picked", to="decisions.analysis"
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="information_sharing.item"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("analysis", "item"), name="item_picked_once")],
            },
        ),
        migrations.CreateModel(
            name="SummaryChild",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=common.references.new_key, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "position",
                    models.PositiveSmallIntegerField(
                        default=0, help_text="Its place among the children of the enquiry."
                    ),
                ),
                ("name", models.CharField(blank=True, default="", max_length=260)),
                ("born", models.CharField(blank=True, default="", max_length=60)),
                (
                    "sex",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("not_known", "Not known"),
                            ("female", "Female"),
                            ("male", "Male"),
                            ("indeterminate", "Indeterminate"),
                        ],
                        default="",
                        max_length=16,
                    ),
                ),
                ("nhs_number", models.CharField(blank=True, default="", max_length=10)),
                ("school", models.CharField(blank=True, default="", max_length=120)),
                ("practice", models.CharField(blank=True, default="", help_text="General practice.", max_length=120)),
                (
                    "whereabouts",
                    common.encryption.EncryptedTextField(
                        blank=True, default="", help_text="Where the child is, and with whom."
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("assessment", "Assessment by children's social care"),
                            ("strategy", "Strategy discussion"),
                            ("early_help", "Early help"),
                            ("specialist", "Specialist service"),
                            ("universal", "Universal services"),
                            ("no_further_action", "No further action by children's social care"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "level_of_need",
                    models.CharField(
                        choices=[
                            ("level_1", "Level 1: universal"),
                            ("level_2", "Level 2: early help"),
                            ("level_3", "Level 3: targeted or complex"),
                            ("level_4", "Level 4: statutory or specialist"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="contacts.subject"
                    ),
                ),
                (
                    "summary",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="children", to="decisions.mashsummary"
                    ),
                ),
            ],
            options={
                "ordering": ["position", "id"],
                "constraints": [models.UniqueConstraint(fields=("summary", "subject"), name="child_once_per_summary")],
            },
        ),
        migrations.CreateModel(
            name="SummaryGrant",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="grants", to="decisions.mashsummary"
                    ),
                ),
                ("group", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.group")),
                ("permission", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.permission")),
            ],
            options={
                "abstract": False,
                "unique_together": {("group", "permission", "content_object")},
                "indexes": [models.Index(fields=["content_object", "group"], name="summary_grant_probe")],
            },
        ),
        migrations.CreateModel(
            name="SummaryItem",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=common.references.new_key, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("item_version", models.PositiveIntegerField()),
                ("about", models.CharField(blank=True, default="", max_length=260)),
                ("occurred", models.CharField(blank=True, default="", help_text="The day in words.", max_length=60)),
                (
                    "occurred_on",
                    models.DateField(blank=True, help_text="The day by which items are sorted.", null=True),
                ),
                (
                    "text",
                    models.TextField(blank=True, default="", help_text="Empty until the release, then never changed."),
                ),
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
                        related_name="copies",
                        to="information_sharing.item",
                    ),
                ),
                (
                    "summary",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="items", to="decisions.mashsummary"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("summary", "item"), name="item_once_per_summary")],
            },
        ),
    ]
