"""The second factor: set up by its owner, given at sign-in, reset by an administrator, asked of roles."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from agencies.access import roles, second_factor
from agencies.access.credentials import record_sign_in, tell
from agencies.access.viewer import Viewer
from agencies.actions.directory import record_change
from agencies.choices import MadeSure, ResetReason, Role
from agencies.models import HubSettings, Membership, User
from common.errors import NotPermitted, RuleBroken

CODE = "one_time_password"
"""The form field of a code."""
WRONG_CODE = "This is not the code that the device shows now. Wait for the next one, and see that its time is right."
NOT_ONES_OWN_FACTOR = "You cannot reset your own second factor: ask another administrator."


@dataclass(frozen=True)
class SetUp:
    """What came of setting a second factor up.

    Attributes:
        codes: the recovery codes in clear, which nobody can read again.
        stamp: the account's new one, to which the session at hand is bound anew.
    """

    codes: Sequence[str]
    stamp: str


@transaction.atomic
def give_second_factor(user: User, typed: str, *, viewer: Viewer, at: datetime) -> bool:
    """Say whether a code opens the account now, and use it up: figures of the device, or a recovery code."""
    if second_factor.is_recovery_code(typed):
        return _give_recovery_code(user, typed, viewer=viewer, at=at)
    factor = second_factor.factor_of(user.pk)
    step = second_factor.step_of(factor.secret, typed, at=at) if factor else None
    if step is None:
        record_sign_in("account.second_factor_failed", user, viewer=viewer, at=at, why="wrong")
        return False
    if not second_factor.use_step(user.pk, step):
        record_sign_in("account.second_factor_failed", user, viewer=viewer, at=at, why="used before")
        return False
    record_sign_in("account.second_factor_used", user, viewer=viewer, at=at)
    return True


def _give_recovery_code(user: User, typed: str, *, viewer: Viewer, at: datetime) -> bool:
    if not second_factor.use_recovery_code(user.pk, typed):
        record_sign_in("account.second_factor_failed", user, viewer=viewer, at=at, why="recovery code")
        return False
    factor = second_factor.factor_of(user.pk)
    left = factor.codes_left if factor else 0
    record_sign_in("account.recovery_code_used", user, viewer=viewer, at=at, left=left)
    tell(user, f"Somebody signed in to your account with a recovery code. {_left(left)}", at=at)
    return True


def _left(left: int) -> str:
    if left == 0:
        return "None is left: make new ones under “Your account”."
    return f"{left} {'is' if left == 1 else 'are'} left."


def warn_of_tries(user: User, *, at: datetime) -> None:
    """Mail the owner of an account that somebody who knows its password tries codes."""
    sentence = (
        "Somebody gave your password at sign-in and then several wrong codes. They are not in. If it was not you, they "
        "know your password: change it now."
    )
    tell(user, sentence, at=at)


@transaction.atomic
def set_up_second_factor(user: User, secret: str, typed: str, *, viewer: Viewer, at: datetime) -> SetUp:
    """Set up a device as the second factor of one's own account, in place of any earlier one, with recovery codes.

    Args:
        secret: which the device was given; `typed` is what it shows, by which it is seen to work.

    Raises:
        NotPermitted: the account is another's.
        RuleBroken: the code is not the device's.
    """
    _require_own(user, viewer)
    step = second_factor.step_of(secret, typed, at=at)
    if step is None:
        raise RuleBroken(WRONG_CODE, field=CODE)
    is_another = user.has_second_factor
    codes = second_factor.new_codes()
    stamp = second_factor.keep_factor(user.pk, secret, step=step, codes=codes)
    record_sign_in("account.second_factor_set_up", user, viewer=viewer, at=at, is_another=is_another)
    what = "Another device was set up in place of the earlier one" if is_another else "A device was set up"
    tell(user, f"{what} as the second factor of your account.", at=at)
    return SetUp(codes, stamp)


@transaction.atomic
def replace_recovery_codes(user: User, *, viewer: Viewer, at: datetime) -> Sequence[str]:
    """Make recovery codes in place of all earlier ones, and return them in clear.

    Raises:
        NotPermitted: the account is another's.
        RuleBroken: it has no second factor.
    """
    _require_own(user, viewer)
    if not user.has_second_factor:
        raise RuleBroken("Set up a second factor first.")
    codes = second_factor.new_codes()
    second_factor.keep_codes(user.pk, codes)
    record_sign_in("account.recovery_codes_replaced", user, viewer=viewer, at=at)
    tell(user, "New recovery codes were made for your account; earlier ones do not work any more.", at=at)
    return codes


def _require_own(user: User, viewer: Viewer) -> None:
    if viewer.user_id is None or viewer.user_id != user.pk:
        raise NotPermitted("A second factor is set up by its owner.")


@transaction.atomic
def reset_second_factor(user: User, *, reason: str, made_sure: str, viewer: Viewer, at: datetime) -> None:
    """Take a lost second factor away: the person signs in with the password, and sets another up.

    Their sessions end. Both are mailed.

    Args:
        reason: of `ResetReason`; `made_sure`: of `MadeSure`, how the administrator knows who asked.

    Raises:
        NotPermitted: the viewer is no administrator.
        RuleBroken: one's own, there is none, or why or how is not said.
    """
    roles.require(viewer, Role.ADMINISTRATOR)
    if viewer.user_id is not None and viewer.user_id == user.pk:
        raise RuleBroken(NOT_ONES_OWN_FACTOR)
    if reason not in ResetReason.values:
        raise RuleBroken("Say why.", field="reason")
    if made_sure not in MadeSure.values:
        raise RuleBroken("Say how you made sure that it is them.", field="made_sure")
    if not second_factor.take_away(user.pk):
        raise RuleBroken("This account has no second factor: there is nothing to reset.")
    record_change(
        "account.second_factor_reset", user, viewer=viewer, at=at, reason=str(reason), made_sure=str(made_sure)
    )
    who = f"{viewer.name}, {viewer.agency_name}," if viewer.user_id is not None else "Whoever runs the server"
    tell(
        user,
        f"{who} took the second factor of your account away. Set up another one when you sign in.",
        at=at,
        was_asked=False,
    )
    if viewer.user_id is not None:
        own = Membership.objects.select_related("user").get(pk=viewer.member).user
        tell(own, f"You took the second factor of {user.name} ({user.email}) away.", at=at)


@transaction.atomic
def ask_second_factor_of(in_roles: Collection[str], *, viewer: Viewer, at: datetime) -> HubSettings:
    """Say in which roles nobody works without a second factor. It counts from each person's next page on.

    Raises:
        NotPermitted: the viewer is no administrator.
        RuleBroken: a role is unknown, or it is so already.
    """
    roles.require(viewer, Role.ADMINISTRATOR)
    if not set(in_roles) <= set(Role.values):
        raise RuleBroken("Choose among the roles.", field="roles")
    hub = HubSettings.objects.select_for_update().filter(pk=1).first() or HubSettings(pk=1)
    if set(hub.second_factor_roles) == set(in_roles):
        raise RuleBroken("It is so already: nothing was changed.", field="roles")
    before, hub.second_factor_roles = hub.second_factor_roles, sorted(in_roles)
    if viewer.user_id is not None:
        hub.second_factor_set_at, hub.second_factor_set_by_id = at, viewer.member
    hub.save()
    record_change(
        "hub.second_factor_asked",
        hub,
        viewer=viewer,
        at=at,
        before=" ".join(sorted(before)),
        after=" ".join(sorted(in_roles)),
    )
    return hub
