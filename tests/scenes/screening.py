"""Contacts, enquiries and handovers as they stand at the front door."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse

from agencies.access.identity import acting_as
from agencies.choices import ScreeningBy
from agencies.models import HubSettings
from contacts.models import Contact
from contacts.rules.intake import Intake
from screening.actions import ScreeningDecision
from screening.models import Enquiry, Handover
from tests.people import Person, team
from tests.scenes.families import JORY, MORWENNA, ORLEBAR, TAMSIN, UNBORN_ORLEBAR, worry_about
from tests.scenes.stages import logged, screened

REASONS = "Two agencies may hold part of the picture and the marks are not explained."
CHILD, BROTHER, MOTHER, UNBORN = TAMSIN, JORY, MORWENNA, UNBORN_ORLEBAR
CONCERN = ORLEBAR.concern
REASON = "The grandmother is at the door and asks where the child sleeps tonight."
"""Why somebody uses emergency access."""


def intake(at: datetime, **changes: Any) -> Intake:
    """Return a worry of a school about one child that came twenty minutes ago."""
    return worry_about(ORLEBAR, at - timedelta(minutes=20), **changes)


def received(front_door: Person, at: datetime, **changes: Any) -> Contact:
    """Log a contact."""
    return logged(intake(at, **changes), front_door, at)


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


def url(name: str, reference: str = "") -> str:
    """Return the address of a page of this stage."""
    return reverse(f"screening:{name}", args=[reference] if reference else [])
