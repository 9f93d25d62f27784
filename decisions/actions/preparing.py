"""MASH summaries are prepared: one for each team, drafted from the record, gone over by the social worker."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from agencies.access import transitions
from agencies.access.roles import ASSIGNED
from agencies.access.viewer import Viewer
from agencies.choices import Role
from agencies.models import Team
from agencies.queries import teams
from audit.actions import record
from common.errors import NotPermitted, NotVisible, RuleBroken
from common.leaks import refuse_leaks
from decisions.actions.drafting import draft_of, reasons_of
from decisions.actions.stage import not_now
from decisions.choices import FamilyTold, SummaryState
from decisions.mail import notices
from decisions.models import ChildReasons, Decision, MashSummary, SummaryChild, SummaryItem
from decisions.reads.coverage import coverage_of
from decisions.reads.enquiry import decision_in_force, passable_items
from decisions.reads.leaks import of_enquiry
from decisions.rules import ItemVersions, team_kinds
from decisions.transitions import SUMMARY
from notices.actions import notify_holders
from screening.actions import tell_worker
from screening.choices import EnquiryState
from screening.models import Enquiry

TEXTS = ("covering_text", "hazards", "household", "concern", "reasons", "agreement", "referrer", "missing")
"""Parts of a summary that are written. Whom to ring is not: it follows from who works on the enquiry."""

SPEAK_OF_CHILDREN = frozenset({"reasons", "household"})


@dataclass(frozen=True)
class SummaryDraft:
    """What stands on the page of a summary that is being prepared.

    Attributes:
        texts: parts as in `TEXTS`.
        items: the items chosen, each in the version that was on the page.
    """

    texts: Mapping[str, str]
    family_told: str = ""
    items: ItemVersions = field(default_factory=dict)


@transaction.atomic
def prepare_summaries(
    enquiry: Enquiry, chosen: Mapping[uuid.UUID, uuid.UUID], *, viewer: Viewer, at: datetime, version: int | None = None
) -> list[MashSummary]:
    """Begin a summary for each team to which a child goes, or add the child to the one begun for that team.

    Args:
        chosen: child (key of `Child.subject`) to team.

    Raises:
        NotPermitted: the viewer neither manages nor is the enquiry's social worker.
        MoveNotAllowed: nothing is decided, or everything is out already.
        NotVisible: a child is not of the decision.
        RuleBroken: a team does not take children with this outcome, or the child has a summary already.
    """
    if not transitions.roles_on(enquiry, viewer) & {ASSIGNED, Role.MANAGER}:
        raise NotPermitted("MASH summaries are prepared by the social worker of the enquiry and the manager.")
    locked = transitions.lock(enquiry, viewer=viewer, version=version)
    decision = decision_in_force(viewer, locked)
    if decision is None or locked.state not in (EnquiryState.DECIDED, EnquiryState.RELEASED):
        raise not_now(locked)
    if not chosen:
        raise RuleBroken("Choose a team for at least one child.")
    rows = ChildReasons.objects.visible_to(viewer).filter(child__decision=decision)
    decided = {row.child.subject_id: row for row in rows.select_related("child__subject")}
    covered = coverage_of(viewer, decision).states
    made: dict[uuid.UUID, _Begun] = {}
    for subject_id, team_id in chosen.items():
        if subject_id not in decided:
            raise NotVisible
        child = decided[subject_id]
        team = _team(team_id, child)
        _refuse_second(covered, subject_id)
        begun = made.get(team.pk) or _begun(locked, decision, team, subject_id, viewer=viewer, at=at)
        made[team.pk] = begun
        begun.joined.append(subject_id)
        SummaryChild.objects.create(
            summary=begun.summary,
            subject=child.child.subject,
            outcome=child.child.outcome,
            level_of_need=child.level_of_need,
        )
    for begun in made.values():
        _draft(begun, locked, viewer=viewer)
    return [begun.summary for begun in made.values()]


@dataclass(frozen=True)
class _Begun:
    """A summary that children join.

    Attributes:
        before: how the record worded it before they did; empty where it begins with them.
        joined: keys of the children who join.
    """

    summary: MashSummary
    before: Mapping[str, str] = field(default_factory=dict)
    joined: list[uuid.UUID] = field(default_factory=list)


def _team(team_id: uuid.UUID, child: ChildReasons) -> Team:
    fitting = (
        {team.pk: team for team in teams(*team_kinds(child.child.outcome))} if team_kinds(child.child.outcome) else {}
    )
    if team_id not in fitting:
        raise RuleBroken(
            "Choose a team that takes children with this outcome.", field=f"team_{child.child.subject_id.hex}"
        )
    return fitting[team_id]


def _refuse_second(covered: Collection[uuid.UUID], subject_id: uuid.UUID) -> None:
    if subject_id in covered:
        raise RuleBroken(
            "This child is in a summary already. Discard that one first if the child goes to another team.",
            field=f"team_{subject_id.hex}",
        )


def _begun(
    enquiry: Enquiry, decision: Decision, team: Team, child: uuid.UUID, *, viewer: Viewer, at: datetime
) -> _Begun:
    """Return the draft for a team, or begin one with the first child that goes there."""
    drafts = MashSummary.objects.visible_to(viewer).filter(decision=decision, team=team, state=SummaryState.DRAFT)
    for begun in drafts:
        _record("summary.child_added", begun, viewer=viewer, at=at)
        return _Begun(begun, draft_of(begun, enquiry, viewer))
    summary = MashSummary(
        enquiry=enquiry,
        decision=decision,
        team=team,
        social_worker_id=enquiry.social_worker_id,
        prepared_at=at,
        prepared_by_id=viewer.member,
    )
    _take_over_text(summary, child, viewer)
    summary.save(force_insert=True)
    _record("summary.begun", summary, viewer=viewer, at=at)
    return _Begun(summary)


def _record(verb: str, summary: MashSummary, *, viewer: Viewer, at: datetime) -> None:
    record(
        verb,
        actor=viewer,
        at=at,
        record_type="decisions.mashsummary",
        record_id=summary.pk,
        reference=summary.reference,
        enquiry_id=summary.enquiry_id,
    )


def _take_over_text(summary: MashSummary, child: uuid.UUID, viewer: Viewer) -> None:
    """Begin with the words of the summary that this one replaces for the same team and child."""
    rows = MashSummary.objects.visible_to(viewer).filter(enquiry_id=summary.enquiry_id, team_id=summary.team_id)
    about = SummaryChild.objects.visible_to(viewer).filter(summary__in=rows, subject_id=child)
    replaced = rows.filter(superseded_at__isnull=False, pk__in=about.values("summary_id"))
    before = replaced.order_by("-superseded_at").first()
    if before is not None:
        for name in (*TEXTS, "family_told"):
            setattr(summary, name, getattr(before, name))


def _draft(begun: _Begun, enquiry: Enquiry, *, viewer: Viewer) -> None:
    """Write the first wording of every part that is still empty, and of those that speak of each child.

    What somebody has typed stays: to typed reasons those of the children who joined are added.
    """
    summary, before = begun.summary, begun.before
    first = draft_of(summary, enquiry, viewer)
    for name, text in first.items():
        said = getattr(summary, name)
        if not said or (name in SPEAK_OF_CHILDREN and said == before.get(name, said)):
            setattr(summary, name, text)
        elif name == "reasons":
            summary.reasons = f"{said}\n\n{reasons_of(summary, viewer, begun.joined)}"
    summary.save(update_fields=list(first))


def save_summary(
    summary: MashSummary, draft: SummaryDraft, *, viewer: Viewer, at: datetime, version: int
) -> MashSummary:
    """Keep a summary as it stands on the page.

    Raises:
        NotPermitted: the viewer neither manages nor is the enquiry's social worker.
        MoveNotAllowed: it has gone out.
        StaleRecord: somebody else saved it since.
        NotVisible: an item may not be passed on with this summary; whether it exists is not said.
        RuleBroken: a text gives away a referrer who is not to be named, a protected address or what is not cleared.
    """
    return _saved(summary, "summary.prepared", draft, viewer=viewer, at=at, version=version)


@transaction.atomic
def put_summary_to_manager(
    summary: MashSummary, draft: SummaryDraft, *, viewer: Viewer, at: datetime, version: int
) -> MashSummary:
    """Keep a summary and give it to the manager to confirm.

    Raises:
        RuleBroken: a part is missing.
        NotPermitted, MoveNotAllowed, StaleRecord, NotVisible: as for `save_summary`.
    """
    require_whole(draft)
    saved = _saved(summary, "summary.put_to_manager", draft, viewer=viewer, at=at, version=version)
    notify_holders(notices.put_to_manager(saved), Role.MANAGER, at=at)
    return saved


def send_summary_back(summary: MashSummary, *, viewer: Viewer, at: datetime, version: int) -> MashSummary:
    """Give a summary back to the social worker.

    Raises:
        NotPermitted, MoveNotAllowed, StaleRecord: as for every move.
    """
    with transaction.atomic():
        back = transitions.apply(summary, "summary.sent_back", table=SUMMARY, viewer=viewer, at=at, version=version)
        tell_worker(notices.sent_back(back), back.enquiry_id, at=at, managers_otherwise=False)
    return back


def require_whole(draft: SummaryDraft) -> None:
    """Refuse a summary of which a part is empty.

    Raises:
        RuleBroken: names the first empty part.
    """
    asked = {
        "hazards": "Write what whoever visits must know, or that nobody was asked.",
        "concern": "Write the concern for sharing.",
        "household": "Write who belongs to the household.",
        "reasons": "Write the level of need and the reasons.",
        "agreement": "Write what the family agreed to, or on which basis this is shared without their agreement.",
        "missing": "Write what is missing, or that nothing is.",
        "covering_text": "Write a few lines to the team: what you ask of them.",
    }
    for name, sentence in asked.items():
        if not draft.texts.get(name, "").strip():
            raise RuleBroken(sentence, field=name)
    if draft.family_told not in FamilyTold.values:
        raise RuleBroken("Say whether the family has been told.", field="family_told")


@transaction.atomic
def _saved(
    summary: MashSummary, event: str, draft: SummaryDraft, *, viewer: Viewer, at: datetime, version: int
) -> MashSummary:
    texts: dict[str, Any] = {name: draft.texts.get(name, "").strip() for name in TEXTS}
    saved = transitions.apply(
        summary,
        event,
        table=SUMMARY,
        viewer=viewer,
        at=at,
        version=version,
        **texts,
        family_told=draft.family_told,
    )
    checked = of_enquiry(viewer, saved.enquiry_id, draft.items.keys())
    refuse_leaks(texts, checked.forbidden, checked.permitted)
    _choose(saved, draft.items, viewer=viewer)
    return saved


def _choose(summary: MashSummary, wanted: ItemVersions, *, viewer: Viewer) -> None:
    children = {row.subject_id for row in summary.children.all()}
    passable = {item.pk: item for item in passable_items(viewer, summary.enquiry, children)}
    if not set(wanted) <= set(passable):
        raise NotVisible
    held = {row.item_id: row for row in summary.items.all()}
    for item_id, seen in wanted.items():
        row = held.pop(item_id, None)
        if row is None:
            item = passable[item_id]
            SummaryItem.objects.create(summary=summary, item=item, item_version=seen, agency_id=item.agency_id)
        elif row.item_version != seen:
            row.item_version = seen
            row.save(update_fields=["item_version"])
    for row in held.values():
        row.delete()
