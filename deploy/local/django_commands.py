"""Several Django commands in one process: python -m deploy.local.django_commands "migrate" "collectstatic".

Django takes a second or two to load, so the demo's second start would spend
most of its time on that.
"""

import shlex
import sys

import django
from django.core.management import call_command, get_commands


def main(commands: list[str]) -> None:
    """Run the commands in order; the first that fails ends the process."""
    django.setup()
    for command in commands:
        name, *arguments = shlex.split(command)
        if name in get_commands():
            call_command(name, *arguments)
        else:
            print(f"(There is no command {name} yet, so it was left out.)")


if __name__ == "__main__":
    main(sys.argv[1:])
