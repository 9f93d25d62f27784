"""Take a lost second factor away where no other administrator can: for whoever runs the server."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from agencies import actions
from agencies.access.identity import acting_as
from agencies.access.viewer import BUILDER
from agencies.choices import MadeSure, ResetReason
from agencies.reads.second_factor import account_at
from common.errors import RuleBroken


class Command(BaseCommand):
    """Run with the web role's login."""

    help = (
        "Take the second factor of an account away, for an only administrator who has lost theirs. Their sessions end, "
        "they are mailed, and set another one up at the next sign-in. All others are reset by an administrator."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take whose, why, and how it is known who asked."""
        parser.add_argument("address", help="with which the account signs in")
        parser.add_argument("--reason", required=True, choices=ResetReason.values)
        parser.add_argument("--made-sure", required=True, choices=MadeSure.values, help="that it is them who asked")

    def handle(self, *args: object, **options: Any) -> None:
        """Reset it.

        Raises:
            CommandError: there is no such account, or it has no second factor.
        """
        user = account_at(options["address"])
        if user is None:
            raise CommandError("There is no account with this address.")
        said = {"reason": options["reason"], "made_sure": options["made_sure"]}
        try:
            with acting_as(BUILDER):
                actions.reset_second_factor(user, **said, viewer=BUILDER, at=timezone.now())
        except RuleBroken as error:
            raise CommandError(error.sentence) from error
        self.stdout.write(f"The second factor of {user.name} <{user.email}> is taken away; they are told by email.")
