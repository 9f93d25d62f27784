"""The floors of the house: no circle of imports, and no SQL that names a table of a higher floor."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps

from tests.architecture.test_source import ROOT

FLOORS = (
    "common",
    "audit",
    "agencies",
    "clock",
    "notices",
    "contacts",
    "screening",
    "information_sharing",
    "decisions",
    "reporting",
    "mash",
    "demo",
)
"""From the ground up; import-linter holds the imports to the same order."""

MODULES = {
    ".".join(part for part in path.relative_to(ROOT).with_suffix("").parts if part != "__init__"): path
    for app in FLOORS
    for path in (ROOT / app).rglob("*.py")
}


def _imports(name: str, path: Path) -> Iterator[str]:
    """Yield the modules of ours that a module imports, also inside functions; what is there for types alone is not."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for_types = {
        id(each)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        for each in ast.walk(node)
    }
    for node in ast.walk(tree):
        if id(node) in for_types:
            continue
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for each in node.names:
                inner = f"{node.module}.{each.name}"
                yield inner if inner in MODULES else node.module


GRAPH = {name: {one for one in _imports(name, path) if one in MODULES} - {name} for name, path in MODULES.items()}


def _reach(start: str) -> set[str]:
    found: set[str] = set()
    waiting = [start]
    while waiting:
        for one in GRAPH[waiting.pop()] - found:
            found.add(one)
            waiting.append(one)
    return found


def test_no_module_comes_back_to_itself() -> None:
    assert sorted(name for name in GRAPH if name in _reach(name)) == []


def _tables() -> dict[str, str]:
    """Return each table of ours with its app."""
    return {
        model._meta.db_table: model._meta.app_label for model in apps.get_models() if model._meta.app_label in FLOORS
    }


WORD = re.compile(r"\b[a-z]+(?:_[a-z]+)+\b")


def _said(path: Path) -> str:
    """Return what a file says to the database: an SQL file without its comments, the texts of a Python file."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".sql":
        return re.sub(r"--.*", "", text)
    tree = ast.parse(text)
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    texts = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str))
    return "\n".join(str(node.value) for node in texts if id(node) not in told)


def _above(said: str, app: str) -> list[str]:
    """Return the tables of higher floors than an app's that a text names."""
    tables, floor = _tables(), FLOORS.index(app)
    named = {word for word in WORD.findall(said) if word in tables}
    return sorted(word for word in named if FLOORS.index(tables[word]) > floor)


def _names_above(app: str) -> dict[str, list[str]]:
    """Return by file the tables of higher floors that an app's SQL names, in files and in Python."""
    found = {}
    files = [*(ROOT / app).rglob("*.sql"), *(ROOT / app).rglob("*.py")]
    for path in files:
        if "migrations" in path.parts:
            continue
        above = _above(_said(path), app)
        if above:
            found[str(path.relative_to(ROOT))] = above
    return found


@pytest.mark.parametrize("app", FLOORS)
def test_sql_names_no_table_of_a_higher_floor(app: str) -> None:
    assert _names_above(app) == {}


def test_name_of_a_higher_floor_is_seen() -> None:
    said = "SELECT d.number FROM decisions_decision d JOIN contacts_contact c ON true"
    assert _above(said, "contacts") == ["decisions_decision"]
    assert _above(said, "agencies") == ["contacts_contact", "decisions_decision"]
    assert _above(said, "decisions") == []
