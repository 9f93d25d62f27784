"""What the product really has: commands with their options, and settings. The documents are compared with it."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.core.management import get_commands, load_command_class

from deploy.local import lint, places, prove
from deploy.local.commands import COMMANDS
from deploy.local.failures import LaunchError

PROGRAMS = {
    ("demo", ""): "deploy/local/demo.py",
    ("hub", ""): "deploy/local/real_hub.py",
    ("prove", ""): "deploy/local/prove.py",
    ("drill", ""): "deploy/local/drill.py",
    ("nightly", ""): "deploy/local/nightly.py",
    ("bench", "firewall"): "deploy/local/bench_firewall.py",
    ("bench", "matching"): "deploy/local/bench_matching.py",
    ("bench", "pages"): "benchmarks/pages.py",
    ("bench", "install"): "benchmarks/install.py",
}
"""Where a command of the launcher reads its options; those that are not here take none."""

READS_SETTINGS = ("*.py", "*/**/*.py", "*.yml", "*.toml", "deploy/Dockerfile")


def wrong_call(words: list[str]) -> Iterator[str]:
    """Yield what is wrong with a command line that stands behind `./run`; capitals stand for a name to be put in.

    Args:
        words: the launcher's command and its arguments, for example `["bench", "firewall", "--size", "1m"]`.
    """
    if not words or words[0].isupper():
        return
    if words[0] not in COMMANDS:
        yield f"./run has no command {words[0]}."
        return
    if words[:2] == ["hub", "manage"]:
        words = words[1:]
    name, arguments = words[0], words[1:]
    plain = [word for word in arguments if not word.startswith("-")]
    given = {word.split("=")[0] for word in arguments if word.startswith("--")}
    if name == "manage":
        yield from wrong_django_command(plain[:1], given)
    elif name == "lint":
        yield from (
            f"./run lint has no check {word}." for word in plain if word not in lint.checks() and not word.isupper()
        )
    elif name != "test":  # whose arguments are pytest's
        yield from wrong_program(name, plain, given)


def wrong_django_command(names: list[str], given: set[str]) -> Iterator[str]:
    """Yield what is wrong with a command of Django or of an app."""
    for name in names:
        app = get_commands().get(name)
        if name.isupper() or app == "":
            return
        if app is None:
            yield f"./run manage has no command {name}."
            return
        parser = load_command_class(str(app), name).create_parser("manage.py", name)
        known = set(re.findall(r"--[a-z][a-z-]*", parser.format_help()))
        yield from (f"./run manage {name} has no option {option}." for option in sorted(given - known))


def wrong_program(name: str, plain: list[str], given: set[str]) -> Iterator[str]:
    """Yield what is wrong with the arguments of demo, prove, drill, nightly, bench or bootstrap."""
    what = plain[0] if name == "bench" and plain else ""
    if name == "bench" and ("bench", what) not in PROGRAMS:
        yield f"./run bench has no program {what or 'without a name'}."
        return
    source = places.ROOT / PROGRAMS[name, what] if (name, what) in PROGRAMS else None
    known = set(re.findall(r'"(--[a-z-]+)"', source.read_text(encoding="utf-8"))) if source else set()
    yield from (f"./run {name} has no option {option}." for option in sorted(given - known))
    if name == "prove":
        yield from (f"there is no proof {proof}." for proof in plain if not is_proof(proof))


def is_proof(name: str) -> bool:
    """Say whether `./run prove NAME` finds something; the file of `--json FILE` is no proof."""
    try:
        return name.isupper() or bool(prove.parts_of(name))
    except LaunchError:
        return False


@cache
def settings_known(root: Path) -> frozenset[str]:
    """Return every name in capitals that the code, the image and compose hold."""
    files = {file for pattern in READS_SETTINGS for file in root.glob(pattern)}
    ours = (file for file in files if not file.relative_to(root).parts[0].startswith((".", "node_modules")))
    return frozenset(name for file in ours for name in re.findall(r"[A-Z][A-Z_]+", file.read_text(encoding="utf-8")))
