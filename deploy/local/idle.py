"""./run lint idle: every dependency is imported, set or run somewhere, or its line says what it is there for."""

import ast
import json
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.metadata import distribution, packages_distributions
from pathlib import Path

from deploy.local import places

LINE = re.compile(r'^\s*"(?P<name>[A-Za-z0-9._-]+)[^"]*",?[ \t]*(?:#[ \t]*(?P<reason>\S.*))?$', re.MULTILINE)
NOT_A_USE = {"deptry", "importlinter", "overrides"}
"""Tables of the tools' settings that name packages only to say something about their imports."""


def main() -> None:
    """Name each idle dependency, and end with status 1 when there is one."""
    found = idle(places.ROOT)
    for name in found:
        print(f"{name}: nothing imports, sets or runs it, and its line does not say what it is there for.")
    sys.exit(1 if found else 0)


def idle(root: Path) -> list[str]:
    """Return the declared dependencies, of Python and of the styles, that have neither a use nor a reason."""
    text = (root / "pyproject.toml").read_text(encoding="utf-8")
    read = tomllib.loads(text)
    groups = [read["project"]["dependencies"], *read["dependency-groups"].values()]
    declared = {re.split(r"[\[<>=~! ]", line)[0] for group in groups for line in group}
    reasons = {match["name"]: match["reason"] for match in LINE.finditer(text)}
    said = set(words(read["tool"])) | {word for file in sources(root) for word in said_in(file)}
    styles = json.loads((root / "package.json").read_text(encoding="utf-8"))["dependencies"]
    return sorted(
        [name for name in declared if not reasons.get(name) and not (called(name) & said)]
        + [name for name in styles if not built_with(name, root)]
    )


def sources(root: Path) -> Iterator[Path]:
    """Yield every Python file of the project, and `run`."""
    yield root / "run"
    for file in root.rglob("*.py"):
        parts = file.relative_to(root).parts
        if not any(part.startswith(".") or part == "node_modules" for part in parts):
            yield file


def said_in(file: Path) -> Iterator[str]:
    """Yield the first part of every dotted name that a file imports or has as a text, such as an app or a program."""
    for node in ast.walk(ast.parse(file.read_bytes())):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.split(".")[0]
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value.split(".")[0]


def words(table: object) -> Iterator[str]:
    """Yield the first part of every text in the tools' settings, such as a plugin's module."""
    if isinstance(table, dict):
        for name, value in table.items():
            yield from words(value) if name not in NOT_A_USE else ()
    elif isinstance(table, list):
        for value in table:
            yield from words(value)
    elif isinstance(table, str):
        yield table.split(".")[0]


def called(name: str) -> set[str]:
    """Return by what names a distribution is used: its modules and its programs."""
    modules = {module for module, owners in installed().items() if plain(name) in map(plain, owners)}
    return modules | {file.name for file in distribution(name).files or () if file.parent.name == "bin"}


@cache
def installed() -> Mapping[str, list[str]]:
    """Return which distributions each module of the environment comes from."""
    return packages_distributions()


def plain(name: str) -> str:
    """Return a distribution's name as the index compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def built_with(name: str, root: Path) -> bool:
    """Say whether the program or the sources of the styles name a package, whole or in the parts of a path."""
    files: Iterable[Path] = [root / "static" / "build.mjs", *(root / "static" / "src").rglob("*.*css")]
    joined = ", ".join(f'"{part}"' for part in name.split("/"))
    return any(name in text or joined in text for text in (file.read_text(encoding="utf-8") for file in files))


if __name__ == "__main__":
    main()
