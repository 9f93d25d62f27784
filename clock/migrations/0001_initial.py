"""The tables of clock."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import common.references


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("agencies", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Closure",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=common.references.new_key, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("day", models.DateField(unique=True)),
                ("name", models.CharField(max_length=80)),
            ],
        ),
        migrations.CreateModel(
            name="Heartbeat",
            fields=[
                ("name", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="BankHoliday",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=common.references.new_key, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "nation",
                    models.CharField(
                        choices=[
                            ("ENG", "England"),
                            ("WLS", "Wales"),
                            ("SCT", "Scotland"),
                            ("NIR", "Northern Ireland"),
                        ],
                        max_length=3,
                    ),
                ),
                ("day", models.DateField()),
                ("name", models.CharField(max_length=80)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("nation", "day"), name="bank_holiday_once")],
            },
        ),
        migrations.CreateModel(
            name="LadderStep",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=common.references.new_key, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "measure",
                    models.CharField(
                        choices=[
                            ("first_sight", "First social work review"),
                            ("statutory_step", "Next step decided and referrer told"),
                            ("acknowledgement", "Acknowledgement by the allocated worker"),
                            ("first_word", "First response"),
                            ("full_answer", "Full answer"),
                            ("decision", "Decision"),
                            ("acceptance", "Acceptance by the receiving team"),
                            ("release_again", "Release again, or decide otherwise, after a summary came back"),
                            ("feedback", "Feedback to the referrer"),
                            ("feedback_school", "Feedback to the school"),
                            ("safety_instruction", "Wording of the safety instruction"),
                        ],
                        max_length=24,
                    ),
                ),
                (
                    "colour",
                    models.CharField(
                        blank=True,
                        choices=[("red", "Red"), ("amber", "Amber"), ("green", "Green")],
                        default="",
                        help_text="Empty: any.",
                        max_length=8,
                    ),
                ),
                ("level", models.PositiveSmallIntegerField()),
                ("minutes", models.IntegerField(help_text="After it is due; below zero before.")),
                ("in_hub_hours", models.BooleanField(default=False)),
                (
                    "who",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("worker", "The assigned worker"),
                                ("researchers", "Researchers of the owing agency"),
                                ("leads", "Leads of the owing agency"),
                                ("team", "The receiving team"),
                                ("social_workers", "Social workers of the hub"),
                                ("front_door", "Front door"),
                                ("managers", "MASH managers"),
                                ("out_of_hours", "Out of hours"),
                            ],
                            max_length=16,
                        ),
                        size=None,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("measure", "colour", "level"), name="ladder_step_once"),
                    models.CheckConstraint(
                        condition=models.Q(("in_hub_hours", False), ("minutes__gte", 0), _connector="OR"),
                        name="ladder_warns_in_real_time",
                    ),
                    models.CheckConstraint(condition=models.Q(("who__len__gt", 0)), name="ladder_tells_someone"),
                ],
            },
        ),
        migrations.CreateModel(
            name="RatingPolicy",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=common.references.new_key, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "measure",
                    models.CharField(
                        choices=[
                            ("first_sight", "First social work review"),
                            ("statutory_step", "Next step decided and referrer told"),
                            ("acknowledgement", "Acknowledgement by the allocated worker"),
                            ("first_word", "First response"),
                            ("full_answer", "Full answer"),
                            ("decision", "Decision"),
                            ("acceptance", "Acceptance by the receiving team"),
                            ("release_again", "Release again, or decide otherwise, after a summary came back"),
                            ("feedback", "Feedback to the referrer"),
                            ("feedback_school", "Feedback to the school"),
                            ("safety_instruction", "Wording of the safety instruction"),
                        ],
                        max_length=24,
                    ),
                ),
                (
                    "colour",
                    models.CharField(
                        blank=True,
                        choices=[("red", "Red"), ("amber", "Amber"), ("green", "Green")],
                        default="",
                        help_text="Empty: any.",
                        max_length=8,
                    ),
                ),
                (
                    "unit",
                    models.CharField(
                        choices=[
                            ("elapsed_minutes", "Elapsed time"),
                            ("open_day_minutes", "Elapsed time without closed days"),
                            ("hub_minutes", "Hub hours"),
                            ("working_days", "Working days"),
                            ("day_minutes", "By a time of the same day"),
                        ],
                        max_length=24,
                    ),
                ),
                (
                    "quantity",
                    models.PositiveIntegerField(help_text="Minutes, working days, or minutes after midnight."),
                ),
                (
                    "start",
                    models.CharField(
                        choices=[
                            ("arrival", "Arrival at the hub"),
                            ("first_rating", "First rating"),
                            ("sending", "Sending"),
                            ("ending", "Ending"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "waits_for_opening",
                    models.BooleanField(help_text="A start outside hub hours counts from the next opening."),
                ),
                ("runs_past_closing", models.BooleanField(help_text="Elapsed time goes on after the hub has closed.")),
                ("effective_from", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("measure", "colour", "effective_from"), name="policy_once"),
                    models.CheckConstraint(
                        condition=models.Q(("quantity__gt", 0), ("unit", "working_days"), _connector="OR"),
                        name="policy_gives_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("unit", "day_minutes"), _negated=True), ("quantity__lt", 1440), _connector="OR"
                        ),
                        name="policy_time_of_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("unit__in", ("hub_minutes", "working_days", "day_minutes")), _negated=True),
                            models.Q(("runs_past_closing", False), ("waits_for_opening", True)),
                            _connector="OR",
                        ),
                        name="policy_hub_units_keep_hub_hours",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Deadline",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=common.references.new_key, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("subject_kind", models.CharField(max_length=32)),
                ("subject_id", models.UUIDField()),
                ("subject_reference", models.CharField(max_length=32)),
                ("enquiry_id", models.UUIDField(null=True)),
                ("enquiry_reference", models.CharField(blank=True, default="", max_length=32)),
                (
                    "measure",
                    models.CharField(
                        choices=[
                            ("first_sight", "First social work review"),
                            ("statutory_step", "Next step decided and referrer told"),
                            ("acknowledgement", "Acknowledgement by the allocated worker"),
                            ("first_word", "First response"),
                            ("full_answer", "Full answer"),
                            ("decision", "Decision"),
                            ("acceptance", "Acceptance by the receiving team"),
                            ("release_again", "Release again, or decide otherwise, after a summary came back"),
                            ("feedback", "Feedback to the referrer"),
                            ("feedback_school", "Feedback to the school"),
                            ("safety_instruction", "Wording of the safety instruction"),
                        ],
                        max_length=24,
                    ),
                ),
                (
                    "colour",
                    models.CharField(
                        blank=True,
                        choices=[("red", "Red"), ("amber", "Amber"), ("green", "Green")],
                        default="",
                        max_length=8,
                    ),
                ),
                (
                    "started_at",
                    models.DateTimeField(help_text="The moment that the policy counts from, such as arrival."),
                ),
                ("policy_due_at", models.DateTimeField()),
                ("own_due_at", models.DateTimeField(null=True)),
                ("safe_until", models.DateTimeField(null=True)),
                ("due_at", models.DateTimeField()),
                (
                    "explanation",
                    models.JSONField(default=dict, help_text="Sentences on the policy, then on what comes before it."),
                ),
                ("created_at", models.DateTimeField()),
                ("met_at", models.DateTimeField(null=True)),
                ("cancelled_at", models.DateTimeField(null=True)),
                ("next_check_at", models.DateTimeField(help_text="When the ladder's next step is reached.", null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "agency",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency"
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
                    "replaces",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="clock.deadline",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.team"
                    ),
                ),
                (
                    "policy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clock.ratingpolicy"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("cancelled_at__isnull", True), ("met_at__isnull", True)),
                        fields=["next_check_at"],
                        name="deadline_to_check",
                    ),
                    models.Index(
                        condition=models.Q(("cancelled_at__isnull", True), ("met_at__isnull", True)),
                        fields=["agency", "due_at"],
                        name="deadline_of_agency",
                    ),
                    models.Index(
                        condition=models.Q(("cancelled_at__isnull", True), ("met_at__isnull", True)),
                        fields=["team", "due_at"],
                        name="deadline_of_team",
                    ),
                    models.Index(
                        condition=models.Q(("cancelled_at__isnull", True), ("met_at__isnull", True)),
                        fields=["membership", "due_at"],
                        name="deadline_of_worker",
                    ),
                    models.Index(
                        condition=models.Q(("cancelled_at__isnull", True), ("met_at__isnull", True)),
                        fields=["due_at"],
                        name="deadline_open",
                    ),
                    models.Index(
                        condition=models.Q(("cancelled_at__isnull", True), ("met_at__isnull", True)),
                        fields=["measure", "subject_id"],
                        name="deadline_open_measure",
                    ),
                    models.Index(fields=["subject_id"], name="deadline_subject"),
                    models.Index(fields=["enquiry_id"], name="deadline_enquiry"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("cancelled_at__isnull", True), ("met_at__isnull", True)),
                        fields=("subject_kind", "subject_id", "measure"),
                        name="deadline_open_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("met_at__isnull", True), ("cancelled_at__isnull", True), _connector="OR"),
                        name="deadline_met_or_cancelled",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("due_at__lte", models.F("policy_due_at"))),
                        name="deadline_never_past_its_policy",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BreachReason",
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
                    "deadline",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="breach_reasons", to="clock.deadline"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["deadline", "given_at"], name="breach_reason_of_deadline")],
            },
        ),
        migrations.CreateModel(
            name="Escalation",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=common.references.new_key, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("level", models.PositiveSmallIntegerField()),
                ("at", models.DateTimeField()),
                (
                    "deadline",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="escalations", to="clock.deadline"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("deadline", "level"), name="escalation_once")],
            },
        ),
    ]
