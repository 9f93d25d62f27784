"""Reads of what is confidential: the marker for the decision team, the items for the manager with a purpose."""

from __future__ import annotations

import uuid
from datetime import datetime

from agencies.access import firewall, roles
from agencies.access.viewer import Viewer
from agencies.choices import Role
from agencies.models import Membership
from agencies.queries import members_holding
from common.errors import NotVisible
from information_sharing.choices import Handling, InstructionState
from information_sharing.models import HeldMarker, InformationRequest, Item, SafetyInstruction, SealedReader
from information_sharing.queries.items import ItemSeen, read_items
from screening.models import Enquiry


def has_marker(viewer: Viewer, enquiry: Enquiry) -> bool:
    """Say whether the viewer may know that something confidential is held, and something is."""
    return HeldMarker.objects.visible_to(viewer).filter(pk=enquiry.pk).exists()


def sealed_count(viewer: Viewer, enquiry: Enquiry) -> int:
    """Return how many sealed items the viewer may open: a number for the manager, nought for everyone below."""
    if not viewer.has(Role.MANAGER):
        return 0
    rows = Item.objects.filter(enquiry_id=enquiry.pk, handling=Handling.MANAGER_ONLY)
    return rows.visible_to(viewer).given().count()


def sealed_items(viewer: Viewer, enquiry: Enquiry, *, purpose: str, at: datetime) -> list[ItemSeen]:
    """Return the sealed items of an enquiry to the manager, and record the reading with its purpose.

    Raises:
        NotPermitted: the viewer is not the manager.
    """
    roles.require(viewer, Role.MANAGER)
    rows = Item.objects.filter(enquiry_id=enquiry.pk, handling=Handling.MANAGER_ONLY).visible_to(viewer).given()
    return read_items(
        viewer, rows, at=at, page="sealed", reference=enquiry.reference, enquiry=enquiry.pk, purpose=purpose
    )


def get_sealed_item(viewer: Viewer, enquiry: Enquiry, item_id: uuid.UUID) -> Item:
    """Return one sealed item of an enquiry.

    Raises:
        NotVisible: there is none for this viewer.
    """
    rows = Item.objects.select_related("request", "agency")
    item: Item = firewall.fetch(rows, viewer, pk=item_id, enquiry_id=enquiry.pk, handling=Handling.MANAGER_ONLY)
    return item


def instructions_of(viewer: Viewer, enquiry: Enquiry) -> list[SafetyInstruction]:
    """Return the safety instructions of an enquiry that the viewer may see, the latest first."""
    rows = SafetyInstruction.objects.filter(item__enquiry_id=enquiry.pk).visible_to(viewer)
    return list(rows.select_related("agency", "item__request").order_by("-proposed_at", "id"))


MAY_GO_OUT = (InstructionState.AGREED, InstructionState.DECIDED)


def agreed_instructions(viewer: Viewer, enquiry: Enquiry) -> list[SafetyInstruction]:
    """Return the instructions that their owners agreed, or the manager decided; only `agreed_text` may go out."""
    if not viewer.has(Role.MANAGER):
        return []
    return [one for one in instructions_of(viewer, enquiry) if one.state in MAY_GO_OUT]


def get_instruction(viewer: Viewer, reference: str) -> SafetyInstruction:
    """Return one safety instruction.

    Raises:
        NotVisible: there is none for this viewer.
    """
    rows = SafetyInstruction.objects.select_related("agency")  # The item itself is not for the lead.
    return firewall.fetch(rows, viewer, reference=reference)


def instruction_item(viewer: Viewer, instruction: SafetyInstruction, *, at: datetime) -> ItemSeen | None:
    """Return the sealed item behind an instruction to its own agency, where the viewer may read it.

    A lead who was not named may not; the manager opens it on the page of what is confidential, with the password.
    """
    if viewer.agency_id != instruction.agency_id or viewer.group_id is None:
        return None
    rows = Item.objects.filter(pk=instruction.item_id).visible_to(viewer)
    found = read_items(viewer, rows, at=at, page="instruction", reference=instruction.reference, purpose="instruction")
    return found[0] if found else None


def readers_of(viewer: Viewer, request: InformationRequest) -> list[Membership]:
    """Return whom the lead named on a request, as far as the viewer may see it."""
    rows = SealedReader.objects.filter(request_id=request.pk).visible_to(viewer)
    return [row.membership for row in rows.select_related("membership__user").order_by("named_at", "id")]


def possible_readers(viewer: Viewer, request: InformationRequest, *, at: datetime) -> list[Membership]:
    """Return whom a lead may name: researchers and leads of the same agency, not the lead and not twice.

    Raises:
        NotVisible: the viewer is not a lead of the agency that was asked.
    """
    if not viewer.has(Role.LEAD) or viewer.agency_id != request.agency_id:
        raise NotVisible
    named = {membership.pk for membership in readers_of(viewer, request)}
    members = members_holding(Role.RESEARCHER, Role.LEAD, at=at, agency_id=request.agency_id)
    return [one for one in members if one.pk != viewer.membership_id and one.pk not in named]
