"""Whom the auditor looks for in the log: found by name, a few at a time, never offered all together."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from agencies.access import roles
from agencies.access.viewer import Viewer
from agencies.choices import Role
from agencies.models import Membership, User
from common.normal.names import letters, words_of

MOST_FOUND = 50
LONGEST_NAME = 120


@dataclass(frozen=True)
class Found:
    """The accounts whose name was looked for.

    Attributes:
        people: key, and name with agencies, by name; the first fifty.
        are_more: whether there are more than these.
    """

    people: list[tuple[str, str]]
    are_more: bool = False


def people_called(viewer: Viewer, name: str) -> Found:
    """Return who has every word of a name in theirs, among all who ever held a membership; two queries, or none.

    Raises:
        NotPermitted: the viewer is no auditor.
    """
    roles.require(viewer, Role.AUDITOR)
    words = name.replace("\0", " ")[:LONGEST_NAME].split()
    if not words:
        return Found([])
    rows = User.objects.filter(pk__in=Membership.objects.values("user_id"))
    called = (row for row in rows.order_by("name", "id").values_list("pk", "name") if _is_called(row[1], words))
    found = list(islice(called, MOST_FOUND + 1))
    return Found(_with_agencies(found[:MOST_FOUND]), are_more=len(found) > MOST_FOUND)


def _is_called(name: str, words: list[str]) -> bool:
    """Say whether every word stands in a word of the name, in the form in which names are compared."""
    parts = [*words_of(name), name.casefold()]
    return all(any((letters(word) or word.casefold()) in part for part in parts) for word in words)


def person_with(viewer: Viewer, key: str) -> list[tuple[str, str]]:
    """Return the one person of a key, as `people_called` gives them; nobody where there is none of that key.

    Raises:
        NotPermitted: the viewer is no auditor.
    """
    roles.require(viewer, Role.AUDITOR)
    try:
        account = uuid.UUID(key)
    except ValueError:
        return []
    rows = User.objects.filter(pk=account, pk__in=Membership.objects.values("user_id"))
    return _with_agencies(rows.values_list("pk", "name"))


def _with_agencies(accounts: Iterable[tuple[uuid.UUID, str]]) -> list[tuple[str, str]]:
    names = dict(accounts)
    agencies: dict[uuid.UUID, set[str]] = {key: set() for key in names}
    held = Membership.objects.filter(user_id__in=names).values_list("user_id", "agency__short_name")
    for key, agency in held:
        agencies[key].add(agency)
    return [(str(key), f"{name} ({', '.join(sorted(agencies[key]))})") for key, name in names.items()]
