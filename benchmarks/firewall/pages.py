"""What is measured: each page with whoever looks at it, and the query behind each list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

LARGEST, SMALLEST = "police_researcher", "fire_bench"
"""Who answers for one of the four agencies that are mostly asked, and for the one that is seldom asked."""


@dataclass(frozen=True)
class Page:
    """One page as somebody opens it.

    Attributes:
        name: in words, as the figures say it.
        account: the key of `demo.people`, or the name of an account that `directory` made.
        path: `{record}` stands for a reference that `accounts` finds.
        record: which record: a request with items, or an enquiry with items; empty for lists.
        is_worklist: whether it is a list, to which the goals of lists apply; others have those of a record's page.
    """

    name: str
    account: str
    path: str
    record: str = ""
    is_worklist: bool = True


PAGES = (
    Page("requests, largest agency", LARGEST, "/requests/"),
    Page("requests, smallest agency", SMALLEST, "/requests/"),
    Page("requests done, largest agency", LARGEST, "/requests/?done"),
    Page("shared with the agency", LARGEST, "/shared/", is_worklist=False),
    Page("screening, screener", "sunita_screener", "/screening/"),
    Page("enquiries, manager", "maeve_manager", "/enquiries/"),
    Page("enquiries, social worker's own", "saira_worker", "/enquiries/?mine=on"),
    Page("my work, researcher", LARGEST, "/work/"),
    Page("my work, screener", "sunita_screener", "/work/"),
    Page("my work, manager", "maeve_manager", "/work/"),
    Page("my work, social worker", "saira_worker", "/work/"),
    Page("my work, front door", "fiona_front", "/work/"),
    Page("one request with its items", LARGEST, "/requests/{record}/", record="request", is_worklist=False),
    Page("one enquiry", "maeve_manager", "/enquiries/{record}/", record="enquiry", is_worklist=False),
    Page("items of an enquiry", "maeve_manager", "/enquiries/{record}/information/", "enquiry", is_worklist=False),
)

Query = Callable[[Any, datetime], object]


def queries() -> dict[str, Query]:
    """Return the query of each list by the page's name; evaluated to its last row."""
    import information_sharing.queries as sharing
    import screening.queries as screening
    from mash.worklist import work_of
    from screening.queries import EnquiryFilter

    def of_requests(*, answered: bool) -> Query:
        return lambda viewer, _at: list(sharing.requests_of_agency(viewer, answered=answered, page=1).object_list)

    def of_work(viewer: Any, at: datetime) -> object:
        return work_of(viewer, at=at)

    named: dict[str, Query] = {
        "requests, largest agency": of_requests(answered=False),
        "requests, smallest agency": of_requests(answered=False),
        "requests done, largest agency": of_requests(answered=True),
        "screening, screener": lambda viewer, at: screening.screening_queue(viewer, at=at),
        "enquiries, manager": lambda viewer, _at: screening.enquiry_list(viewer, EnquiryFilter()),
        "enquiries, social worker's own": lambda viewer, _at: screening.enquiry_list(viewer, EnquiryFilter(mine=True)),
    }
    return {page.name: named.get(page.name, of_work) for page in PAGES if page.is_worklist}
