"""The tables of screening."""

import functools

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import common.references


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("agencies", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contacts", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Enquiry",
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
                        default=functools.partial(common.references.new_reference, *("M",)),
                        editable=False,
                        max_length=12,
                        unique=True,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("to_rate", "To be rated"),
                            ("gathering", "Gathering information"),
                            ("deciding", "With the manager for decision"),
                            ("decided", "Decided, not yet released"),
                            ("released", "Released, not yet accepted"),
                            ("closed", "Closed"),
                        ],
                        default="to_rate",
                        max_length=16,
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("arrived_at", models.DateTimeField(help_text="Arrival of its first contact.")),
                ("opened_at", models.DateTimeField()),
                (
                    "colour",
                    models.CharField(
                        blank=True,
                        choices=[("red", "Red"), ("amber", "Amber"), ("green", "Green")],
                        default="",
                        max_length=8,
                    ),
                ),
                ("first_rated_at", models.DateTimeField(blank=True, null=True)),
                (
                    "crime_possible",
                    models.BooleanField(default=False, help_text="Copied from its contacts by trigger."),
                ),
                ("assigned_at", models.DateTimeField(blank=True, null=True)),
                (
                    "own_due_at",
                    models.DateTimeField(blank=True, help_text="The manager's own deadline for this case.", null=True),
                ),
                (
                    "due_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="What is due next, copied from the clock by trigger: orders worklists.",
                        null=True,
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "items_close_at",
                    models.DateTimeField(
                        help_text="When agencies' sight of others' items ends; the agreement says so, by trigger.",
                        null=True,
                    ),
                ),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.membership"
                    ),
                ),
                (
                    "social_worker",
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
                "permissions": [("asked_on_enquiry", "Was asked on this enquiry")],
                "indexes": [
                    models.Index(fields=["state", "due_at", "id"], name="enquiry_queue"),
                    models.Index(fields=["social_worker", "state", "due_at"], name="enquiry_worker"),
                    models.Index(fields=["-arrived_at", "id"], name="enquiry_latest"),
                    models.Index(
                        condition=models.Q(("state__in", ["to_rate", "gathering", "deciding", "decided", "released"])),
                        fields=["due_at", "id"],
                        name="enquiry_running",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("state__in", ["to_rate", "deciding", "decided"]),
                            models.Q(
                                ("social_worker__isnull", True), ("state__in", ["to_rate", "gathering", "deciding"])
                            ),
                            _connector="OR",
                        ),
                        fields=["due_at", "id"],
                        name="enquiry_for_manager",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at__isnull", False), ("state", "closed")),
                            models.Q(models.Q(("state", "closed"), _negated=True), ("closed_at__isnull", True)),
                            _connector="OR",
                        ),
                        name="enquiry_closed_when_it_says_so",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("colour", ""), _negated=True),
                            ("state__in", ["to_rate", "closed"]),
                            _connector="OR",
                        ),
                        name="enquiry_rated_to_go_on",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Screening",
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
                        default=functools.partial(common.references.new_reference, *("S",)),
                        editable=False,
                        max_length=12,
                        unique=True,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("with_panel", "With the panel"),
                            ("with_manager", "With the manager: the panel disagrees"),
                            ("decided", "Decided"),
                        ],
                        default="open",
                        max_length=16,
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("opened_at", models.DateTimeField()),
                ("sent_to_panel_at", models.DateTimeField(blank=True, null=True)),
                (
                    "exit",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("mash", "Into the MASH"),
                            ("assessment", "Straight to assessment"),
                            ("strategy", "Straight to strategy discussion"),
                            ("early_help", "Early help"),
                            ("advice", "Advice"),
                            ("allocated", "Allocated worker"),
                            ("other_authority", "Other authority"),
                            ("adult_safeguarding", "Adult safeguarding"),
                            ("lado", "Designated officer (LADO)"),
                            ("no_further_action", "No further action by children's social care"),
                        ],
                        default="",
                        max_length=20,
                    ),
                ),
                (
                    "criteria",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("significant_harm", "May be suffering, or likely to suffer, significant harm"),
                                ("several_agencies", "More than one agency may hold part of the picture"),
                                ("domestic_abuse", "Domestic abuse in the household"),
                                ("repeated", "Repeated contacts about the same child"),
                                ("unexplained_injury", "An injury without a clear explanation"),
                                ("exploitation", "Exploitation or going missing"),
                                ("parent_needs", "A parent's mental health, substance use or learning need"),
                                ("neglect", "Neglect or being left without care"),
                                ("none_met", "None of the criteria is met"),
                            ],
                            max_length=24,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "proposed_colour",
                    models.CharField(
                        blank=True,
                        choices=[("red", "Red"), ("amber", "Amber"), ("green", "Green")],
                        default="",
                        max_length=8,
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "contact",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="screening", to="contacts.contact"
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.membership",
                    ),
                ),
                (
                    "enquiry",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="screenings",
                        to="screening.enquiry",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["state", "opened_at"], name="screening_queue")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                                ("state", "decided"),
                                models.Q(("exit", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state", "decided"), _negated=True),
                                ("decided_at__isnull", True),
                                ("decided_by__isnull", True),
                                ("exit", ""),
                            ),
                            _connector="OR",
                        ),
                        name="screening_decided_when_it_says_so",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="EnquiryGrant",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="grants", to="screening.enquiry"
                    ),
                ),
                ("group", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.group")),
                ("permission", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.permission")),
            ],
            options={
                "abstract": False,
                "unique_together": {("group", "permission", "content_object")},
                "indexes": [models.Index(fields=["content_object", "group"], name="enquiry_grant_probe")],
            },
        ),
        migrations.CreateModel(
            name="Handover",
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
                        default=functools.partial(common.references.new_reference, *("H",)),
                        editable=False,
                        max_length=12,
                        unique=True,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("sent", "Sent, not yet accepted"),
                            ("queried", "Queried"),
                            ("accepted", "Accepted"),
                            ("declined", "Declined"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="sent",
                        max_length=12,
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "exit",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("mash", "Into the MASH"),
                            ("assessment", "Straight to assessment"),
                            ("strategy", "Straight to strategy discussion"),
                            ("early_help", "Early help"),
                            ("advice", "Advice"),
                            ("allocated", "Allocated worker"),
                            ("other_authority", "Other authority"),
                            ("adult_safeguarding", "Adult safeguarding"),
                            ("lado", "Designated officer (LADO)"),
                            ("no_further_action", "No further action by children's social care"),
                        ],
                        default="",
                        help_text="As screening chose it.",
                        max_length=20,
                    ),
                ),
                (
                    "text",
                    models.TextField(
                        help_text="What the team is told; children, concern and reasons as the screener chose."
                    ),
                ),
                ("sent_at", models.DateTimeField()),
                ("taken_at", models.DateTimeField(blank=True, null=True)),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="handovers", to="contacts.contact"
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.membership"
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="handovers", to="agencies.team"
                    ),
                ),
                (
                    "screening",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="handovers", to="screening.screening"
                    ),
                ),
            ],
            options={
                "permissions": [("receive_handover", "Was handed this")],
                "indexes": [
                    models.Index(fields=["team", "state", "sent_at"], name="handover_inbox"),
                    models.Index(
                        condition=models.Q(("state__in", ["queried", "declined", "withdrawn"])),
                        fields=["sent_at", "id"],
                        name="handover_returned",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["sent", "queried", "accepted"])),
                        fields=("screening",),
                        name="one_handover_in_force",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("taken_at__isnull", True), ("taken_by__isnull", True)),
                            models.Q(("taken_at__isnull", False), ("taken_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="handover_taken_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HandoverExchange",
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
                            ("query", "Query of the team"),
                            ("answer", "Answer of the hub"),
                            ("decline", "Why the team declined"),
                        ],
                        max_length=12,
                    ),
                ),
                ("text", models.TextField()),
                ("said_at", models.DateTimeField()),
                (
                    "handover",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="exchanges", to="screening.handover"
                    ),
                ),
                (
                    "said_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.membership"
                    ),
                ),
            ],
            options={
                "ordering": ["said_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="HandoverGrant",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="grants", to="screening.handover"
                    ),
                ),
                ("group", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.group")),
                ("permission", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.permission")),
            ],
            options={
                "abstract": False,
                "unique_together": {("group", "permission", "content_object")},
                "indexes": [models.Index(fields=["content_object", "group"], name="handover_grant_probe")],
            },
        ),
        migrations.CreateModel(
            name="OwnDeadline",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=common.references.new_key, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("due_at", models.DateTimeField()),
                ("reason", models.TextField()),
                ("set_at", models.DateTimeField()),
                (
                    "enquiry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="own_deadlines",
                        to="screening.enquiry",
                    ),
                ),
                (
                    "set_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.membership"
                    ),
                ),
            ],
            options={
                "ordering": ["-set_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Rating",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=common.references.new_key, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "colour",
                    models.CharField(choices=[("red", "Red"), ("amber", "Amber"), ("green", "Green")], max_length=8),
                ),
                ("reason", models.TextField(blank=True, default="")),
                ("rated_at", models.DateTimeField()),
                (
                    "enquiry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="ratings", to="screening.enquiry"
                    ),
                ),
                (
                    "rated_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.membership"
                    ),
                ),
            ],
            options={
                "ordering": ["-rated_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="ScreeningReasons",
            fields=[
                (
                    "screening",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="reasons",
                        serialize=False,
                        to="screening.screening",
                    ),
                ),
                ("text", models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name="PanelView",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=common.references.new_key, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "exit",
                    models.CharField(
                        choices=[
                            ("mash", "Into the MASH"),
                            ("assessment", "Straight to assessment"),
                            ("strategy", "Straight to strategy discussion"),
                            ("early_help", "Early help"),
                            ("advice", "Advice"),
                            ("allocated", "Allocated worker"),
                            ("other_authority", "Other authority"),
                            ("adult_safeguarding", "Adult safeguarding"),
                            ("lado", "Designated officer (LADO)"),
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
                    "given_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.membership"
                    ),
                ),
                (
                    "screening",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="views", to="screening.screening"
                    ),
                ),
            ],
            options={
                "ordering": ["given_at", "id"],
                "constraints": [models.UniqueConstraint(fields=("screening", "agency"), name="one_view_per_agency")],
            },
        ),
        migrations.CreateModel(
            name="ChildScreening",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=common.references.new_key, editable=False, primary_key=True, serialize=False
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="screenings", to="contacts.subject"
                    ),
                ),
                (
                    "screening",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="children", to="screening.screening"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("screening", "subject"), name="level_once_per_child")],
            },
        ),
    ]
