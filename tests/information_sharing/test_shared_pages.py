"""What was shared with an agency, page by page: each once, the last named first, and only what was shown is logged."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from information_sharing.grants import ItemGrant
from information_sharing.models import InformationRequest, ItemText
from information_sharing.queries.items import MOST_SHARED
from tests.drawn import text
from tests.information_sharing.web import url, written
from tests.people import ClientOf, Person
from tests.scenes.enquiries import Case, answer, ask, new, other_core

pytestmark = pytest.mark.django_db

NAMED_AT = """
WITH gone AS (
    DELETE FROM information_sharing_itemgrant WHERE content_object_id = %s
    RETURNING id, permission_id, group_id, content_object_id
)
INSERT INTO information_sharing_itemgrant (id, permission_id, group_id, content_object_id, named_at)
SELECT gone.*, %s FROM gone
"""


@pytest.fixture
def shared(
    case: Case, asked: InformationRequest, police_officer: Person, health_visitor: Person
) -> Callable[[int], None]:
    """Let the police share so many items with health, each named a minute before the one before."""

    def share(count: int) -> None:
        (health,) = ask(case, "health")
        answer(health, health_visitor)
        items = [new(f"Item {number:03}.", named=other_core("health")) for number in range(count)]
        answer(asked, police_officer, *items, new("Not named."))
        now = timezone.now()
        with connection.cursor() as cursor:
            for key, said in ItemText.objects.filter(text__startswith="Item ").values_list("item_id", "text"):
                at = now - timedelta(minutes=int(said[5:8]))
                cursor.execute(NAMED_AT, [key, at])

    return share


def numbers(page: Any) -> list[int]:
    return [int(one) for one in re.findall(r"Item (\d{3})\.", text(page))]


def test_pages_show_each_item_once_the_last_named_first(
    shared: Callable[[int], None], client_of: ClientOf, health_visitor: Person
) -> None:
    shared(MOST_SHARED + 3)
    client = client_of(health_visitor)
    first, second, third = (client.get(f"{url('shared')}?page={number}") for number in (1, 2, 3))
    assert numbers(first) == list(range(MOST_SHARED))
    assert numbers(second) == list(range(MOST_SHARED, MOST_SHARED + 3))
    assert [('rel="next"' in text(page), 'rel="prev"' in text(page)) for page in (first, second, third)] == [
        (True, False),
        (False, True),
        (False, True),
    ]
    assert "There is nothing on this page any more." in text(third)
    assert "Not named." not in text(first) + text(second)


@pytest.mark.parametrize(
    ("odd", "shown"), [("0", [0]), ("-1", [0]), ("x", [0]), ("99999999999", []), ("1.5", [0]), ("", [0])]
)
def test_an_odd_page_is_the_first_and_a_far_one_is_empty(
    odd: str, shown: list[int], shared: Callable[[int], None], client_of: ClientOf, health_visitor: Person
) -> None:
    shared(1)
    page = client_of(health_visitor).get(f"{url('shared')}?page={odd}")
    assert (page.status_code, numbers(page)) == (200, shown)


def test_only_what_stands_on_the_page_is_logged_as_read(
    shared: Callable[[int], None], client_of: ClientOf, health_visitor: Person
) -> None:
    shared(MOST_SHARED + 1)
    client = client_of(health_visitor)
    named = ItemGrant.objects.order_by("-named_at").values_list("content_object_id", flat=True)
    latest_first = [str(key) for key in named]
    for number, wanted in ((1, latest_first[:MOST_SHARED]), (2, latest_first[MOST_SHARED:])):
        with CaptureQueriesContext(connection) as caught:
            client.get(f"{url('shared')}?page={number}")
        (reading,) = written("audit_reading", caught)
        assert {key for key in latest_first if key in reading} == set(wanted)


@pytest.mark.parametrize("count", [1, MOST_SHARED + 2])
def test_a_page_takes_the_same_number_of_queries(
    count: int,
    shared: Callable[[int], None],
    client_of: ClientOf,
    health_visitor: Person,
    django_assert_num_queries: Callable[[int], Any],
) -> None:
    shared(count)
    client = client_of(health_visitor)
    client.get(url("shared"))
    with django_assert_num_queries(15):
        client.get(url("shared"))


def test_a_page_is_filled_from_later_namings_where_the_latest_are_closed_to_the_agency(
    shared: Callable[[int], None], client_of: ClientOf, health_visitor: Person
) -> None:
    shared(MOST_SHARED + 3)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE information_sharing_item i SET withdrawn_at = now() FROM information_sharing_itemtext t"
            " WHERE t.item_id = i.id AND t.text IN ('Item 000.', 'Item 002.')"
        )
    client = client_of(health_visitor)
    first, second = (client.get(f"{url('shared')}?page={number}") for number in (1, 2))
    assert numbers(first) == [1, *range(3, MOST_SHARED + 2)]
    assert numbers(second) == [MOST_SHARED + 2]
