"""Why something was late is said by whoever owed it, on a page, and read by the manager."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse

from agencies.access.identity import acting_as
from clock.models import BreachReason, Deadline
from common.errors import NotVisible
from contacts.actions import protect_now
from tests.people import ClientOf, Person, person
from tests.scenes.enquiries import MORNING, open_case
from tests.scenes.families import THORNBURY, worry_about
from tests.scenes.stages import logged

pytestmark = pytest.mark.django_db


def test_whoever_owed_it_says_why_and_the_manager_reads_it(
    social_worker: Person, mash_manager: Person, client_of: ClientOf
) -> None:
    case = open_case()
    late = reverse("screening:late", args=[case.enquiry.reference])
    clocks = reverse("screening:clocks", args=[case.enquiry.reference])
    client = client_of(social_worker)
    assert late in client.get(clocks).content.decode()
    with acting_as(mash_manager.viewer):
        missed = Deadline.objects.get(subject_id=case.enquiry.pk, measure="decision", cancelled_at__isnull=True)
    sent = {"deadline": str(missed.pk), "reason": "The agencies rang late.", "submission_key": str(uuid.uuid4())}
    assert client.post(late, sent).status_code == 302
    assert BreachReason.objects.filter(deadline_id=missed.pk).count() == 1
    assert "The agencies rang late." in client_of(mash_manager).get(clocks).content.decode()
    assert client_of(person("audrey_auditor")).get(late).status_code == 404


def test_a_clock_that_is_not_shown_or_not_late_is_not_offered(police_officer: Person, client_of: ClientOf) -> None:
    case = open_case()
    client = client_of(police_officer)
    assert client.get(reverse("screening:late", args=[case.enquiry.reference])).status_code == 404


def test_an_alarm_on_a_contact_that_nobody_screened_is_not_there_for_a_social_worker(
    front_door: Person, social_worker: Person
) -> None:
    contact = logged(worry_about(THORNBURY, MORNING), front_door, MORNING)
    with acting_as(social_worker.viewer) as viewer, pytest.raises(NotVisible):
        protect_now(contact, "He is at the door.", viewer=viewer, at=MORNING + timedelta(minutes=5))
