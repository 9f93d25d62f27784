"""A story is screened: by the decision maker or the panel, to one of the exits; an enquiry is rated and assigned."""

from __future__ import annotations

from datetime import datetime

from agencies.access.identity import acting_as
from agencies.access.viewer import Viewer
from demo.builder.journey import Journey
from demo.shapes import PanelText
from screening import actions
from screening.actions import ScreeningDecision
from screening.choices import Exit
from screening.models import Enquiry, Handover, Screening

RECEIVERS = {
    "assessment": "asha_assessment",
    "allocated": "aled_allocated",
    "early_help_team": "ella_early_help",
    "specialist": "sade_specialist",
    "adult_team": "ana_adults",
    "lado": "lena_lado",
    "elsewhere": "tom_transfers",
}
"""Who accepts for a receiving team."""
OWN_DEADLINE = "The child cannot wait for the next opening: decide while somebody is with them."


def send_to_panel(journey: Journey, views: tuple[PanelText, ...]) -> None:
    """Put the contact before the panel, and let its members give the views they have so far."""
    with acting_as(journey.screener) as viewer:
        actions.send_to_panel(journey.contact, viewer=viewer, at=journey.pace.after(6))
    for view in views:
        with acting_as(journey.who(view.who)) as viewer:
            at = journey.pace.after(14)
            actions.give_view(journey.contact, view.exit, view.reason, viewer=viewer, at=at)


def put_to_manager(journey: Journey) -> None:
    """Leave the contact to the manager, because the panel differs."""
    with acting_as(journey.screener) as viewer:
        actions.put_to_manager(journey.contact, viewer=viewer, at=journey.pace.after(4))


def screen(journey: Journey, *, joins: Enquiry | None = None) -> None:
    """Decide where the contact goes; what enters the MASH becomes an enquiry."""
    text = journey.case.screening
    decision = ScreeningDecision(
        exit=text.exit,
        reasons=text.reasons,
        criteria=tuple(text.criteria),
        levels={journey.people[key].position: level for key, level in text.levels.items()},
        proposed_colour=text.colour or "",
        joins=joins,
        team_id=journey.hub.teams[text.team].pk if text.team else None,
        handover_text=text.handover,
    )
    at = journey.pace.after(11)
    with acting_as(journey.screener, as_of=at) as viewer:  # They keep sight until the next working day of then.
        screening = actions.decide_screening(journey.contact, decision, viewer=viewer, at=at)
    with acting_as(journey.manager):
        journey.contact.refresh_from_db()
        _keep(journey, screening)


def _keep(journey: Journey, screening: Screening) -> None:
    if screening.exit == Exit.MASH and screening.enquiry is not None:
        journey.enquiry = Enquiry.objects.get(pk=screening.enquiry.pk)
    journey.handover = Handover.objects.filter(screening=screening).first()


def receiver(journey: Journey) -> Viewer:
    """Return who accepts what was handed over."""
    return journey.who(RECEIVERS[journey.case.screening.team])


def take_over(journey: Journey) -> None:
    """Let the team accept what was handed to it."""
    if journey.handover is not None:
        with acting_as(receiver(journey)) as viewer:
            actions.accept_handover(journey.handover, viewer=viewer, at=journey.pace.after(25))


def query(journey: Journey, said: str) -> None:
    """Let the team ask before it accepts."""
    if journey.handover is not None:
        with acting_as(receiver(journey)) as viewer:
            actions.query_handover(journey.handover, said, viewer=viewer, at=journey.pace.after(20))


def decline(journey: Journey, said: str) -> None:
    """Let the team decline."""
    if journey.handover is not None:
        with acting_as(receiver(journey)) as viewer:
            actions.decline_handover(journey.handover, said, viewer=viewer, at=journey.pace.after(30))


def rate(journey: Journey, *, assign: bool = True) -> None:
    """Let the manager rate the enquiry and give it to a social worker."""
    with acting_as(journey.manager) as viewer:
        if journey.own_due_at is not None:
            _set_own_deadline(journey, journey.own_due_at, viewer)
        reason, at = journey.case.rating_reason, journey.pace.after(8)
        actions.rate_enquiry(journey.enquiry, journey.case.colour, reason=reason, viewer=viewer, at=at)
        if assign:
            worker = journey.worker.membership_id
            if worker is not None:
                actions.assign_social_worker(journey.enquiry, worker, viewer=viewer, at=journey.pace.after(3))
        journey.refresh()


def _set_own_deadline(journey: Journey, due_at: datetime, viewer: Viewer) -> None:
    at = journey.pace.after(2)
    actions.set_own_deadline(journey.enquiry, due_at, reason=OWN_DEADLINE, viewer=viewer, at=at)
