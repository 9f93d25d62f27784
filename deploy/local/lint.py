"""./run lint: every check of the code; those that failed are named at the end."""

import os
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from deploy.local import places
from deploy.local.failures import LaunchError
from deploy.local.surroundings import made_secrets, without_ours

AT_ONCE = 2
# No check asks a database: what is needed are the settings alone.
SETTINGS = {
    "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none",
    "MASH_REDIS_URL": "redis://127.0.0.1:1/0",
    "MASH_EMAIL_URL": "smtp://127.0.0.1:1",
    "MASH_PUBLIC_URL": "https://hub.example.org",
    "MASH_ALLOWED_HOSTS": "hub.example.org",
    "MASH_MAIL_FROM": "hub@example.org",
}


@dataclass(frozen=True)
class Check:
    """One check: what it makes sure of, its command line, and the settings module it needs, if any."""

    promise: str
    command: list[str]
    settings: str = "test"


def checks() -> dict[str, Check]:
    """Return the checks by the name under which each can be run alone; the slow ones first."""
    tool, manage = places.tool, places.python("manage.py")
    templates = sorted(str(path.relative_to(places.ROOT)) for path in (places.ROOT / "templates").rglob("*.html"))
    publiccode = ["--schemafile=deploy/publiccode.schema.json", "publiccode.yml"]
    compose = ["--builtin-schema=vendor.compose-spec", "docker-compose.yml"]
    return {
        "mypy": Check("the types hold", tool("mypy", ".")),
        "deploy": Check(
            "a real hub's settings are safe", [*manage, "check", "--deploy", "--fail-level=WARNING"], "production"
        ),
        "migrations": Check("every model has its migrations", [*manage, "makemigrations", "--check", "--dry-run"]),
        "imports": Check(
            "apps and modules depend downwards only", tool("lint-imports", "--cache-dir=.cache/imports", "--no-logo")
        ),
        "djlint": Check("the templates are sound", tool("djlint", "--lint", "--quiet", "templates")),
        "djade": Check("the templates are formatted", tool("djade", "--target-version=5.2", "--check", *templates)),
        "ruff": Check("the code keeps the rules of style", tool("ruff", "check", ".")),
        "format": Check("the code is formatted", tool("ruff", "format", "--check", ".")),
        "dockerfile": Check("the recipe of the image is sound", tool("hadolint", "deploy/Dockerfile")),
        "compose": Check("docker-compose.yml fits its schema", tool("check-jsonschema", *compose)),
        "publiccode": Check("publiccode.yml fits the standard", tool("check-jsonschema", *publiccode)),
        "docs": Check("what the documents say is so", places.python("-m", "deploy.local.documents")),
        "declared": Check("what is imported is declared", deptry("DEP002,DEP004")),
        "product": Check(
            "the product imports no tool of the tests",
            deptry("DEP001,DEP002,DEP003", apart=("tests", "benchmarks", "deploy/local")),
        ),
        "idle": Check("no dependency stands idle without a reason", places.python("-m", "deploy.local.idle")),
        "lock": Check("uv.lock fits pyproject.toml", [str(places.BOOT / "bin" / "uv"), "lock", "--check"]),
    }


def deptry(ignored: str, apart: tuple[str, ...] = ()) -> list[str]:
    """Return the command line of deptry without some of its rules, and without some folders."""
    return places.tool(
        "deptry", ".", "--no-ansi", f"--ignore={ignored}", *(f"--extend-exclude={name}/" for name in apart)
    )


def run(names: list[str]) -> int:
    """Run the checks named, or all, and return 1 when one of them failed.

    Raises:
        LaunchError: There is no check of that name.
    """
    known = checks()
    unknown = sorted(set(names) - set(known))
    if unknown:
        raise LaunchError(f"No check is called {', '.join(unknown)}. There are: {', '.join(known)}.")
    chosen = {name: check for name, check in known.items() if not names or name in names}
    with ThreadPoolExecutor(AT_ONCE) as pool:
        passed = dict(zip(chosen, pool.map(passes, chosen, chosen.values()), strict=True))
    failed = [name for name, held in passed.items() if not held]
    again = f"\nFailed: {', '.join(failed)}. One alone: ./run lint {failed[0]}" if failed else "\nAll checks passed."
    print(again)
    return 1 if failed else 0


def passes(name: str, check: Check) -> bool:
    """Run one check, show how it ended, and what it wrote when it failed."""
    began = time.monotonic()
    ended = subprocess.run(
        check.command, check=False, env=environment(check.settings), cwd=places.ROOT, capture_output=True, text=True
    )
    taken = f"{time.monotonic() - began:.1f} s"
    held = ended.returncode == 0
    written = "" if held else f"\n{ended.stdout}{ended.stderr}".rstrip()
    print(f"{'ok    ' if held else 'FAILED'}  {name:<11} {check.promise} ({taken}){written}", flush=True)
    return held


def environment(module: str) -> dict[str, str]:
    """Return an environment with throwaway settings of a hub, and the public package index for the lock."""
    plain = {name: value for name, value in without_ours(os.environ).items() if not name.startswith("UV_")}
    return {**plain, **SETTINGS, **made_secrets(), "DJANGO_SETTINGS_MODULE": f"mash.settings.{module}"}
