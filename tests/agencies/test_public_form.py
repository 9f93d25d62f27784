"""The public form opens by a person's word, once somebody reads what is sent and there are numbers to ring."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from agencies import actions
from agencies.access.identity import acting_as
from agencies.access.viewer import PUBLIC
from agencies.models import HubSettings
from audit.models import Event
from common.errors import MoveNotAllowed, NotPermitted, RuleBroken
from contacts.actions import receive_public_contact
from tests.agencies.test_settings import said
from tests.contacts.conftest import intake_of
from tests.people import ClientOf, Person

pytestmark = pytest.mark.django_db
START, REPORT, SET_UP, OPEN = (
    reverse(name) for name in ("contacts:start", "contacts:report", "agencies:set_up", "agencies:open_form")
)


def close(who: Person, **columns: str) -> None:
    """Leave the hub as it is before somebody has opened the form."""
    with acting_as(who.viewer):
        HubSettings.objects.update(public_form_opened_at=None, public_form_opened_by=None, **columns)


def test_until_it_is_opened_the_public_is_asked_to_ring(client: Client, administrator: Person) -> None:
    assert "Start now" in said(client.get(START))
    close(administrator)
    page = said(client.get(START))
    assert ("Start now" in page, "cannot take in messages yet" in page) == (False, True)
    assert "01632 960100" in page
    assert [client.get(REPORT).headers["Location"], client.post(REPORT).headers["Location"]] == [START, START]
    with acting_as(PUBLIC) as public, pytest.raises(MoveNotAllowed, match="has not opened this form yet"):
        receive_public_contact(intake_of(), viewer=public, at=timezone.now())


def test_an_administrator_opens_it_and_who_and_when_stand_on_the_page(
    client_of: ClientOf, administrator: Person
) -> None:
    close(administrator)
    client = client_of(administrator)
    assert "7. The public form: closed" in said(client.get(SET_UP))
    assert "The public form is open." in said(client.post(OPEN, follow=True))
    hub = HubSettings.objects.get()
    assert hub.public_form_opened_by_id == administrator.membership.pk
    page = said(client.get(SET_UP))
    assert f">{administrator.user.name}, {administrator.membership.agency.name}</span>." in page
    assert "Start now" in said(Client().get(START))
    assert Event.objects.filter(verb="hub.form_opened").latest("at").membership_id == administrator.membership.pk
    assert "is open already" in said(client.post(OPEN, follow=True))
    assert HubSettings.objects.get().public_form_opened_at == hub.public_form_opened_at


def test_without_a_number_to_ring_it_stays_closed(client_of: ClientOf, administrator: Person) -> None:
    close(administrator, telephone="", out_of_hours_telephone="")
    client = client_of(administrator)
    page = said(client.get(SET_UP))
    assert ("The telephone number out of hours" in page, "Open the public form" in page) == (True, False)
    with acting_as(administrator.viewer) as viewer, pytest.raises(RuleBroken) as refusal:
        actions.open_public_form(viewer=viewer, at=timezone.now())
    assert refusal.value.sentence == (
        "Before the public form opens, this is needed: The telephone number of the front door; The telephone number "
        "out of hours."
    )


def test_nobody_else_opens_it(client_of: ClientOf, administrator: Person, mash_manager: Person) -> None:
    close(administrator)
    assert client_of(mash_manager).post(OPEN).status_code == 403
    with acting_as(mash_manager.viewer) as viewer, pytest.raises(NotPermitted):
        actions.open_public_form(viewer=viewer, at=timezone.now())
    assert HubSettings.objects.get().public_form_opened_at is None


@pytest.mark.parametrize(
    "columns", [{"telephone": ""}, {"out_of_hours_telephone": ""}, {"public_form_opened_by": None}]
)
def test_the_database_holds_it_too(columns: dict[str, str | None], administrator: Person) -> None:
    with acting_as(administrator.viewer), pytest.raises(IntegrityError), transaction.atomic():
        HubSettings.objects.update(**columns)
