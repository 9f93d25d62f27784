"""Links by which somebody sets the password of their account: good for an hour, and for one password."""

from __future__ import annotations

from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.urls import reverse

from agencies.models import User


def way_in(user: User) -> str:
    """Return the address of the page on which a person sets the password of their account.

    The token depends on the password that is set now, so the link is spent once another one is. It begins with
    `MASH_PUBLIC_URL` and never with what a request says of its host.
    """
    token = PasswordResetTokenGenerator().make_token(user)
    place = {"uidb36": user_pk_to_url_str(user), "key": token}
    return f"{settings.MASH_PUBLIC_URL}{reverse('account_reset_password_from_key', kwargs=place)}"
