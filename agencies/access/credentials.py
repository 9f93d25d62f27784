"""What is written, and who is mailed, where somebody signs in or what they sign in with changes."""

from __future__ import annotations

import logging
from datetime import datetime
from functools import partial
from smtplib import SMTPException

from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string

from agencies.access.identity import acting_as
from agencies.access.viewer import PUBLIC, Viewer
from agencies.models import HubSettings, User
from audit.actions import record
from common.moments import short_moment

log = logging.getLogger(__name__)


def record_sign_in(
    verb: str, user: User | None, *, viewer: Viewer, at: datetime, **details: str | int | bool | None
) -> None:
    """Write an event of signing in; whoever is not at work in a membership yet acts as the public.

    Args:
        user: the account; None where the address has none, so that both take the same work.
    """
    key = user.pk if user is not None else None
    label = User._meta.label_lower
    if viewer.membership_id is not None:
        record(verb, actor=viewer, at=at, record_type=label, record_id=key, details=details)
        return
    with acting_as(PUBLIC) as public:
        actor = public.with_request(viewer.request_id)
        record(verb, actor=actor, at=at, record_type=label, record_id=key, details=details)


def tell(user: User, sentence: str, *, at: datetime, was_asked: bool = True) -> None:
    """Mail somebody what changed about their sign-in, once it is so; a mail server that is away undoes nothing.

    Args:
        was_asked: the person may have done it themself; otherwise the mail does not say so.
    """
    hub = HubSettings.objects.filter(pk=1).first() or HubSettings()
    text = render_to_string(
        "agencies/mail/credential.txt",
        {"hub": hub, "sentence": sentence, "when": short_moment(at), "was_asked": was_asked},
    )
    transaction.on_commit(partial(_send, f"Your sign-in at the {hub.name}", text, user.email), robust=True)


def _send(subject: str, text: str, address: str) -> None:
    try:
        send_mail(subject, text, None, [address])
    except (SMTPException, OSError) as error:
        log.warning("A mail about a changed sign-in could not be sent: %s", type(error).__name__)
