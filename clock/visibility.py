"""Who may see which deadline. A record's page shows its clocks by the record's own rule (`deadlines_for`)."""

from __future__ import annotations

from django.db.models import Q

from agencies.access.conditions import EVERYTHING
from agencies.access.firewall import Kind, classify, rule, within
from agencies.access.viewer import Viewer
from agencies.choices import Role, SystemRole
from clock.choices import Colour, Measure
from clock.models import BankHoliday, BreachReason, Closure, Deadline, Escalation, Heartbeat, LadderStep, RatingPolicy

classify(Kind.POLICY, RatingPolicy, BankHoliday, Closure, LadderStep)
classify(Kind.REFERENCE, Heartbeat)

HEADER = (
    Measure.FIRST_SIGHT,
    Measure.STATUTORY_STEP,
    Measure.ACKNOWLEDGEMENT,
    Measure.DECISION,
    Measure.FEEDBACK,
    Measure.FEEDBACK_SCHOOL,
)
"""What the header of a contact or an enquiry shows; the clocks of agencies say who was asked and are not among them."""

ASKED = (Measure.FIRST_WORD, Measure.FULL_ANSWER, Measure.CONFIRMATION, Measure.CORRECTION)
OF_DANGER = (Measure.CONVENING, Measure.DISCUSSION, Measure.SAFE_UNTIL)
"""Whoever may lead or raise protective work has its clocks, as they have those of a first sight."""

OF_LETTERS = (Measure.LETTER, Measure.UNDELIVERED, Measure.CAME_BACK)
"""Whoever writes to families and referrers has its clocks; nobody else learns that a letter is owed."""

CORRECTED_AT_THE_DOOR = ("correction", "correction_said")
"""What the front door passes on or says. That an agency had been told is not for the front door to learn."""

OF_HUB = (
    ((Role.FRONT_DOOR, Role.SCREENER), HEADER),
    ((Role.FRONT_DOOR, Role.SOCIAL_WORKER, Role.OUT_OF_HOURS), OF_DANGER),
    ((Role.FRONT_DOOR,), OF_LETTERS),
    ((Role.SOCIAL_WORKER,), (Measure.FIRST_SIGHT, Measure.STATUTORY_STEP)),
)
"""Clocks of the hub that open by role and measure alone."""


@rule(Deadline, contact="case_id", enquiry="case_id")
def deadline_rule(viewer: Viewer) -> Q:
    """Open the hub's clocks by role, an agency's to its researchers and leads, a team's to its receiving workers."""
    if viewer.has(Role.MANAGER, SystemRole.CLOCK):
        return EVERYTHING
    measures = {measure for roles, measures in OF_HUB if viewer.has(*roles) for measure in measures}
    opened = Q(measure__in=measures)
    if viewer.has(Role.SOCIAL_WORKER):
        opened |= Q(membership_id=viewer.membership_id)
        opened |= Q(enquiry_id__in=viewer.case_access.stands_in)
    if viewer.has(Role.FRONT_DOOR):
        opened |= Q(measure=Measure.CORRECTION, subject_kind__in=CORRECTED_AT_THE_DOOR)
    if viewer.has(Role.OUT_OF_HOURS):
        opened |= Q(measure__in=HEADER, colour=Colour.RED)
    if viewer.has(Role.RESEARCHER, Role.LEAD):
        opened |= Q(agency_id=viewer.agency_id, measure__in=ASKED)
    if viewer.has(Role.LEAD):  # A researcher who did not seal it must not learn from a clock that something is sealed.
        opened |= Q(agency_id=viewer.agency_id, measure=Measure.SAFETY_INSTRUCTION)
    if viewer.team_id is not None:
        opened |= Q(team_id=viewer.team_id, subject_kind="correction_read")  # The rest as the record that runs by it.
    return opened


@rule(BreachReason, contact="deadline__case_id", enquiry="deadline__case_id")
def reason_rule(viewer: Viewer) -> Q:
    """Open reasons to the manager, and to whoever gave them where they still see the clock."""
    if viewer.has(Role.MANAGER):
        return EVERYTHING
    return Q(given_by_id=viewer.membership_id) & within(Deadline, viewer, path="deadline_id")


@rule(Escalation)
def escalation_rule(viewer: Viewer) -> Q:
    """Open the steps taken to whoever may see the deadline."""
    return within(Deadline, viewer, path="deadline_id")
