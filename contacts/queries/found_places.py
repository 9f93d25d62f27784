"""How a hit of the search speaks of a place: the one that matched, and nothing of a protected one."""

from __future__ import annotations

from collections.abc import Sequence

from common.normal.addresses import read_address
from common.normal.finding import HOUSE
from contacts.models import Contact, Subject
from contacts.rules.protected import shield_of_home, shield_of_own
from contacts.rules.searching import Typed


def place_of(
    contact: Contact,
    people: Sequence[Subject],
    one: Subject | None = None,
    *,
    is_own: bool = False,
    is_home: bool = False,
) -> str:
    """Return the address of which a hit speaks; empty where there is none, or where it is protected.

    It is the one that matched, somebody's own before the home. Where neither did it is where they live: at an address
    of their own, else in the household.

    Args:
        people: all of the contact, because a home is protected by whoever lives there.
        one: whom the hit names; None for a contact by itself.
        is_own: their own address matched.
        is_home: the home matched.
    """
    home = shield_of_home(contact, people)
    if one is not None and one.address and (is_own or not is_home):
        return "" if shield_of_own(one, contact, home) else str(one.address)
    if home is not None or (one is not None and one.lives_in_household is False and not is_home):
        return ""
    return str(contact.address)


def place_in_words(address: str) -> str:
    """Return an address as a hit says it: house and street."""
    return address.partition("\n")[0].split(",")[0].strip()


def number_that_differs(wanted: Typed, address: str) -> str:
    """Return how the number of a house differs from what was typed; empty where it does not, or nothing is known."""
    home = read_address(address).home
    numbers = {text[1:].partition("|")[0] for text in wanted.places if text[0] == HOUSE}
    if home is None or not home.number or not numbers or home.number in numbers:
        return ""
    return f"house number {home.number}, not {', '.join(sorted(numbers))}"
