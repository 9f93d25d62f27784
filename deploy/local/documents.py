"""./run lint docs: what README and docs/ say of files, links, commands and settings is so.

Decision records, reports of a day and the list of changes tell what was; only
their links are followed.
"""

import re
import shlex
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import cached_property
from pathlib import Path

import django

from deploy.local import places
from deploy.local.documented import settings_known, wrong_call

PLACES = ("*.md", "docs/**/*.md", "benchmarks/*.md", ".github/**/*.md")
OF_A_DAY = ("docs/adr/", "docs/security/attack-", "docs/security/walk-", "benchmarks/FINDINGS-", "CHANGELOG.md")
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
SPAN = re.compile(r"`([^`]+)`")
HEADING = re.compile(r"^#+ +(.+)$", re.MULTILINE)
COMMAND = re.compile(r"(?:\./run|python3? manage\.py)(?: (?![.…])[^ #\n`|&;()]+)*")
IN_COMPOSE = re.compile(r"docker compose run --rm (?:-T )?([a-z]+) python manage\.py ([a-z_]+)")
SETTING = re.compile(r"\b(?:MASH|PROOF|CELERY|WEB)_[A-Z_]*[A-Z]\b|\bDATABASE_URL\b")
PATH = re.compile(r"^\.?[\w<>*.-]+(?:/[\w<>*.-]*)+$|^[\w-]+\.(?:py|md|yml|toml|sql)$")
MADE = (".data", ".venv", ".cache", "secrets", "node_modules", "static/build", "seals.jsonl")
"""Beginnings of paths that are there only once something has run."""

TO_COME = {
    *("*/access_table.py", "*/moves.py", "*/sql/triggers.sql", "agencies/access/install.py", "clock/seeds.py"),
    *("common/views", "mash/worklist"),
}
"""Places of the house that is being moved into; a document may name them before they are there."""


@dataclass(frozen=True)
class Document:
    """One document of the project, by its name below the project's folder."""

    root: Path
    name: str

    @cached_property
    def text(self) -> str:
        """The whole text."""
        return (self.root / self.name).read_text(encoding="utf-8")

    @property
    def is_of_a_day(self) -> bool:
        """Whether it tells what was, and may name what is no more."""
        return self.name.startswith(OF_A_DAY)

    @cached_property
    def spans(self) -> list[str]:
        """Everything that stands as code, in a line or in lines of its own."""
        parts = self.text.split("```")
        return [span for prose in parts[::2] for span in SPAN.findall(prose)] + [
            line.strip() for block in parts[1::2] for line in block.splitlines()[1:]
        ]

    @cached_property
    def anchors(self) -> set[str]:
        """The addresses of its headings."""
        return {anchor(heading) for heading in HEADING.findall(re.sub(r"```.*?```", "", self.text, flags=re.DOTALL))}


def main() -> None:
    """Name everything that is not so, and end with status 1 when there is something."""
    django.setup()
    found = mistakes(places.ROOT)
    print("\n".join(found))
    sys.exit(1 if found else 0)


def mistakes(root: Path) -> list[str]:
    """Return one sentence for each thing that a document says and that is not so."""
    return [f"{document.name}: {said}" for document in documents(root) for said in of_document(document)]


def documents(root: Path) -> list[Document]:
    """Return the documents of the project, by name."""
    names = {str(path.relative_to(root)) for pattern in PLACES for path in root.glob(pattern)}
    return [Document(root, name) for name in sorted(names)]


def of_document(document: Document) -> Iterator[str]:
    """Yield what is not so in one document."""
    asked: list[Callable[[Document], Iterator[str]]] = [dead_links]
    if not document.is_of_a_day:
        asked += [missing_files, wrong_commands, unknown_settings]
    for question in asked:
        yield from question(document)


def anchor(heading: str) -> str:
    """Return the address that a heading gets: its words in small letters, joined by hyphens."""
    plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).strip().lower()
    return re.sub(r"[^\w\- ]", "", plain).replace(" ", "-")


def dead_links(document: Document) -> Iterator[str]:
    """Yield links to files and headings that are not there; addresses of the web are not followed."""
    for target in LINK.findall(document.text):
        name, _, heading = target.partition("#")
        if re.match(r"[a-z]+:", name):
            continue
        place = (document.root / document.name).parent / name if name else document.root / document.name
        if not place.exists():
            yield f"the link to {target} leads nowhere."
        elif (
            heading and heading not in Document(document.root, str(place.resolve().relative_to(document.root))).anchors
        ):
            yield f"{name or 'the page'} has no heading #{heading}."


def missing_files(document: Document) -> Iterator[str]:
    """Yield files and folders that are named and not there; `<app>` stands for any, `*` for all."""
    tops = {path.name for path in document.root.iterdir()}
    for span in document.spans:
        name = span.rstrip("/.,:")
        if not PATH.match(name) or name.startswith(MADE) or (name.split("/")[0] not in tops and "<" not in name):
            continue
        pattern = re.sub(r"<[^>]*>", "*", name)
        if not any(document.root.glob(pattern)) and not any(fnmatch(pattern, place) for place in TO_COME):
            yield f"there is no {name}."


def wrong_commands(document: Document) -> Iterator[str]:
    """Yield commands of the launcher and of Django that do not exist, or not with these options."""
    for span in document.spans:
        for written in COMMAND.findall(span):
            words = shlex.split(re.sub(r"[\[\]…]", " ", written))
            yield from wrong_call(["manage", *words[2:]] if "manage.py" in written else words[1:])


def django_commands(root: Path) -> set[tuple[str, str]]:
    """Return each command of Django that a document tells to run, after its service of compose (none for the demo)."""
    spans = [span for document in documents(root) if not document.is_of_a_day for span in document.spans]
    by_service = {named for span in spans for named in IN_COMPOSE.findall(span)}
    return by_service | {("", name) for span in spans for name in re.findall(r"\./run manage ([a-z_]+)", span)}


def unknown_settings(document: Document) -> Iterator[str]:
    """Yield names of settings that nothing reads."""
    for name in sorted(set(SETTING.findall(document.text)) - settings_known(document.root)):
        yield f"nothing reads a setting {name}."


if __name__ == "__main__":
    main()
