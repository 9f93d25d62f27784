"""Django's own checks, with the second wall among them: `./run manage check --database default`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connection

from agencies.access.rights import ROLES
from agencies.access.standing import findings

OWNER = "mash_owner"


@register(Tags.database)
def second_wall(databases: Sequence[str] | None, **_: Any) -> list[CheckMessage]:
    """Say what would let this login past the second wall; the owner, who migrates, builds it and is not asked."""
    user = connection.settings_dict["USER"]
    if not databases or "default" not in databases or user == OWNER:
        return []
    role = user if user in ROLES.values() else ROLES["web"]
    return [Error(sentence, id="agencies.E001") for sentence in findings(role=role)]
