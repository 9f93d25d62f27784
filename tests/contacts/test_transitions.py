"""The state tables of a contact and of protective work, cell by cell."""

from __future__ import annotations

import pytest

from agencies.access.roles import ASSIGNED
from agencies.choices import Role, SystemRole
from contacts.choices import ContactState, ProtectState
from contacts.transitions import CONTACT, PROTECTION

WAITING = {"received", "with_panel"}
OPEN = WAITING | {"in_enquiry"}
ALL = OPEN | {"passed_on", "ended"}

CONTACT_SAYS: dict[str, tuple[set[str], str | None, set[str]]] = {
    "contact.claimed": (WAITING, None, {"front_door", "screener", "manager"}),
    "contact.amended": (OPEN, None, {"front_door", "manager", "out_of_hours"}),
    "contact.kept_safe": ({"passed_on", "ended"}, None, {"front_door", "manager", "out_of_hours"}),
    "contact.corrected": (ALL, None, {"front_door", "manager", "assigned"}),
    "contact.acknowledged": (ALL, None, {"screener", "manager", "assigned"}),
    "contact.sent_to_panel": ({"received"}, "with_panel", {"screener", "manager"}),
    "contact.returned_from_panel": ({"with_panel"}, "received", {"screener", "manager"}),
    "contact.entered_enquiry": (WAITING, "in_enquiry", {"screener", "manager", "front_door"}),
    "contact.passed_on": (WAITING, "passed_on", {"screener", "manager", "front_door"}),
    "contact.ended": (OPEN, "ended", {"screener", "manager", "clock"}),
    "contact.reopened": ({"ended"}, "in_enquiry", {"manager"}),
}
PROTECTION_SAYS: dict[str, tuple[set[str], str | None, set[str]]] = {
    "protection.convened": ({"raised"}, "convened", {"social_worker", "manager", "out_of_hours"}),
    "protection.held": (
        {"raised", "convened", "held", "stood_down"},
        "held",
        {"social_worker", "manager", "out_of_hours"},
    ),
    "protection.stood_down": ({"raised", "convened"}, "stood_down", {"social_worker", "manager", "out_of_hours"}),
    "protection.ended": ({"held"}, "stood_down", {"social_worker", "manager", "out_of_hours"}),
}
ROLES = [*Role.values, *SystemRole.values, ASSIGNED]


def test_every_event_is_written_out_here() -> None:
    assert set(CONTACT) == set(CONTACT_SAYS)
    assert set(PROTECTION) == set(PROTECTION_SAYS)


@pytest.mark.parametrize("event", CONTACT_SAYS)
@pytest.mark.parametrize("state", ContactState.values)
def test_contact_states(event: str, state: str) -> None:
    sources, target, _ = CONTACT_SAYS[event]
    assert ((state in CONTACT[event].sources), CONTACT[event].target) == (state in sources, target)


@pytest.mark.parametrize("event", PROTECTION_SAYS)
@pytest.mark.parametrize("state", ProtectState.values)
def test_protection_states(event: str, state: str) -> None:
    sources, target, _ = PROTECTION_SAYS[event]
    assert ((state in PROTECTION[event].sources), PROTECTION[event].target) == (state in sources, target)


@pytest.mark.parametrize(("table", "says"), [(CONTACT, CONTACT_SAYS), (PROTECTION, PROTECTION_SAYS)])
@pytest.mark.parametrize("role", ROLES)
def test_roles(table: dict, says: dict, role: str) -> None:  # type: ignore[type-arg]  # two tables of one shape
    assert {event for event, row in table.items() if role in row.roles} == {
        event for event, (_, _, roles) in says.items() if role in roles
    }
