"""Whose move it is, as people read it: printed from the rows that each stage writes in its `owners.py`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps

from agencies.access.diagrams import who
from common.turns import ANY_RATING, RATED, Matter, Turn
from common.work import Section

HEAD = """# Whose move it is

Printed from `<app>/owners.py` by `./run manage print_owners`; a test compares. For every state of every record, and for
what is owed about one while it is open: whose move it is, on which section of "My work" it stands for them, which clock
runs, who chases where the mover is not of the hub's own people, and who has it while the hub is closed.
`tests/architecture/test_owners.py` proves by these rows, the state tables, the shipped policies and the calendar that
every state, with every rating, at every hour of the week, has an owner, a list and a clock or a dated review, and that
an end can be reached; what is still missing is counted there, with its reason. *The next opening* means that it waits.
"""
COLUMNS = ("state", "whose move", "list", "clock", "chased by", "while the hub is closed")


def matters() -> list[Matter]:
    """Return every matter of every app, in the order of the apps."""
    return [matter for app in _apps() if find_spec(f"{app}.owners") for matter in import_module(f"{app}.owners").OWNERS]


def sections() -> Mapping[str, Section]:
    """Return every section of "My work" by its key."""
    found = [import_module(f"{app}.queries") for app in _apps() if find_spec(f"{app}.queries")]
    return {one.key: one for queries in found for one in getattr(queries, "SECTIONS", ())}


def _apps() -> Iterator[str]:
    return (config.name for config in apps.get_app_configs() if "." not in config.name)


def page() -> str:
    """Return the whole page."""
    titles = {key: section.title for key, section in sections().items()}
    return "\n".join([HEAD, *(_matter(matter, titles) for matter in matters())])


def _matter(matter: Matter, titles: Mapping[str, str]) -> str:
    head = [f"## {matter.name[:1].upper()}{matter.name[1:]}", ""]
    about = [f"Open while {matter.about}." if not matter.about.startswith("from") else f"Open {matter.about}.", ""]
    rows = [_row(state, turn, titles) for state, turn in matter.turns.items()]
    table = [_line(COLUMNS), _line("---" for _ in COLUMNS), *rows]
    return "\n".join([*head, *(about if matter.about else []), *table, *_why(matter), ""])


def _why(matter: Matter) -> list[str]:
    said = [f"- {state}: {turn.why}" for state, turn in matter.turns.items() if turn.why]
    return ["", *said] if said else []


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _row(state: str, turn: Turn, titles: Mapping[str, str]) -> str:
    if turn.ends:
        leaves = f"; then {', '.join(turn.leaves)}" if turn.leaves else ""
        return _line([state, f"an end{leaves}", "", "", "", ""])
    through = [f"as {', '.join(turn.through)}"] if turn.through else []
    movers = ", ".join(sorted(who(role) for role in turn.whose)) or "; ".join(through)
    lists = "; ".join(titles[key] for key in turn.lists) or (turn.page and f"page `{turn.page}`")
    return _line([state + _ratings(turn), movers, lists, _clock(turn), _chased(turn, titles), _night(turn, titles)])


def _ratings(turn: Turn) -> str:
    words = {ANY_RATING: "", RATED: ", rated"}
    return words.get(turn.ratings, ", not rated")


def _clock(turn: Turn) -> str:
    clocks = "; ".join(f"`{measure}`" for measure in turn.clocks)
    return clocks or (f"{turn.review.words} (`{turn.review.on}`)" if turn.review else "")


def _chased(turn: Turn, titles: Mapping[str, str]) -> str:
    late = "; ".join(titles[key] for key in turn.late)
    if turn.outside is None:
        return f"when late: {late}" if late else ""
    chasers = ", ".join(sorted(who(role) for role in turn.outside.chaser))
    return f"{turn.outside.who}, by {chasers}: {late}"


def _night(turn: Turn, titles: Mapping[str, str]) -> str:
    if not turn.at_night:
        return "the next opening"
    lists = "; ".join(titles[key] for key in turn.at_night)
    return f"Out of hours: {lists}" if turn.urgent else f"Red, out of hours: {lists}; else the next opening"
