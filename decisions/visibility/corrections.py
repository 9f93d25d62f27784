"""Who sees a correction that was passed on."""

from __future__ import annotations

from django.db.models import Q

from agencies.access.conditions import EVERYTHING, NOTHING
from agencies.access.firewall import rule, within
from agencies.access.viewer import Viewer
from agencies.choices import Role
from contacts.visibility import worked_on
from decisions.models import AskedThrough, CorrectionNotice, MashSummary
from information_sharing.models import InformationRequest
from screening.models import Handover

OUTSIDE_THE_HUB = Q(feedback__isnull=False) | Q(letter__isnull=False)
"""To somebody without an account: the front door tells them."""


@rule(CorrectionNotice, contact="contact_id")
def notice_rule(viewer: Viewer) -> Q:
    """As what they were told by: an agency its request's, a team its handover's or summary's; the hub as those."""
    if viewer.has(Role.MANAGER):
        return EVERYTHING
    seen = NOTHING
    if viewer.has(Role.FRONT_DOOR):
        seen |= OUTSIDE_THE_HUB | Q(handover__isnull=False)
    seen |= worked_on(viewer, worker="contact__social_worker_id", enquiry="contact__enquiry_id")
    if viewer.has(Role.RESEARCHER, Role.LEAD):
        seen |= Q(agency_id=viewer.agency_id) & within(InformationRequest, viewer, path="request")
    if viewer.team_id is not None:
        own = within(Handover, viewer, path="handover") | within(MashSummary, viewer, path="summary")
        seen |= Q(team_id=viewer.team_id) & own
    return seen


@rule(AskedThrough, enquiry="request__enquiry_id")
def asked_through_rule(viewer: Viewer) -> Q:
    """As the request, to those who answer for the enquiry."""
    if viewer.has(Role.MANAGER):
        return EVERYTHING
    return worked_on(viewer, worker="request__social_worker_id", enquiry="request__enquiry_id")
