"""The release: the manager confirms, and from this moment the summary is frozen and its team may read it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from django.contrib.auth.models import Permission
from django.db import transaction

import clock.actions as clock
import information_sharing.queries
import screening.actions
from agencies.access import roles, transitions
from agencies.access.closed import is_recipient_excluded
from agencies.access.viewer import Viewer
from agencies.choices import Role
from clock.choices import Measure, Start
from clock.rules.subject import Owing, Subject
from common.errors import NotVisible, RuleBroken
from common.leaks import refuse_leaks
from contacts.reads.worker import whom_to_ring
from decisions.actions.preparing import TEXTS, SummaryDraft, require_whole
from decisions.actions.stage import not_now
from decisions.choices import DoorQuestion
from decisions.grants import SummaryGrant
from decisions.mail import notices
from decisions.models import MashSummary, SummaryChild, SummaryInstruction, SummaryPlaces
from decisions.reads.children import children_told
from decisions.reads.coverage import UNDER_WAY, coverage_of
from decisions.reads.enquiry import decision_in_force, passable_items, unopened_sealed
from decisions.reads.leaks import of_enquiry
from decisions.reads.places import places_for_visitor
from decisions.reads.reported import report_for_team
from decisions.transitions import SUMMARY
from information_sharing.queries.items import read_items
from notices.actions import notify_holders
from screening.choices import EnquiryState
from screening.models import Enquiry

LONGEST_RING = 200


@dataclass(frozen=True)
class Door:
    """Does anyone who meets this child or knocks on this door need to know something?

    Attributes:
        question: yes or no, as in `DoorQuestion`; never preselected.
        agreed: references of safety instructions whose words their owners agreed.
        own_words: words of the manager that rest on nothing confidential.
        own_words_rest_on_nothing_sealed: the manager says so.
    """

    question: str
    agreed: Sequence[str] = ()
    own_words: str = ""
    own_words_rest_on_nothing_sealed: bool = False


@transaction.atomic
def release_summary(summary: MashSummary, door: Door, *, viewer: Viewer, at: datetime, version: int) -> MashSummary:
    """Send a summary to its team: freeze the items that are still cleared, open it to the team, start its clock.

    Raises:
        NotPermitted: the viewer is not the manager.
        MoveNotAllowed: it has gone out already, or the decision it belongs to was replaced.
        StaleRecord: somebody changed it since the manager read it.
        RuleBroken: a part is missing, or an item may not be passed on any more.
    """
    roles.require(viewer, Role.MANAGER)
    enquiry = transitions.lock(Enquiry(pk=summary.enquiry_id), viewer=viewer)
    locked = transitions.lock(summary, viewer=viewer, version=version)
    if locked.state in UNDER_WAY:
        _require_current(enquiry, locked, viewer)
        texts = {name: getattr(locked, name) for name in TEXTS}
        require_whole(SummaryDraft(texts, locked.family_told))
        _keep_instruction(locked, enquiry, door, viewer=viewer, at=at)
        _check_leaks(locked, texts, viewer)
        _freeze_children(locked, enquiry, viewer=viewer)
        _keep_places(locked, enquiry, viewer=viewer)
        _freeze_items(locked, viewer=viewer, at=at)
    released = transitions.apply(
        summary,
        "summary.released",
        table=SUMMARY,
        viewer=viewer,
        at=at,
        version=version,
        details={"items": locked.items.count(), "children": locked.children.count()},
        released_at=at,
        released_by_id=viewer.membership_id,
        door_question=door.question,
        report=report_for_team(viewer, enquiry.pk, {child.subject_id for child in locked.children.all()}),
        whom_to_ring=whom_to_ring(enquiry.pk, enquiry.social_worker)[:LONGEST_RING],
    )
    _open_to_team(released)
    _start_clock(released, enquiry, at=at)
    notify_holders(notices.released(released), Role.RECEIVING_WORKER, team_id=released.team_id, at=at)
    if enquiry.state == EnquiryState.DECIDED and coverage_of(viewer, released.decision).is_all_out:
        screening.actions.mark_released(enquiry, viewer=viewer, at=at)
    return released


def _check_leaks(summary: MashSummary, texts: Mapping[str, str], viewer: Viewer) -> None:
    """Hold what goes out against all that the manager may read: what is sealed is not known to whoever wrote it."""
    chosen = set(summary.items.values_list("item_id", flat=True))
    words = "\n\n".join(SummaryInstruction.objects.filter(summary=summary).values_list("text", flat=True))
    checked = of_enquiry(viewer, summary.enquiry_id, chosen)
    refuse_leaks({**texts, "own_words": words}, checked.forbidden, checked.permitted)


def _require_current(enquiry: Enquiry, summary: MashSummary, viewer: Viewer) -> None:
    current = decision_in_force(viewer, enquiry)
    if enquiry.state not in (EnquiryState.DECIDED, EnquiryState.RELEASED):
        raise not_now(enquiry)
    if is_recipient_excluded(enquiry.reference, team_id=summary.team_id):
        raise RuleBroken("A conflict of interest excludes that team from this enquiry. Choose another team.")
    if current is None or summary.decision_id != current.pk:
        raise not_now(enquiry, because="It was decided again since this summary was prepared: prepare a new one.")


def _keep_instruction(summary: MashSummary, enquiry: Enquiry, door: Door, *, viewer: Viewer, at: datetime) -> None:
    if door.question not in DoorQuestion.values:
        raise RuleBroken(
            "Answer whether anyone who meets this child or knocks on this door needs to know something.",
            field="door_question",
        )
    own = door.own_words.strip()
    if door.question == DoorQuestion.NO:
        if own or door.agreed:
            raise RuleBroken("You answered no: take the instruction out, or answer yes.", field="door_question")
        if unopened_sealed(enquiry):
            raise RuleBroken(
                "Confidential information is held on this enquiry that you have not opened. Open it before you say "
                "that nobody at the door needs to know something.",
                field="door_question",
            )
        return
    if own and not door.own_words_rest_on_nothing_sealed:
        raise RuleBroken(
            "Say that these words rest on nothing confidential. Words that do are agreed with their owner first.",
            field="own_words_clean",
        )
    agreed = {
        row.reference: row.agreed_text for row in information_sharing.queries.agreed_instructions(viewer, enquiry)
    }
    if not set(door.agreed) <= set(agreed):
        raise NotVisible
    words = [*(agreed[reference] for reference in door.agreed), *([own] if own else [])]
    if not words:
        raise RuleBroken("Choose an agreed safety instruction, or write your own words.", field="own_words")
    SummaryInstruction.objects.create(summary=summary, text="\n\n".join(words))


def _freeze_children(summary: MashSummary, enquiry: Enquiry, *, viewer: Viewer) -> None:
    """Copy what the team is told of each child: it sees neither the contact nor the people in it."""
    rows = list(SummaryChild.objects.visible_to(viewer).filter(summary=summary))
    told = children_told(viewer, enquiry, {row.subject_id for row in rows})
    for row in rows:
        if row.subject_id not in told:
            raise RuleBroken(
                "Nothing was sent: a child of this summary is not shown to you, so nobody could check what the team "
                "is told. Ask another manager to release it."
            )
        frozen = asdict(told[row.subject_id])
        for name, value in frozen.items():
            setattr(row, name, value)
        row.save(update_fields=list(frozen))


def _keep_places(summary: MashSummary, enquiry: Enquiry, *, viewer: Viewer) -> None:
    """Put the protected places of the children in a row of their own, for whoever will visit; none, no row."""
    children = set(summary.children.values_list("subject_id", flat=True))
    words = places_for_visitor(viewer, enquiry.pk, children)
    if words:
        SummaryPlaces(summary=summary, text=words).save(force_insert=True)


def _freeze_items(summary: MashSummary, *, viewer: Viewer, at: datetime) -> None:
    """Copy the text of each item chosen, if its owner still clears it and it says what it said when it was chosen."""
    chosen = list(summary.items.all())
    children = {row.subject_id for row in summary.children.all()}
    passable = passable_items(viewer, summary.enquiry, children).filter(pk__in=[row.item_id for row in chosen])
    locked = {item.pk: item for item in passable.select_for_update(of=("self",))}
    if set(locked) != {row.item_id for row in chosen}:
        raise RuleBroken(
            "Nothing was sent. An item that was chosen may not be passed on any more: its owner has withdrawn it or "
            "changed how far it may be shared. Open the summary again, look at the list and send it again.",
            field="items",
        )
    if any(locked[row.item_id].version != row.item_version for row in chosen):
        raise RuleBroken(
            "Nothing was sent. An item that was chosen has been reworded by its owner: read it and choose it again.",
            field="items",
        )
    seen = read_items(viewer, passable, at=at, page="release", reference=summary.reference, enquiry=summary.enquiry_id)
    said = {copy.id: copy for copy in seen}
    for row in chosen:
        copy = said[row.item_id]
        row.about, row.occurred, row.occurred_on, row.text = copy.about, copy.when, copy.occurred_on, copy.text
        row.save(update_fields=["about", "occurred", "occurred_on", "text"])


def _open_to_team(summary: MashSummary) -> None:
    permission = Permission.objects.get(content_type__app_label="decisions", codename="receive_summary")
    SummaryGrant(permission=permission, group_id=summary.team.group_id, content_object=summary).save(force_insert=True)


def _start_clock(summary: MashSummary, enquiry: Enquiry, *, at: datetime) -> None:
    clock.start_deadline(
        Subject(
            "release",
            summary.pk,
            summary.reference,
            enquiry_id=enquiry.pk,
            enquiry_reference=enquiry.reference,
            case_id=enquiry.pk,
        ),
        Measure.ACCEPTANCE,
        colour=enquiry.colour,
        moments={Start.SENDING: at},
        owing=Owing(team_id=summary.team_id, membership_id=enquiry.social_worker_id),
        at=at,
    )
