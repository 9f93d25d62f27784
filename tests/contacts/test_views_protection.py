"""Protect now on its pages."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse

from agencies.access.identity import acting_as
from contacts import actions
from contacts.models import Protection
from screening.actions import open_enquiry
from tests.contacts.conftest import AT, LogContact
from tests.contacts.hands import post
from tests.drawn import text
from tests.people import ClientOf, Person


def test_protect_now_from_page(client_of: ClientOf, front_door: Person, log_contact: LogContact) -> None:
    contact = log_contact()
    client = client_of(front_door)
    page = client.post(reverse("contacts:protect", args=[contact.reference]), {"reason": "Father is outside."})
    protection = Protection.objects.get()
    assert page["Location"] == reverse("contacts:protection", args=[protection.reference])
    assert client.get(page["Location"]).status_code == 200


def test_protective_work_from_alarm_to_discussion(
    client_of: ClientOf, front_door: Person, social_worker: Person, log_contact: LogContact
) -> None:
    contact = log_contact()
    for _ in range(2):
        post(client_of(front_door), "protect", contact.reference, reason="<i>He is outside</i>")
    reference = Protection.objects.get().reference
    client = client_of(social_worker)
    for _ in range(2):
        assert post(client, "convene", reference).status_code == 302
    nowhere = post(client, "whereabouts", reference, 1)
    assert "Enter where the child is, or with whom" in text(nowhere)
    assert post(client, "whereabouts", reference, 1, **{"child-1-place": "School"}).status_code == 302
    assert post(client, "whereabouts", reference, 99, **{"child-99-place": "School"}).status_code == 404
    said = {"present": "Police", "agreed": "Visit today", "section_47": "yes"}
    assert "Answer “Who was present?”" in text(post(client, "hold", reference, **{**said, "present": ""}))
    for _ in range(2):
        assert post(client, "hold", reference, **said).status_code == 302
    assert post(client, "stand_down", reference, reason="Later thought").status_code == 302
    page = text(client.get(reverse("contacts:protection", args=[reference])))
    for words in ("&lt;i&gt;He is outside&lt;/i&gt;", "School", "Visit today", "Later thought"):
        assert words in page
    assert post(client_of(front_door), "hold", reference, **said).status_code == 403
    listed = text(client_of(front_door).get(reverse("contacts:protections", args=[contact.reference])))
    assert reference in listed


def test_discussions_ahead_and_empty_reasons_are_refused(
    client_of: ClientOf, mash_manager: Person, log_contact: LogContact
) -> None:
    contact, client = log_contact(), client_of(mash_manager)
    assert "Say in a few words what the danger is" in text(post(client, "protect", contact.reference))
    post(client, "protect", contact.reference, reason="He is outside.")
    reference = Protection.objects.get().reference
    ahead = {"held_at_day": "1", "held_at_month": "1", "held_at_year": "2999", "held_at_time": "10:00"}
    said = {"present": "Police", "agreed": "Visit", "section_47": "no"}
    assert "is in the future" in text(post(client, "hold", reference, **said, **ahead))
    assert "Enter why the children are safe without it" in text(post(client, "stand_down", reference))


def test_protect_now_is_raised_though_the_page_is_old_and_the_contact_ended(
    client_of: ClientOf, front_door: Person, screener: Person, log_contact: LogContact
) -> None:
    contact = log_contact()
    with acting_as(screener.viewer, as_of=AT) as viewer:
        actions.end_contact(contact, endings={}, viewer=viewer, at=AT)
    page = post(client_of(front_door), "protect", contact.reference, reason="He is back.", version="1")
    assert page.status_code == 302
    assert Protection.objects.get().state == "raised"


def test_children_in_danger_now_stand_above_what_is_late(
    client_of: ClientOf, front_door: Person, mash_manager: Person, log_contact: LogContact
) -> None:
    """The manager's own list: two enquiries that wait to be rated for long, and two alarms that came after them."""
    late, raised = [], []
    for _ in range(2):
        contact = log_contact(at=AT - timedelta(days=2))
        with acting_as(mash_manager.viewer) as viewer:
            late.append(open_enquiry(contact, viewer=viewer, at=AT - timedelta(days=2)).reference)
    for minutes in (5, 1):
        contact = log_contact()
        with acting_as(front_door.viewer) as viewer:
            at = AT + timedelta(minutes=minutes)
            raised.append(actions.protect_now(contact, "He is outside.", viewer=viewer, at=at).protection.reference)
    page = text(client_of(mash_manager).get(reverse("work")))
    assert "children in danger now, then what is overdue, then least time left" in page
    shown = sorted([*late, *raised], key=page.index)
    assert (shown[:2], sorted(shown[2:])) == (raised[::-1], sorted(late))
