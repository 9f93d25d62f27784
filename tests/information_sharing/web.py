"""Short ways to open and to post pages in tests."""

from __future__ import annotations

import uuid

from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.access.identity import acting_as
from information_sharing.models import InformationRequest
from tests.people import Person


def url(name: str, *args: object) -> str:
    return reverse(f"information_sharing:{name}", args=args)


def key() -> str:
    return str(uuid.uuid4())


def written(table: str, caught: CaptureQueriesContext) -> list[str]:
    """Return what was written into evidence that the web role may not read again."""
    return [query["sql"] for query in caught.captured_queries if f'INSERT INTO "{table}"' in query["sql"]]


def reload(request: InformationRequest, who: Person) -> InformationRequest:
    with acting_as(who.viewer):
        return InformationRequest.objects.get(pk=request.pk)


def item_fields(*texts: str, **first: str) -> dict[str, str]:
    posted = {"items-TOTAL_FORMS": str(len(texts)), "items-INITIAL_FORMS": "0"}
    for place, said in enumerate(texts):
        posted[f"items-{place}-text"] = said
    return {**posted, **{f"items-0-{name}": value for name, value in first.items()}}
