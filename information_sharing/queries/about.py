"""Whom a request or a safety instruction is about, for the head of its pages: as far as the viewer sees them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from agencies.access import transitions
from agencies.access.roles import ASKED
from agencies.access.viewer import Viewer
from common.work import People
from contacts.queries import lines_about, people_named
from information_sharing.queries.work import children_of_requests

if TYPE_CHECKING:
    from information_sharing.models import InformationRequest, SafetyInstruction


def request_about(viewer: Viewer, asked: InformationRequest, *, at: datetime) -> People:
    """Return whom a request is about: to the agency the children that it was asked about, to the hub the enquiry's."""
    if ASKED in transitions.roles_on(asked, viewer):
        return people_named(children_of_requests(viewer, [asked.pk], at=at).get(asked.pk, []))
    return lines_about(viewer, enquiries=[asked.enquiry_id], at=at).enquiry(asked.enquiry_id)


def instruction_about(viewer: Viewer, instruction: SafetyInstruction, *, at: datetime) -> People:
    """Return whom a safety instruction is about, to the hub; the agency reads of whom its own item speaks."""
    return lines_about(viewer, enquiries=[instruction.kept_with], at=at).enquiry(instruction.kept_with)
