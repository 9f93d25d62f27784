"""SELECT statements as Django writes them, taken apart: of which table they list rows, and with which others.

Only the outermost level is read. What stands in brackets, in quotes or in a text is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

TOKEN = re.compile(
    r"""E'(?:[^'\\]|\\.|'')*' | '(?:[^']|'')*' | "(?:[^"]|"")*" | [()] | , | [A-Za-z_][\w.]*""", re.VERBOSE | re.DOTALL
)
CLAUSES = ("SELECT", "FROM", "WHERE", "GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET", "FOR", "WINDOW")
JOINERS = ("UNION", "INTERSECT", "EXCEPT")
NO_ALIAS = {"INNER", "LEFT", "ON", "CROSS", "RIGHT", "FULL", "JOIN"}
TABLES = re.compile(r'(?:FROM|JOIN) +"(\w+)"')
NAMED = re.compile(r' +AS "(?P<name>\w+)"$')
ASKED = re.compile(r"\bfw\.\w+\(")


@dataclass(frozen=True)
class Token:
    """One word, text, name or bracket at the outermost level, with its place."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Source:
    """One table that a statement reads rows of, with the name it has there."""

    table: str
    alias: str

    def key(self, keys: Mapping[str, str]) -> str:
        """Return its key, as the statement would write it."""
        return f'{self.alias}."{keys[self.table]}"'


@dataclass(frozen=True)
class Statement:
    """A SELECT of the rows of a table.

    Attributes:
        base: the table whose rows it lists.
        joined: the others that stand in its FROM.
        worked_out: columns that are read by a query of their own, with their names.
        rest: everything from FROM to the conditions; without order, limit and lock.
        having: a condition on what is counted for each row.
    """

    base: Source
    joined: tuple[Source, ...]
    worked_out: tuple[tuple[str, str], ...]
    rest: str
    having: str = ""

    @property
    def may_differ(self) -> bool:
        """Say whether more than the rows of one table stand between the statement and what it lists."""
        return bool(self.joined or ASKED.search(self.rest) or len(TABLES.findall(self.rest)) > 1 or self.worked_out)

    @property
    def tables(self) -> set[str]:
        """Every table that it reads, however deep."""
        return set(TABLES.findall(self.rest)).union(*(TABLES.findall(one) for one, _ in self.worked_out))

    def listing(self, keys: Mapping[str, str]) -> str:
        """Return the statement that lists the keys of its rows instead, with those of the joined ones beside them."""
        if self.having:
            key = self.base.key(keys)
            return f"SELECT ({key})::text {self.rest} GROUP BY {key} HAVING {self.having}"
        columns = [self.base.key(keys), *(one.key(keys) for one in self.joined), *(one for one, _ in self.worked_out)]
        return f"SELECT DISTINCT {', '.join(f'({column})::text' for column in columns)} {self.rest}"


def read(text: str) -> list[Statement]:
    """Return the lists of rows of which a statement consists: more than one in a UNION, none where it is another kind.

    Of a UNION of which one arm cannot be read none is: what was passed over would count as looked at.

    Args:
        text: with its values in their places.
    """
    text = _unwrapped(text)
    tokens = list(outermost(text))
    cuts = [one for one in tokens if one.text in JOINERS]
    if cuts:
        edges = [0, *(edge for one in cuts for edge in (one.start, one.end)), len(text)]
        arms = (re.sub(r"^\s*ALL\b", "", text[a:b]) for a, b in zip(edges[::2], edges[1::2], strict=True))
        read_arms = [read(arm) for arm in arms]
        return [found for one in read_arms for found in one] if all(read_arms) else []
    places = clauses(tokens, len(text))
    if "SELECT" not in places or "FROM" not in places or not text.startswith("SELECT"):
        return []
    start, end = places["FROM"]
    if text[start:end].lstrip().startswith("("):
        return read(next(text[one.start : one.end] for one in tokens if one.start >= start))
    return _of_table(text, tokens, places)


def lists_rows(text: str) -> bool:
    """Say whether a statement takes rows from anything but a function of the wall."""
    start, end = clauses(list(outermost(text)), len(text)).get("FROM", (0, 0))
    return start < end and not text[start:end].lstrip().startswith("fw.")


def _unwrapped(text: str) -> str:
    """Take off brackets around the whole."""
    text = text.strip()
    while text.startswith("(") and text.endswith(")") and not list(outermost(text))[1:]:
        text = text[1:-1].strip()
    return text


def outermost(text: str) -> Iterator[Token]:
    """Yield the tokens of the outermost level; a pair of brackets is one."""
    depth, opened = 0, 0
    for match in TOKEN.finditer(text):
        if match[0] == "(":
            opened = match.start() if depth == 0 else opened
            depth += 1
        elif match[0] == ")":
            depth -= 1
            if depth == 0:
                yield Token("()", opened, match.end())
        elif depth == 0:
            yield Token(match[0], match.start(), match.end())


def clauses(tokens: list[Token], length: int) -> dict[str, tuple[int, int]]:
    """Return where the inside of each clause begins and ends."""
    heads: list[Token] = []
    for one in tokens:
        if one.text in CLAUSES and one.text not in {head.text for head in heads}:
            heads.append(one)
    ends = [head.start for head in heads[1:]] + [length] * bool(heads)
    return {head.text: (head.end, end) for head, end in zip(heads, ends, strict=True)}


def _of_table(text: str, tokens: list[Token], places: Mapping[str, tuple[int, int]]) -> list[Statement]:
    start, end = places["FROM"]
    sources = list(_sources([one for one in tokens if start <= one.start < end]))
    if not sources:
        return []
    rest = f"FROM {text[start:end]}"
    if "WHERE" in places:
        rest += f" WHERE {text[slice(*places['WHERE'])]}"
    having = text[slice(*places["HAVING"])] if "HAVING" in places else ""
    return [Statement(sources[0], tuple(sources[1:]), tuple(_worked_out(text, tokens, places)), rest, having)]


def _sources(tokens: list[Token]) -> Iterator[Source]:
    for place, one in enumerate(tokens):
        before = tokens[place - 1].text if place else "FROM"
        if before in {"FROM", "JOIN"} and one.text.startswith('"'):
            after = tokens[place + 1].text if place + 1 < len(tokens) else "ON"
            plain = after == "()" or after in NO_ALIAS
            yield Source(one.text.strip('"'), one.text if plain else after)


def _worked_out(text: str, tokens: list[Token], places: Mapping[str, tuple[int, int]]) -> Iterator[tuple[str, str]]:
    """Yield the columns that ask a query of their own, each with its name."""
    start, end = places["SELECT"]
    inside = [one for one in tokens if start <= one.start < end]
    edges = [start, *(edge for one in inside if one.text == "," for edge in (one.start, one.end)), end]
    for a, b in zip(edges[::2], edges[1::2], strict=True):
        column = text[a:b].strip().removeprefix("DISTINCT ")
        if "SELECT " in column and "FROM " in column:
            named = NAMED.search(column)
            yield column[: named.start() if named else None], named["name"] if named else column[:40]
