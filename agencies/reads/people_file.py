"""Lines of people from a spreadsheet: what each says, and why it could not be read. Nothing is looked up here."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from agencies.choices import Role
from common.errors import RuleBroken

COLUMNS = (
    "name",
    "email",
    "telephone",
    "job title",
    "registered",
    "agency",
    "roles",
    "team",
    "first day",
    "last day",
)
NEEDED = ("name", "email")
MOST_LINES = 1000
_LONGEST = {"name": 120, "email": 254, "telephone": 40, "job title": 120, "agency": 120, "team": 120, "roles": 300}
_FORMULA = ("=", "@", "+", "-")
_NUMBER = re.compile(r"\+[0-9 ()-]+")
_ROLES = {str(role.label).lower(): str(role) for role in Role} | {str(role): str(role) for role in Role}
_YES = {"yes": True, "y": True, "true": True, "1": True, "no": False, "n": False, "false": False, "0": False, "": False}


@dataclass(frozen=True)
class PersonLine:
    """What one line says of a person.

    Attributes:
        number: of the line, as a spreadsheet counts it; the heading is 1.
        registered: None where the file has no such column, likewise `telephone` and `job_title`.
        agency: as it is written; empty where the line gives no membership.
        roles: codes.
        wrong: why the line cannot be taken, a sentence; empty where it can.
    """

    number: int
    name: str = ""
    email: str = ""
    telephone: str | None = None
    job_title: str | None = None
    registered: bool | None = None
    agency: str = ""
    roles: tuple[str, ...] = ()
    team: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    wrong: str = field(default="", compare=False)


def read_lines(text: str) -> list[PersonLine]:
    """Return the lines of people, in their order; empty ones are passed over.

    Commas, semicolons and tabs part the cells, whichever the heading uses.

    Raises:
        RuleBroken: there is no line, more than a thousand, or the heading lacks or repeats a column or has another.
    """
    text = text.lstrip("\ufeff").strip("\n")
    heading = text.split("\n", 1)[0]
    parted_by = max(",;\t", key=heading.count)
    try:
        rows = list(csv.reader(io.StringIO(text), delimiter=parted_by, strict=True))
    except csv.Error as error:
        raise RuleBroken("A quotation mark opens a cell and none closes it: mend the file.", field="lines") from error
    names = [cell.strip().lower() for cell in rows[0]] if rows else []
    _check_heading(names)
    found = [(number, row) for number, row in enumerate(rows[1:], start=2) if any(cell.strip() for cell in row)]
    if not found:
        raise RuleBroken("There is no line under the heading.", field="lines")
    if len(found) > MOST_LINES:
        raise RuleBroken(f"There are {len(found)} lines: take at most {MOST_LINES} at a time.", field="lines")
    seen: dict[str, int] = {}
    return [_line(number, names, row, seen) for number, row in found]


def _check_heading(names: list[str]) -> None:
    missing = [name for name in NEEDED if name not in names]
    unknown = [name for name in names if name not in COLUMNS]
    if missing:
        raise RuleBroken(f"The first line must name the columns. Missing: {', '.join(missing)}.", field="lines")
    if unknown:
        raise RuleBroken(
            f"There is no column “{unknown[0][:40]}”. Use only: {', '.join(COLUMNS)}.",
            field="lines",
        )
    if len(set(names)) < len(names):
        raise RuleBroken("The heading names a column twice.", field="lines")


def _line(number: int, names: list[str], row: list[str], seen: dict[str, int]) -> PersonLine:
    """Return what a line says, or why it cannot be read."""
    if len(row) != len(names):
        return PersonLine(number, wrong=f"It has {len(row)} cells, the heading has {len(names)}.")
    cells = {name: cell.strip() for name, cell in zip(names, row, strict=True)}
    email = cells["email"].lower()
    try:
        _check_cells(cells)
        line = PersonLine(
            number,
            name=cells["name"],
            email=email,
            telephone=cells.get("telephone"),
            job_title=cells.get("job title"),
            registered=_yes(cells["registered"]) if "registered" in cells else None,
            agency=cells.get("agency", ""),
            roles=_roles(cells.get("roles", "")),
            team=cells.get("team", ""),
            starts_on=_day(cells.get("first day", "")),
            ends_on=_day(cells.get("last day", "")),
        )
    except RuleBroken as error:
        return PersonLine(number, name=cells["name"][:120], email=email[:254], wrong=error.sentence)
    wrong = f"This address stands in line {seen[email]} already." if email in seen else ""
    seen.setdefault(email, number)
    if not wrong and bool(line.agency) != bool(line.roles):
        wrong = "Agency and roles go together: give both or neither."
    return PersonLine(**{**vars(line), "wrong": wrong})


def _check_cells(cells: Mapping[str, str]) -> None:
    """Refuse what no cell may hold.

    Raises:
        RuleBroken: empty where it may not be, too long, a formula, more than one line, or no address.
    """
    for name, cell in cells.items():
        if not cell and name in NEEDED:
            raise RuleBroken(f"The {name} is missing.")
        if len(cell) > _LONGEST.get(name, 40):
            raise RuleBroken(f"The {name} is longer than {_LONGEST.get(name, 40)} characters.")
        if cell.startswith(_FORMULA) and not (name == "telephone" and _NUMBER.fullmatch(cell)):
            raise RuleBroken(f"The {name} begins with “{cell[0]}”, as a formula does: write it without.")
        if "\n" in cell or "\t" in cell:
            raise RuleBroken(f"The {name} has more than one line or a tab.")
    try:
        validate_email(cells["email"])
    except ValidationError as error:
        raise RuleBroken("The email is no email address.") from error


def _yes(cell: str) -> bool:
    if cell.lower() not in _YES:
        raise RuleBroken("Write yes or no under registered.")
    return _YES[cell.lower()]


def _roles(cell: str) -> tuple[str, ...]:
    said = [part.strip().lower() for part in re.split(r"[;,/]", cell) if part.strip()]
    unknown = next((part for part in said if part not in _ROLES), None)
    if unknown:
        raise RuleBroken(f"There is no role “{unknown[:40]}”.")
    return tuple(sorted({_ROLES[part] for part in said}))


def _day(cell: str) -> date | None:
    parts = cell.split("/")[::-1] if "/" in cell else cell.split("-")
    try:
        return date(*(int(part) for part in parts)) if cell else None
    except (ValueError, TypeError) as error:
        raise RuleBroken("A day is written 2026-12-31 or 31/12/2026.") from error
