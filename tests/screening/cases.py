"""Contacts and enquiries for these tests, made through the actions by the people whose work it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from django.test import Client
from django.urls import reverse

from agencies.access.identity import acting_as
from agencies.choices import ScreeningBy
from agencies.models import HubSettings
from contacts.actions import receive_contact
from contacts.choices import Channel, PersonKind, ReferrerKind
from contacts.models import Contact
from contacts.rules.intake import Intake, ReportedPerson, ReportedReferrer
from screening import actions
from screening.actions import ScreeningDecision
from screening.models import Enquiry, Handover, Screening
from tests.people import Person, team

REASONS = "Two agencies may hold part of the picture and the marks are not explained."
CHILD = ReportedPerson(given_name="Tamsin", family_name="Orlebar", date_of_birth=date(2017, 3, 9))
BROTHER = ReportedPerson(given_name="Jory", family_name="Orlebar", date_of_birth=date(2019, 8, 30))
MOTHER = ReportedPerson(kind=PersonKind.ADULT, given_name="Morwenna", family_name="Orlebar", part="mother")
UNBORN = ReportedPerson(is_unborn=True, family_name="Orlebar")
CONCERN = "A child came to school with marks on both arms that nobody can explain."


def intake(at: datetime, **changes: Any) -> Intake:
    """Return a worry of a school about one child."""
    said: dict[str, Any] = {
        "arrived_at": at - timedelta(minutes=20),
        "channel": Channel.TELEPHONE,
        "referrer_kind": ReferrerKind.SCHOOL,
        "report": "The class teacher saw marks on both arms this morning.",
        "concern": CONCERN,
        "people": (CHILD, MOTHER),
        "referrer": ReportedReferrer(
            name="Ines Marlowe", organisation="Heron Lane School", email="head@school.invalid"
        ),
    }
    return Intake(**(said | changes))


def received(front_door: Person, at: datetime, **changes: Any) -> Contact:
    """Log a contact."""
    with acting_as(front_door.viewer):
        return receive_contact(intake(at, **changes), viewer=front_door.viewer, at=at)


def decision(exit_: str, **changes: Any) -> ScreeningDecision:
    """Return a complete decision about the one child of `intake`."""
    said: dict[str, Any] = {
        "exit": exit_,
        "reasons": REASONS,
        "criteria": ("unexplained_injury",),
        "levels": {1: "level_3"},
    }
    return ScreeningDecision(**(said | changes))


def handed_to(key: str, exit_: str, **changes: Any) -> ScreeningDecision:
    """Return a decision that hands a text to a team."""
    text = "Tamsin Orlebar, 8. Marks on both arms, not explained. Please assess."
    return decision(exit_, **({"team_id": team(key).pk, "handover_text": text} | changes))


def screened(contact: Contact, who: Person, said: ScreeningDecision, at: datetime) -> Screening:
    """Screen a contact."""
    with acting_as(who.viewer, as_of=at):
        return actions.decide_screening(contact, said, viewer=who.viewer, at=at)


def opened(front_door: Person, screener: Person, at: datetime, **changes: Any) -> Enquiry:
    """Return a MASH enquiry that waits for its rating."""
    contact = received(front_door, at, **changes)
    enquiry = screened(contact, screener, decision("mash", proposed_colour="amber"), at).enquiry
    assert enquiry is not None
    return enquiry


def handed_over(front_door: Person, screener: Person, at: datetime) -> Handover:
    """Return a handover to the early help team that waits for it."""
    contact = received(front_door, at)
    screening = screened(contact, screener, handed_to("early_help_team", "early_help"), at)
    return Handover.objects.get(screening=screening)


def with_panel_of_several(administrator: Person) -> None:
    """Let this hub screen by a panel."""
    with acting_as(administrator.viewer):
        HubSettings.objects.update_or_create(pk=1, defaults={"screening_by": ScreeningBy.PANEL})


ClientOf = Callable[[Person], Client]


def url(name: str, reference: str = "") -> str:
    """Return the address of a page of this stage."""
    return reverse(f"screening:{name}", args=[reference] if reference else [])


def text(response: Any) -> str:
    """Return what a page says."""
    return str(response.content.decode())
