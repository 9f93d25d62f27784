"""The state tables as people read them: printed from the tables themselves, so that page and code cannot differ."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models

from agencies.access.roles import ASKED, ASSIGNED, RECEIVER
from agencies.choices import Role, SystemRole
from common.transition import StateTable, Transition

RELATIONS = {
    ASSIGNED: "Its social worker",
    ASKED: "The agency that is asked",
    RECEIVER: "The team that receives it",
}
HEAD = """# States

Printed from the state tables by `./run manage print_states`; a test compares. One function,
`agencies.access.transitions.apply`, makes every move: it locks the record, asks for role and state, writes the row and
its event in one transaction. The diagrams show what changes a state; moves that leave it as it is stand in the tables.
"""


@dataclass(frozen=True)
class Record:
    """One kind of record with its state table."""

    model: type[models.Model]
    table: StateTable

    @property
    def states(self) -> dict[str, str]:
        """The states in the order of the choices, with their labels."""
        return {str(value): str(label) for value, label in self._field.flatchoices}

    @property
    def first(self) -> str:
        """The state in which a record begins."""
        return str(self._field.get_default())

    @property
    def _field(self) -> Any:
        return self.model._meta.get_field("state")


def records() -> list[Record]:
    """Return every state table of every app, in the order of the apps and of their files.

    Raises:
        LookupError: no model with a state belongs to a table.
    """
    return [Record(_model_of(app, table), table) for app, table in _tables()]


def _tables() -> Iterator[tuple[str, StateTable]]:
    for config in apps.get_app_configs():
        if find_spec(f"{config.name}.transitions") is None:
            continue
        for value in vars(import_module(f"{config.name}.transitions")).values():
            if isinstance(value, dict) and value and all(isinstance(row, Transition) for row in value.values()):
                yield config.label, value


def _model_of(app: str, table: StateTable) -> type[models.Model]:
    """Return the model that the events name: `request.heard` is about `InformationRequest`."""
    noun = next(iter(table)).partition(".")[0]
    for model in apps.get_app_config(app).get_models():
        if str(model._meta.model_name).endswith(noun) and _has_state(model):
            return model
    raise LookupError(f"No model of {app} with a state is called {noun}.")


def _has_state(model: type[models.Model]) -> bool:
    try:
        model._meta.get_field("state")
    except FieldDoesNotExist:
        return False
    return True


def who(role: str) -> str:
    """Return a role in words, also one that follows from the record, such as being its social worker."""
    return RELATIONS.get(role) or str((Role if role in Role.values else SystemRole)(role).label)


def page() -> str:
    """Return the whole page."""
    return "\n".join([HEAD, *(_section(record) for record in records())])


def _section(record: Record) -> str:
    title = str(record.model._meta.verbose_name)
    diagram = ["```mermaid", "stateDiagram-v2", *_lines(record), "```"]
    rows = ["| event | from | to | who | button |", "|---|---|---|---|---|", *_rows(record)]
    return "\n".join([f"## {title[:1].upper()}{title[1:]}", "", *diagram, "", *rows, ""])


def _lines(record: Record) -> Iterator[str]:
    for state, label in record.states.items():
        yield f"    {state} : {label.replace(':', ',')}"
    yield f"    [*] --> {record.first}"
    for event, row in record.table.items():
        for state in record.states:
            if state in row.sources and row.target not in {None, state}:
                yield f"    {state} --> {row.target} : {event.partition('.')[2]}"


def _rows(record: Record) -> Iterator[str]:
    for event, row in record.table.items():
        sources = ", ".join(state for state in record.states if state in row.sources)
        roles = ", ".join(sorted(who(role) for role in row.roles))
        yield f"| `{event}` | {sources} | {row.target or 'stays'} | {roles} | {row.label} |"
