"""What the code may not say, and how long it may be."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(__file__).resolve().parents[2]
APPS = (
    "agencies",
    "audit",
    "clock",
    "common",
    "contacts",
    "decisions",
    "demo",
    "information_sharing",
    "mash",
    "notices",
    "reporting",
    "screening",
)
CODE = sorted(
    path.relative_to(ROOT) for app in APPS for path in (ROOT / app).rglob("*.py") if "migrations" not in path.parts
)
TEMPLATES = sorted(path.relative_to(ROOT) for path in (ROOT / "templates").rglob("*.html"))
LONGEST_FILE, LONGEST_TEMPLATE, LONGEST_FUNCTION = 400, 120, 40


def calls(path: Path, name: str) -> Iterator[int]:
    """Yield the lines that call or read an attribute of this name."""
    for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute) and node.attr == name:
            yield node.lineno


def layer(path: Path) -> str:
    """Return the file's place in its app: `views` for `contacts/views/listing.py`."""
    return path.parts[1].removesuffix(".py") if len(path.parts) > 1 else ""


READS = {"actions", "queries", "reads", "querysets", "visibility", "models", "grants", "access", "rules", "seeds"}
"""Layers that may ask a table: reads begin at `visible_to`, writes stand in actions."""


def outside(name: str, allowed: set[str]) -> list[str]:
    found = []
    for path in CODE:
        if path.parts[0] == "demo" or layer(path) in allowed:  # It plants a hub and owns no table.
            continue
        found += [f"{path}:{line}" for line in calls(path, name)]
    return found


def test_tables_are_asked_by_the_layers_that_own_them() -> None:
    assert outside("objects", READS) == []


def test_default_managers_are_the_kernels() -> None:
    assert outside("_default_manager", {"access"}) == []
    assert outside("_base_manager", set()) == []


def test_nobody_asks_the_library_for_a_permission() -> None:
    for name in ("has_perm", "has_perms", "has_module_perms", "get_all_permissions", "is_superuser", "is_staff"):
        assert outside(name, set()) == []


INTERFACES = {
    "views",
    "forms",
    "tasks",
    "management",
    "middleware",
    "home",
    "readiness",
    "context",
    "templatetags",
    "api",
    "beat",
    "keeping",
}
"""Where the clock is read; everything below is told the time."""

READINGS = re.compile(r"timezone\.(?:now|localdate|localtime)\(|datetime\.now\(|date\.today\(|time\.time\(|utcnow\(")


def test_only_interfaces_read_the_clock() -> None:
    found = []
    for path in CODE:
        if INTERFACES & {layer(path), *path.parts}:
            continue
        found += [f"{path}: {match}" for match in READINGS.findall((ROOT / path).read_text(encoding="utf-8"))]
    assert sorted(found) == sorted(CLOCK_OF_THE_KERNEL)


CLOCK_OF_THE_KERNEL = [
    "agencies/access/accounts.py: timezone.now(",
    "agencies/access/identity.py: time.time(",
    "agencies/access/inactivity.py: time.time(",
    "agencies/access/once.py: timezone.now(",
    "agencies/access/presses.py: timezone.now(",
    "agencies/access/searched.py: timezone.now(",
    "mash/answered.py: timezone.now(",
    "mash/search.py: timezone.now(",
]
"""A signature's expiry, when somebody was seen, a form sent, a button pressed: facts of the request."""


@pytest.mark.parametrize("name", ["mark_safe", "SafeString", "safe"])
def test_html_is_escaped_everywhere(name: str) -> None:
    imported = re.compile(rf"import .*\b{name}\b")
    found = [str(path) for path in CODE if imported.search((ROOT / path).read_text(encoding="utf-8"))]
    assert [path for path in found if not path.startswith(("common/templatetags", "common/forms"))] == []


UNSAFE = re.compile(
    r"\|safe\b|autoescape off|\bperms\.|is_superuser|is_staff|<script>|<style|\sstyle=|javascript:"
    r"|\son(?:click|submit|change|input|load|error|focus|blur|toggle|key\w+|mouse\w+)="
)


@pytest.mark.parametrize("path", TEMPLATES, ids=str)
def test_template_is_short_decides_nothing_and_holds_no_script(path: Path) -> None:
    text = (ROOT / path).read_text(encoding="utf-8")
    assert len(text.splitlines()) <= LONGEST_TEMPLATE
    assert UNSAFE.findall(text) == []


@pytest.mark.parametrize("path", CODE, ids=str)
def test_file_and_its_functions_are_short(path: Path) -> None:
    text = (ROOT / path).read_text(encoding="utf-8")
    assert len(text.splitlines()) <= LONGEST_FILE
    functions = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    assert [one.name for one in functions if _length(one) > LONGEST_FUNCTION] == []


def _length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Count the lines from the name on, without the docstring: it is there to be read."""
    said = function.body[0].end_lineno if ast.get_docstring(function) else function.lineno
    return (function.end_lineno or 0) - (said or 0)


def test_tests_are_short_too() -> None:
    long = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "tests").rglob("*.py")
        if len(path.read_text(encoding="utf-8").splitlines()) > LONGEST_FILE
    ]
    assert long == []


def test_signals_are_no_workflow() -> None:
    listening = re.compile(r"@receiver|(?:pre|post)_(?:save|delete|init)\b|m2m_changed")
    found = [str(path) for path in CODE if listening.search((ROOT / path).read_text(encoding="utf-8"))]
    assert found == ["common/encryption.py"], "There `pre_save` is the field's own method, and no signal."


def test_case_records_stand_in_no_admin() -> None:
    assert [str(path) for path in CODE if path.name == "admin.py"] == []
    assert "django.contrib.admin" not in settings.INSTALLED_APPS


def test_files_are_called_by_what_they_hold() -> None:
    odd = [
        "manager",
        "managers",
        "helper",
        "helpers",
        "utils",
        "util",
        "data",
        "info",
        "process",
        "services",
        "service",
    ]
    assert [str(path) for path in CODE if path.stem in odd] == []


def test_migrations_stand_on_earlier_stages_alone() -> None:
    """No app's migration depends on one of an app above it."""
    order = ["audit", "agencies", "clock", "notices", "contacts", "screening", "information_sharing", "decisions"]
    wrong = []
    for app in order:
        for path in (ROOT / app / "migrations").glob("0*.py"):
            needed = re.findall(r'\(\s*[\'"](\w+)[\'"],\s*[\'"]\d{4}_', path.read_text(encoding="utf-8"))
            wrong += [f"{path.name} -> {one}" for one in needed if one in order and order.index(one) > order.index(app)]
    assert wrong == []


def test_decision_records_are_numbered_as_they_say() -> None:
    for path in (ROOT / "docs" / "adr").glob("*.md"):
        number = path.name.split("-")[0]
        first = path.read_text(encoding="utf-8").splitlines()[0]
        assert re.match(rf"# (ADR )?0*{int(number)}\b", first), f"{path.name}: its heading is {first!r}."


def test_nothing_made_or_fetched_is_committed() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    made = re.compile(r"(^|/)(node_modules|static/build|\.venv|\.data|__pycache__)/|\.(pyc|woff2?|sqlite3|log)$")
    assert [name for name in listed.splitlines() if made.search(name)] == []
