"""Read the frozen corpora; the shape of every line is told in `README.md`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NotRequired, TypedDict, TypeVar

HERE = Path(__file__).resolve().parent
Line = TypeVar("Line")


class Parts(TypedDict):
    """What a name consists of; the family part is empty where somebody has one name only."""

    title: NotRequired[str]
    given: str
    family: str


class Name(TypedDict):
    """A name as it is written properly, as a keyboard in an English office gives it, and who is somebody else."""

    id: str
    language: str
    written: str
    parts: Parts
    order: str
    keyboard: list[str]
    strangers: list[str]


class Mistake(TypedDict):
    """A name, and how it was typed or heard in error."""

    id: str
    right: str
    typed: str
    kind: str


class Address(TypedDict):
    """A place, other typings of it, and other places."""

    id: str
    kind: str
    address: str
    same: list[str]
    strangers: list[str]
    written: str


class Telephone(TypedDict):
    """A number in its international form, typings of it, and other numbers."""

    id: str
    telephone: str
    typed: list[str]
    strangers: list[str]


class Reference(TypedDict):
    """A reference of the hub, something typed, and whether the two are the same."""

    id: str
    reference: str
    typed: str
    same: bool
    form: str


class Fact(TypedDict):
    """Something that a case holds: a name, an address, a telephone number, a sentence and so on."""

    id: str
    kind: str
    text: str
    role: NotRequired[str]
    title: NotRequired[str]
    given: NotRequired[str]
    family: NotRequired[str]
    known_as: NotRequired[str]
    relation: NotRequired[str]
    private: NotRequired[bool]
    born: NotRequired[str]
    unborn: NotRequired[bool]
    short: NotRequired[str]
    source: NotRequired[str]
    agency: NotRequired[str]
    handling: NotRequired[str]
    released: NotRequired[bool]
    identifying: NotRequired[bool]
    protected_from: NotRequired[list[str]]


class Recipient(TypedDict):
    """Who gets a document."""

    role: str
    name: str


class Document(TypedDict):
    """A kind of document of one case, and what its recipient may not have and may have."""

    id: str
    document: str
    recipient: Recipient
    forbidden: list[str]
    permitted: list[str]


class Case(TypedDict):
    """A family with all that the hub holds about it."""

    id: str
    town: str
    outward: str
    facts: list[Fact]
    documents: list[Document]


class Outgoing(TypedDict):
    """A text that is about to leave the hub."""

    id: str
    case: str
    document: str
    kind: str
    recipient: str
    text: str


class Insertion(Outgoing):
    """A text in which one forbidden fact stands, in one form."""

    fact: str
    form: str
    inserted: str


class Clean(Outgoing):
    """A text in which nothing forbidden stands, and what in it comes near."""

    near: list[str]


def read(name: str, shape: type[Line]) -> list[Line]:
    """Return the lines of one file; `shape` says what they are and is not checked."""
    del shape
    lines: list[Line] = [json.loads(line) for line in (HERE / name).read_text(encoding="utf-8").split("\n") if line]
    return lines


def facts(cases: list[Case]) -> dict[str, Fact]:
    """Return every fact of every case by its id."""
    return {fact["id"]: fact for case in cases for fact in case["facts"]}


def documents(cases: list[Case]) -> dict[str, Document]:
    """Return every document of every case by its id."""
    return {document["id"]: document for case in cases for document in case["documents"]}
