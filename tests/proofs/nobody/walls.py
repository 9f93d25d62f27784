"""Rule 6: of one person and one kind of record, both walls and the access table open the same rows at this moment."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from random import Random

from psycopg2.extensions import connection as Connection

from agencies.access.firewall import rule_for
from agencies.access.identity import _setting_for, acting_as
from agencies.access.table.meaning import opened
from agencies.access.viewer import Viewer
from tests.proofs import oracle


@dataclass
class Walls:
    """Draws a person and a kind of record, by a draw of its own: looking on changes nothing.

    Attributes:
        superuser: a connection past both walls, which commits each statement.
    """

    superuser: Connection
    draw: Random
    _models: list[oracle.Model] = field(default_factory=list)

    def odd(self, viewer: Viewer) -> tuple[str, str]:
        """Return the kind of record that was drawn, and in words where the three readings differ; empty where not."""
        if not self._models:
            tables = oracle.under_policies(self.superuser)
            self._models = [one for one in oracle.guarded() if one._meta.db_table in tables]
        model = self.draw.choice(self._models)
        label = model._meta.label
        with acting_as(viewer) as acting, self._told(acting):
            said = oracle.keys(model, opened(label, acting), self.superuser)
            ruled = oracle.keys(model, rule_for(model)(acting), self.superuser)
        policed = oracle.by_the_policy(model, viewer)
        words = [
            f"{name} {len(found - said)} too many, {len(said - found)} missing"
            for name, found in (("the rule opens", ruled), ("the policy opens", policed))
            if found != said
        ]
        return label, "; ".join(words)

    @contextmanager
    def _told(self, viewer: Viewer) -> Iterator[None]:
        """Let the functions that a rule asks know who asks, also past the walls."""
        with self.superuser.cursor() as cursor:
            cursor.execute("SELECT set_config('app.identity', %s, false)", [_setting_for(viewer, None)])
            try:
                yield
            finally:
                cursor.execute("SELECT set_config('app.identity', '', false)")
