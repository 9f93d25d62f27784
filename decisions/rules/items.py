"""Items in their versions: what lay before a person, and what has moved since."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

ItemVersions = Mapping[uuid.UUID, int]
"""Item to the version of its text."""


def as_token(versions: ItemVersions) -> str:
    """Write items and versions into one hidden field."""
    return " ".join(f"{item}:{version}" for item, version in sorted(versions.items(), key=lambda pair: str(pair[0])))


def from_token(token: str) -> dict[uuid.UUID, int]:
    """Read what `as_token` wrote; parts that nobody wrote so are left out, and then something is found missing."""
    found = {}
    for part in token.split():
        item, _, version = part.partition(":")
        try:
            found[uuid.UUID(item)] = int(version)
        except ValueError:
            continue
    return found


@dataclass(frozen=True)
class Moved:
    """What has changed among the items since a page was opened."""

    added: frozenset[uuid.UUID]
    changed: frozenset[uuid.UUID]
    gone: frozenset[uuid.UUID]

    def __bool__(self) -> bool:
        """Say whether anything has."""
        return bool(self.added or self.changed or self.gone)

    @property
    def sentence(self) -> str:
        """The change in words."""
        counts = ((len(self.added), "added"), (len(self.changed), "changed"), (len(self.gone), "withdrawn"))
        parts = [f"{count} {'item was' if count == 1 else 'items were'} {what}" for count, what in counts if count]
        return ", ".join(parts)


def moved(before: ItemVersions, now: ItemVersions) -> Moved:
    """Compare the items that lay before a person with those of now."""
    return Moved(
        added=frozenset(now.keys() - before.keys()),
        changed=frozenset(key for key in now.keys() & before.keys() if now[key] != before[key]),
        gone=frozenset(before.keys() - now.keys()),
    )
