"""A story is analysed, decided, released and taken over."""

from __future__ import annotations

import uuid

from agencies.access.identity import acting_as
from agencies.access.viewer import Viewer
from decisions import actions
from decisions.actions import AnalysisDraft, Door, SummaryDraft
from decisions.actions.preparing import TEXTS
from decisions.choices import DeclineReason, DoorQuestion
from decisions.models import MashSummary
from decisions.reads.enquiry import children_of, earlier_references, item_versions, passable_items
from decisions.rules import ChildOutcome, Deciding
from demo.builder.journey import Journey
from demo.shapes import AnalysisText, DecisionText, ReleaseText
from information_sharing.queries import items_of_enquiry, sealed_items


def analyse(journey: Journey, *, send: bool = True) -> None:
    """Let the social worker read all answers and write the analysis; a draft, or sent to the manager."""
    text = journey.case.analysis
    if text is None:
        return
    with acting_as(journey.worker) as viewer:
        read_at = journey.pace.after(5)
        items_of_enquiry(viewer, journey.enquiry, at=read_at, page="information")
        draft = _analysis(journey, text, viewer)
        write = actions.send_analysis if send else actions.save_analysis
        write(journey.enquiry, draft, viewer=viewer, at=journey.pace.after(28), version=0, page=uuid.uuid4())


def _analysis(journey: Journey, text: AnalysisText, viewer: Viewer) -> AnalysisDraft:
    texts = {
        "family_conversation": text.conversation,
        "risks": text.risks,
        "protection": text.protection,
        "child_views": text.child_views,
        "family_views": text.family_views,
        "gaps": text.gaps,
        "summary": text.summary,
        "recommendation": text.recommendation,
    }
    meanings = {journey.people[key].pk: said for key, said in text.meanings.items()}
    return AnalysisDraft(
        texts=texts,
        recommended_outcome=text.outcome,
        meanings=meanings,
        items=item_versions(viewer, journey.enquiry),
    )


def decide(journey: Journey) -> None:
    """Let the manager decide for each child."""
    text = journey.case.decision
    if text is None:
        return
    with acting_as(journey.manager) as viewer:
        journey.refresh()
        sealed_items(viewer, journey.enquiry, purpose="decision", at=journey.pace.after(2))
        deciding = _deciding(journey, text, viewer)
        at, version = journey.pace.after(17), journey.enquiry.version
        actions.record_decision(journey.enquiry, deciding, viewer=viewer, at=at, version=version)
        journey.refresh()


def _deciding(journey: Journey, text: DecisionText, viewer: Viewer) -> Deciding:
    said = {journey.people[one.child].pk: ChildOutcome(one.outcome, one.level, one.reasons) for one in text.children}
    dissents = {journey.hub.agencies[text.dissent_of].pk: text.dissent} if text.dissent_of else {}
    return Deciding(
        children=said,
        considered=item_versions(viewer, journey.enquiry),
        missing=text.missing,
        sealed_considered=text.sealed,
        sealed_reasons=text.sealed_reasons,
        earlier_shown=sorted(earlier_references(viewer, journey.enquiry)),
        dissents=dissents,
    )


def prepare(journey: Journey) -> MashSummary | None:
    """Let the social worker prepare the MASH summary and put it to the manager; None where nothing goes to a team."""
    text = journey.case.release
    if text is None:
        return None
    with acting_as(journey.worker) as viewer:
        children = [child.subject.pk for child in children_of(viewer, journey.enquiry)]
        team = journey.hub.teams[text.team].pk
        at, version = journey.pace.after(6), journey.enquiry.version
        chosen = dict.fromkeys(children, team)
        summary = actions.prepare_summaries(journey.enquiry, chosen, viewer=viewer, at=at, version=version)[0]
        draft = _draft(journey, summary, text, viewer)
        at = journey.pace.after(8)
        actions.put_summary_to_manager(summary, draft, viewer=viewer, at=at, version=summary.version)
    return summary


def _draft(journey: Journey, summary: MashSummary, text: ReleaseText, viewer: Viewer) -> SummaryDraft:
    texts = {name: getattr(summary, name) for name in TEXTS}
    texts |= {"covering_text": text.covering}
    texts["agreement"] = texts["agreement"] or "The family was asked and has not answered yet."
    children = [row.subject_id for row in summary.children.all()]
    passable = passable_items(viewer, journey.enquiry, children)
    return SummaryDraft(texts, text.told, {item.pk: item.version for item in passable})


def release(journey: Journey, summary: MashSummary) -> None:
    """Let the manager confirm the summary and send it."""
    text = journey.case.release
    agreed = journey.instruction is not None and text is not None and text.somebody_must_know
    door = (
        Door(DoorQuestion.YES, agreed=[journey.instruction.reference])
        if agreed and journey.instruction
        else Door(DoorQuestion.NO)
    )
    with acting_as(journey.manager) as viewer:
        summary.refresh_from_db()
        at = journey.pace.after(7)
        actions.release_summary(summary, door, viewer=viewer, at=at, version=summary.version)
        summary.refresh_from_db()


def accept(journey: Journey, summary: MashSummary) -> None:
    """Let the team take over: the enquiry closes."""
    with _receiving(journey) as viewer:
        at = journey.pace.after(14)
        actions.accept_summary(summary, viewer=viewer, at=at, version=summary.version)


def query(journey: Journey, summary: MashSummary, said: str) -> None:
    """Let the team ask before it takes over."""
    with _receiving(journey) as viewer:
        at = journey.pace.after(12)
        actions.query_summary(summary, said, viewer=viewer, at=at, version=summary.version)


def decline(journey: Journey, summary: MashSummary, said: str) -> None:
    """Let the team decline: the enquiry is the manager's again."""
    with _receiving(journey) as viewer:
        at = journey.pace.after(15)
        actions.decline_summary(
            summary, DeclineReason.FAMILY_REFUSED, said, viewer=viewer, at=at, version=summary.version
        )


def _receiving(journey: Journey):  # type: ignore[no-untyped-def]
    text = journey.case.release
    if text is None:
        raise LookupError("Nothing of this story goes to a team.")
    return acting_as(journey.who(text.who))


def close(journey: Journey) -> None:
    """Let the manager close an enquiry from which nothing goes to a team."""
    with acting_as(journey.manager) as viewer:
        journey.refresh()
        at, version = journey.pace.after(10), journey.enquiry.version
        actions.close_enquiry(journey.enquiry, viewer=viewer, at=at, version=version)
