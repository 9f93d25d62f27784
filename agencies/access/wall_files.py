"""The second wall as it is written: each app's `sql/` folder, read into one object a statement.

A file holds nothing but CREATE OR REPLACE FUNCTION, CREATE TRIGGER and CREATE POLICY, each object once in the whole
product. Who owns a function and who may call it is not SQL but the comment line above it (ADR 0041):

    -- callers: web, sweep                 mash_web and mash_sweep may call it
    -- callers: definer; owner: probe      it belongs to mash_probe, and mash_definer may call it

Without such a line nobody but its owner may. The owner is mash_definer where it says SECURITY DEFINER, otherwise
mash_owner; the owner of the tables may call what a trigger calls.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
ROLES = {name: f"mash_{name}" for name in ("web", "sweep", "auditor", "owner", "definer", "probe")}

PIECE = re.compile(r"--[^\n]*|'(?:[^']|'')*'|\$(\w*)\$.*?\$\1\$|;", re.DOTALL)
FUNCTION = re.compile(r"CREATE OR REPLACE FUNCTION fw\.(\w+)\s*\(")
TRIGGER = re.compile(r"CREATE (?:CONSTRAINT )?TRIGGER (\w+)\s.*?\sON (?:public\.)?(\w+)", re.DOTALL)
POLICY = re.compile(r"CREATE POLICY (\w+)\s+ON (?:public\.)?(\w+)")
ABOVE = re.compile(r"-- callers: (\w+(?:, \w+)*)(?:; owner: (\w+))?")


class WallError(Exception):
    """The second wall cannot be read or built as its files say; the message says where and why."""


@dataclass(frozen=True)
class WallObject:
    """One function, trigger or policy as a file says it.

    Attributes:
        kind: "function", "trigger" or "policy".
        name: of a function without its schema; of the others with their table: "closed on contacts_contact".
        table: on which a trigger or policy stands; empty for a function.
        head: a function's arguments and result: where they change, it is made anew and not replaced.
        owner: the role to which a function belongs.
        callers: the roles that may call it.
    """

    kind: str
    name: str
    table: str
    text: str
    path: Path
    head: str = ""
    owner: str = ""
    callers: tuple[str, ...] = ()

    @property
    def written(self) -> str:
        """The hash of all that the file says of it."""
        return digest(self.text, self.owner, *self.callers)

    @property
    def plain_name(self) -> str:
        """The name as SQL has it, without the table."""
        return self.name.partition(" on ")[0]


def digest(*words: str) -> str:
    """Return one hash over several texts."""
    return sha256("\0".join(words).encode()).hexdigest()


def read_wall(root: Path = ROOT) -> dict[tuple[str, str], WallObject]:
    """Return every object of the second wall by kind and name.

    Args:
        root: the project's folder; the files are `<app>/sql/**/*.sql` in it.

    Raises:
        WallError: a file holds something else, or an object stands in two places.
    """
    found: dict[tuple[str, str], WallObject] = {}
    for path in sorted(root.glob("*/sql/**/*.sql")):
        for one in read_file(path):
            first = found.setdefault((one.kind, one.name), one)
            if first is not one:
                raise WallError(f"The {one.kind} {one.name} is defined twice: in {first.path} and in {path}.")
    return found


def read_file(path: Path) -> Iterator[WallObject]:
    """Yield the objects of one file.

    Raises:
        WallError: a statement is none of the wall's, or the line above a function names no role.
    """
    for above, statement in _statements(path.read_text(encoding="utf-8")):
        yield _function(above, statement, path) or _placed(statement, path)


def _statements(text: str) -> Iterator[tuple[str, str]]:
    """Yield each statement with the comment line directly above it."""
    above, begin = "", 0
    for piece in PIECE.finditer(text):
        if piece[0].startswith("--") and not text[begin : piece.start()].strip():
            above, begin = piece[0], piece.end()
        elif piece[0] == ";":
            statement = text[begin : piece.end()]
            yield above if re.match(r"\n\S", statement) else "", statement.strip()
            above, begin = "", piece.end()
    if text[begin:].strip():
        yield "", text[begin:].strip()


def _function(above: str, statement: str, path: Path) -> WallObject | None:
    match = FUNCTION.match(statement)
    if match is None:
        return None
    head = re.split(r"\sAS\s+\$", statement)[0]
    is_definers = "SECURITY DEFINER" in head
    owner, callers = _said(above, match[1], path)
    return WallObject(
        kind="function",
        name=match[1],
        table="",
        text=statement,
        path=path,
        head=digest(" ".join(re.split(r"\sLANGUAGE\s", head)[0].split())),
        owner=owner or ROLES["definer" if is_definers else "owner"],
        callers=callers if "RETURNS trigger" not in head else (*callers, ROLES["owner"]),
    )


def _said(above: str, name: str, path: Path) -> tuple[str, tuple[str, ...]]:
    """Return the owner, if it is named, and the callers."""
    if not above.startswith(("-- callers", "-- owner")):
        return "", ()
    match = ABOVE.fullmatch(above)
    callers, owner = (match[1].split(", "), match[2]) if match else ([], None)
    if match is None or not {*callers, *([owner] if owner else [])} <= ROLES.keys():
        raise WallError(f"The line above fw.{name} in {path} names no role of ours: {above}")
    return ROLES[owner] if owner else "", tuple(ROLES[word] for word in callers)


def _placed(statement: str, path: Path) -> WallObject:
    for kind, pattern in (("trigger", TRIGGER), ("policy", POLICY)):
        match = pattern.match(statement)
        if match:
            return WallObject(kind, f"{match[1]} on {match[2]}", match[2], statement, path)
    raise WallError(f"{path} holds something that is no function, trigger or policy: {statement[:80]}")
