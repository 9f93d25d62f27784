"""What signing in asks after the password, as a stage of django-allauth's one sign-in."""

from __future__ import annotations

from allauth.account.stages import LoginStage, LoginStageController
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from agencies.models import User


class SecondFactorStage(LoginStage):  # type: ignore[misc]  # allauth has no types
    """Holds a sign-in back until the second factor was given; nobody is signed in before."""

    key = "second_factor"
    urlname = "agencies:give_second_factor"

    @property
    def account(self) -> User:
        """The account whose password was given."""
        found: User = self.login.user
        return found

    def handle(self) -> tuple[HttpResponse | None, bool]:
        """Lead whoever has a second factor to its page; let all others go on."""
        user: User | None = self.login.user
        if user is None or not user.has_second_factor:
            return None, True
        return HttpResponseRedirect(reverse(self.urlname)), True


def waiting_stage(request: HttpRequest) -> SecondFactorStage | None:
    """Return the sign-in that waits for a second factor in this browser; None where none does, or it waits too long."""
    stage: SecondFactorStage | None = LoginStageController.enter(request, SecondFactorStage.key)
    return stage
