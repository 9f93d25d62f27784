"""Moves as data: every move of every state table is offered, or known to follow from another."""

from __future__ import annotations

import pytest
from django.urls import NoReverseMatch, resolve, reverse

from agencies.access.diagrams import records
from common.transition import StateTable
from common.views.moves import Button, Offer, buttons, offer_of, offers, offers_of
from contacts.transitions import CONTACT
from information_sharing.transitions import REQUEST
from screening.transitions import ENQUIRY

FOLLOW = {
    "contact.sent_to_panel",
    "contact.returned_from_panel",
    "contact.entered_enquiry",
    "contact.passed_on",
    "contact.ended",
    "contact.reopened",
    "enquiry.accepted",
    "enquiry.returned",
    "text.passed",
}
"""Moves that nobody makes by themselves: screening a contact makes them, what a team does with a summary,
what becomes of its enquiry, and a manager who sends the form in which a text stands."""
TABLES = [pytest.param(record.table, id=record.model._meta.label) for record in records()]


@pytest.mark.parametrize("table", TABLES)
def test_every_move_is_offered_or_follows_from_another(table: StateTable) -> None:
    assert set(table) - {one.event for one in offers_of(table)} == set(table) & FOLLOW


@pytest.mark.parametrize(
    "one", [one for record in records() for one in offers_of(record.table)], ids=lambda one: one.route
)
def test_move_leads_to_addresses_that_are_there(one: Offer) -> None:
    for route in filter(None, (one.route, one.page)):
        assert _leads_somewhere(route), route


def _leads_somewhere(route: str) -> bool:
    for where in (["E-7KQ4-M2XD"], ["E-7KQ4-M2XD", "E-7KQ4-M2XE"]):
        try:
            return resolve(reverse(route, args=where)).view_name == route
        except NoReverseMatch:
            continue
    return False


def test_words_and_roles_are_the_state_tables() -> None:
    rate = offer_of("enquiry.rated")
    assert (rate.label, rate.roles) == (ENQUIRY["enquiry.rated"].label, ENQUIRY["enquiry.rated"].roles)


def test_of_several_ways_the_first_is_the_button() -> None:
    ways = [one.route for one in offers_of(REQUEST) if one.event == "request.answered"]
    assert (len(ways), offer_of("request.answered").route) == (3, ways[0])


def test_event_that_no_table_has_is_not_offered() -> None:
    with pytest.raises(KeyError):
        offers(CONTACT, Offer("contact.painted", "contacts:claim", print))


@pytest.mark.parametrize(
    ("main", "tones"),
    [
        (None, ["", "secondary"]),
        ("enquiry.assigned", ["", "secondary"]),
        ("", ["secondary", "secondary"]),
        ("enquiry.closed", ["secondary", "secondary"]),
    ],
)
def test_main_move_comes_first_and_stands_out(main: str | None, tones: list[str]) -> None:
    open_now = {"enquiry.rated", "enquiry.assigned", "enquiry.closed"}
    drawn = buttons(open_now, "E-7KQ4-M2XD", only=("enquiry.rated", "enquiry.assigned"), main=main)
    assert [one.tone for one in drawn] == tones
    first = "Assign a social worker" if main == "enquiry.assigned" else "Rate"
    assert (drawn[0].label, drawn[0].is_link) == (first, True)


def test_button_that_asks_nothing_is_no_link() -> None:
    assert buttons({"handover.accepted"}, "E-7KQ4-M2XD", only=("handover.accepted",)) == [
        Button("/handovers/E-7KQ4-M2XD/accept/", "Accept")
    ]
