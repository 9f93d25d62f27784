"""Several Django commands in one process: python -m deploy.local.django_commands "migrate" "collectstatic".

Django takes a second or two to load, so the demo's second start would spend
most of its time on that.
"""

import os
import shlex
import sys
from pathlib import Path

import django
from django.core.management import call_command, get_commands

from deploy.local.places import ROOT, VENV


def main(commands: list[str]) -> None:
    """Run the commands in order; the first that fails ends the process."""
    django.setup()
    for command in commands:
        name, *arguments = shlex.split(command)
        if name in get_commands():
            call_command(name, *arguments)
        else:
            print(f"(There is no command {name} yet, so it was left out.)")
    if record := os.environ.get("MASH_TEST_LOADED"):
        add_loaded(Path(record))


def add_loaded(record: Path) -> None:
    """Add the project's own modules that are loaded now to a list: what the tables were made from."""
    files = (getattr(module, "__file__", None) for module in list(sys.modules.values()))
    paths = (Path(file).resolve() for file in files if file)
    own = sorted(str(path.relative_to(ROOT)) for path in paths if ROOT in path.parents and VENV not in path.parents)
    with record.open("a", encoding="utf-8") as out:
        out.writelines(f"{name}\n" for name in own)


if __name__ == "__main__":
    main(sys.argv[1:])
