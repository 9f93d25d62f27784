"""What the clock keeps: policies, closed days, deadlines, the ladder and its steps taken."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from agencies.choices import Nation
from agencies.models import Agency, HubSettings, Membership, Team
from agencies.querysets import CaseQuerySet
from clock.choices import Colour, Loop, Measure, Start, Unit, Who
from clock.querysets import DeadlineQuerySet, FailedRowQuerySet, LadderQuerySet, PolicyQuerySet
from clock.rules.calendar import Calendar
from clock.rules.due import Allowance
from clock.rules.ladder import Step
from common.known import known
from common.references import new_key

OPEN = Q(met_at__isnull=True, cancelled_at__isnull=True)
HUB_UNITS = (Unit.HUB_HOURS, Unit.WORKING_DAYS, Unit.TIME_OF_DAY)


def hub_calendar() -> Calendar:
    """Return the hub's hours and closed days as they stand now."""
    hub = HubSettings.objects.values("nation", "opens_at", "closes_at").first()
    nation = hub["nation"] if hub else Nation.ENGLAND
    holidays = BankHoliday.objects.filter(nation=nation).values_list("day", flat=True)
    closed = frozenset(holidays.union(Closure.objects.values_list("day", flat=True), all=True))
    return Calendar(hub["opens_at"], hub["closes_at"], closed) if hub else Calendar(closed_days=closed)


class RatingPolicy(models.Model):
    """How long a measure may take, from a date on. Never edited: a change is a new row."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    measure = models.CharField(max_length=24, choices=Measure.choices)
    colour = models.CharField(max_length=8, choices=Colour.choices, blank=True, default="", help_text="Empty: any.")
    unit = models.CharField(max_length=24, choices=Unit.choices)
    quantity = models.PositiveIntegerField(help_text="Minutes, working days, or minutes after midnight.")
    start = models.CharField(max_length=16, choices=Start.choices)
    waits_for_opening = models.BooleanField(help_text="A start outside hub hours counts from the next opening.")
    runs_past_closing = models.BooleanField(help_text="Elapsed time goes on after the hub has closed.")
    effective_from = models.DateTimeField()

    objects = PolicyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["measure", "colour", "effective_from"], name="policy_once"),
            models.CheckConstraint(condition=Q(quantity__gt=0) | Q(unit=Unit.WORKING_DAYS), name="policy_gives_time"),
            models.CheckConstraint(
                condition=~Q(unit=Unit.TIME_OF_DAY) | Q(quantity__lt=1440), name="policy_time_of_day"
            ),
            models.CheckConstraint(
                condition=~Q(unit__in=HUB_UNITS) | Q(waits_for_opening=True, runs_past_closing=False),
                name="policy_hub_units_keep_hub_hours",
            ),
            known("measure", Measure, "policy_measure_known"),
            known("colour", Colour, "policy_colour_known", blank=True),
            known("unit", Unit, "policy_unit_known"),
            known("start", Start, "policy_start_known"),
        ]

    def __str__(self) -> str:
        return f"{self.measure} {self.colour} {self.effective_from:%Y-%m-%d}"

    @property
    def allowance(self) -> Allowance:
        """The time it gives, as the rules take it."""
        return Allowance(self.unit, self.quantity, self.waits_for_opening, self.runs_past_closing)

    @property
    def words(self) -> str:
        """The first sentence of every explanation: "Decision, Red: 4 hours, also past closing time, from arrival…"."""
        rated = f", {Colour(self.colour).label}" if self.colour else ""
        start = str(Start(self.start).label)
        return f"{Measure(self.measure).label}{rated}: {self.allowance.words}, from {start[:1].lower()}{start[1:]}."


class BankHoliday(models.Model):
    """A bank holiday of one nation."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    nation = models.CharField(max_length=3, choices=Nation.choices)
    day = models.DateField()
    name = models.CharField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["nation", "day"], name="bank_holiday_once")]

    def __str__(self) -> str:
        return f"{self.nation} {self.day}"


class Closure(models.Model):
    """A day on which this hub stays closed though it is no bank holiday."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    day = models.DateField(unique=True)
    name = models.CharField(max_length=80)

    def __str__(self) -> str:
        return str(self.day)


class Deadline(models.Model):
    """Something that is due. What decides `due_at` never changes in a row: a new row replaces it."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    subject_kind = models.CharField(max_length=32)
    subject_id = models.UUIDField()
    subject_reference = models.CharField(max_length=32)
    case_id = models.UUIDField(help_text="The contact or the enquiry that closes it where a conflict of interest does.")
    enquiry_id = models.UUIDField(null=True, help_text="Whose clocks move together, and open to its social worker.")
    enquiry_reference = models.CharField(max_length=32, blank=True, default="")
    measure = models.CharField(max_length=24, choices=Measure.choices)
    colour = models.CharField(max_length=8, choices=Colour.choices, blank=True, default="")
    agency = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, null=True, on_delete=models.PROTECT, related_name="+")
    membership = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")
    policy = models.ForeignKey(RatingPolicy, on_delete=models.PROTECT, related_name="+")
    replaces = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="replaced_by")
    started_at = models.DateTimeField(help_text="The moment that the policy counts from, such as arrival.")
    policy_due_at = models.DateTimeField()
    own_due_at = models.DateTimeField(null=True)
    safe_until = models.DateTimeField(null=True)
    due_at = models.DateTimeField()
    explanation = models.JSONField(default=dict, help_text="Sentences on the policy, then on what comes before it.")
    created_at = models.DateTimeField()
    met_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    next_check_at = models.DateTimeField(null=True, help_text="When the ladder's next step is reached.")
    version = models.PositiveIntegerField(default=1)

    objects = DeadlineQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id", "measure"], condition=OPEN, name="deadline_open_once"
            ),
            models.CheckConstraint(
                condition=Q(met_at__isnull=True) | Q(cancelled_at__isnull=True), name="deadline_met_or_cancelled"
            ),
            models.CheckConstraint(condition=Q(due_at__lte=F("policy_due_at")), name="deadline_never_past_its_policy"),
            known("measure", Measure, "deadline_measure_known"),
            known("colour", Colour, "deadline_colour_known", blank=True),
        ]
        indexes = [
            models.Index(fields=["next_check_at"], condition=OPEN, name="deadline_to_check"),
            models.Index(fields=["agency", "due_at"], condition=OPEN, name="deadline_of_agency"),
            models.Index(fields=["team", "due_at"], condition=OPEN, name="deadline_of_team"),
            models.Index(fields=["membership", "due_at"], condition=OPEN, name="deadline_of_worker"),
            models.Index(fields=["due_at"], condition=OPEN, name="deadline_open"),
            models.Index(fields=["measure", "subject_id"], condition=OPEN, name="deadline_open_measure"),
            models.Index(fields=["subject_id"], name="deadline_subject"),
            models.Index(fields=["enquiry_id"], name="deadline_enquiry"),
        ]

    def __str__(self) -> str:
        return f"{self.subject_reference} {self.measure}"

    @property
    def sentences(self) -> list[str]:
        """The answer to "why this deadline?"."""
        return [*self.explanation.get("policy", []), *self.explanation.get("act_by", [])]

    @property
    def is_open(self) -> bool:
        """Say whether it still runs."""
        return self.met_at is None and self.cancelled_at is None


class BreachReason(models.Model):
    """Why a deadline was missed: a row of its own, because fewer people may read it than the deadline."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    deadline = models.ForeignKey(Deadline, on_delete=models.PROTECT, related_name="breach_reasons")
    text = models.TextField()
    given_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()

    objects = CaseQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["deadline", "given_at"], name="breach_reason_of_deadline")]

    def __str__(self) -> str:
        return f"breach {self.deadline_id}"


class LadderStep(models.Model):
    """Who is told, how long before or after something is due."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    measure = models.CharField(max_length=24, choices=Measure.choices)
    colour = models.CharField(max_length=8, choices=Colour.choices, blank=True, default="", help_text="Empty: any.")
    level = models.PositiveSmallIntegerField()
    minutes = models.IntegerField(help_text="After it is due; below zero before.")
    in_hub_hours = models.BooleanField(default=False)
    who = ArrayField(models.CharField(max_length=16, choices=Who.choices))

    objects = LadderQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["measure", "colour", "level"], name="ladder_step_once"),
            models.CheckConstraint(
                condition=Q(in_hub_hours=False) | Q(minutes__gte=0), name="ladder_warns_in_real_time"
            ),
            models.CheckConstraint(condition=Q(who__len__gt=0), name="ladder_tells_someone"),
            known("measure", Measure, "ladder_measure_known"),
            known("colour", Colour, "ladder_colour_known", blank=True),
            models.CheckConstraint(condition=Q(who__contained_by=Who.values), name="ladder_who_known"),
        ]

    def __str__(self) -> str:
        return f"{self.measure} {self.colour} {self.level}"

    @property
    def step(self) -> Step:
        """The step as the rules take it."""
        return Step(self.level, self.minutes, self.in_hub_hours, tuple(self.who))


class Escalation(models.Model):
    """A step of the ladder that was taken for a deadline: once, whoever sweeps."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    deadline = models.ForeignKey(Deadline, on_delete=models.PROTECT, related_name="escalations")
    level = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["deadline", "level"], name="escalation_once")]

    def __str__(self) -> str:
        return f"{self.deadline_id} {self.level}"


class FailedRow(models.Model):
    """A row that a loop of the worker could not handle: tried again after a pause, set aside after five tries.

    Neither reference nor text: the row is named by its random key, the failure by its type.
    """

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    loop = models.CharField(max_length=32, choices=Loop.choices)
    row = models.UUIDField(help_text="The key of the row, in the table that the loop goes over.")
    tries = models.PositiveIntegerField()
    error = models.CharField(max_length=64, help_text="The type of the failure; its text may name somebody.")
    failed_at = models.DateTimeField()
    again_at = models.DateTimeField(help_text="Not tried before.")
    set_aside_at = models.DateTimeField(null=True, help_text="When it had failed so often that people were told.")

    objects = FailedRowQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["loop", "row"], name="failed_row_once"),
            known("loop", Loop, "failed_row_loop_known"),
        ]

    def __str__(self) -> str:
        return f"{self.loop} {self.row}"


class Heartbeat(models.Model):
    """The last time that a part of the machinery was seen at work."""

    name = models.CharField(primary_key=True, max_length=32)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
