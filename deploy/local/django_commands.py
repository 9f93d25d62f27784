"""Several Django commands in one process: python -m deploy.local.django_commands "migrate" "collectstatic".

Django takes a second or two to load, so the demo's second start would spend
most of its time on that.
"""

import shlex
import sys

import django
from django.core.management import call_command


def main(commands: list[str]) -> None:
    """Run the commands in order; the first that fails ends the process."""
    django.setup()
    for command in commands:
        call_command(*shlex.split(command))


if __name__ == "__main__":
    main(sys.argv[1:])
