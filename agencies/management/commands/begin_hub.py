"""Give an empty hub its first two people, and print the links by which they set their passwords."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from agencies import actions
from agencies.access.identity import acting_as
from agencies.access.links import way_in
from agencies.access.viewer import BUILDER
from agencies.models import User
from common.errors import RuleBroken

ASKED = {
    "authority": "What is the authority called?",
    "administrator_name": "What is the first administrator called?",
    "administrator_email": "Their work email address:",
    "manager_name": "What is the first MASH manager called? Another person than the administrator.",
    "manager_email": "Their work email address:",
}


class Command(BaseCommand):
    """Run once, with the web role's login, on a hub whose tables are made."""

    help = (
        "Give an empty hub its first administrator and its first MASH manager, and print a link for each, good for an "
        "hour and one password. Run again, it prints new links for who has not used theirs; once both have, it refuses."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what a terminal would else be asked."""
        for name, question in ASKED.items():
            parser.add_argument(f"--{name.replace('_', '-')}", default="", help=question)
        parser.add_argument(
            "--manager-registered", action="store_true", help="The manager is a registered social worker."
        )
        parser.add_argument("--unless-begun", action="store_true", help="Say nothing where both are in already.")

    def handle(self, *args: object, **options: Any) -> None:
        """Begin, or print the links again.

        Raises:
            CommandError: the hub has begun, or something is missing.
        """
        with acting_as(BUILDER):
            waiting, begun = list(actions.still_to_come(BUILDER)), actions.has_begun(BUILDER)
        if options["unless_begun"] and not waiting and begun:
            return
        try:
            people = waiting or self._begin(options)
        except RuleBroken as error:
            raise CommandError(error.sentence) from error
        for person in people:
            self.stdout.write(
                f"\n{person.name} <{person.email}> sets a password here within an hour:\n{way_in(person)}"
            )
        self.stdout.write("\nGive each link to its person alone. A link is spent once a password is set.")

    def _begin(self, options: dict[str, Any]) -> list[User]:
        said = {name: options[name] or self._asked(question) for name, question in ASKED.items()}
        administrator = actions.Beginner(said["administrator_name"], said["administrator_email"])
        manager = actions.Beginner(
            said["manager_name"], said["manager_email"], registered=options["manager_registered"]
        )
        with acting_as(BUILDER):
            return list(
                actions.begin_hub(
                    said["authority"],
                    administrator=administrator,
                    manager=manager,
                    viewer=BUILDER,
                    at=timezone.now(),
                )
            )

    def _asked(self, question: str) -> str:
        try:
            return input(f"{question} ").strip()
        except EOFError:
            return ""
