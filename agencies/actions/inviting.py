"""Inviting a person by mail to set the password of their account."""

from __future__ import annotations

from datetime import datetime
from smtplib import SMTPException

from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string

from agencies.access import roles
from agencies.access.links import way_in
from agencies.access.viewer import Viewer
from agencies.actions.directory import record_change
from agencies.choices import Role
from agencies.models import HubSettings, Membership, User
from common.errors import RuleBroken

UNSENT = "The mail could not be sent: {why}. Nothing was changed; put the mail server right, then invite again."


@transaction.atomic
def invite(user: User, *, viewer: Viewer, at: datetime) -> None:
    """Mail a person the link by which they set their password; an earlier link stays good until a password is set.

    The mail goes out at once and is kept nowhere: its link would open the account to whoever reads a queue.

    Raises:
        NotPermitted: the viewer is no administrator.
        RuleBroken: the account has a password or is suspended, or the mail server did not take the mail.
    """
    roles.require(viewer, Role.ADMINISTRATOR)
    if user.has_usable_password():
        raise RuleBroken("This person has set a password: a forgotten one they change themself, at sign-in.")
    if not user.is_active:
        raise RuleBroken("This account is suspended: reinstate it first.")
    hub = HubSettings.objects.filter(pk=1).first() or HubSettings()
    record_change("account.invited", user, viewer=viewer, at=at)
    text = render_to_string("agencies/mail/invitation.txt", {"hub": hub, "link": way_in(user)})
    send(f"Your account at the {hub.name}", text, user.email)


def send(subject: str, text: str, address: str) -> None:
    """Send a mail at once.

    Raises:
        RuleBroken: the mail server did not take it; the sentence says what it said.
    """
    try:
        send_mail(subject, text, None, [address])
    except (SMTPException, OSError) as error:
        raise RuleBroken(UNSENT.format(why=type(error).__name__)) from error


def send_trial(*, viewer: Viewer, at: datetime) -> str:
    """Mail the viewer a word, so that it is seen whether mail leaves the hub; return to which address.

    Raises:
        NotPermitted: the viewer is no administrator.
        RuleBroken: the mail server did not take it.
    """
    roles.require(viewer, Role.ADMINISTRATOR)
    hub = HubSettings.objects.filter(pk=1).first() or HubSettings()
    address: str = Membership.objects.select_related("user").get(pk=viewer.member).user.email
    send(f"A mail to try, from the {hub.name}", "Mail leaves the hub. Nothing is to be done.", address)
    record_change("hub.mail_tried", hub, viewer=viewer, at=at)
    return address
