"""The password of an account, which no table of the product holds: the record keeps a stamp that changes with it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX, make_password
from django.db import models, transaction
from django.utils.crypto import salted_hmac

from agencies.access import passwords

PASSWORD_ALONE: list[str] = ["password"]
"""What to save where a password changed and nothing else of the account may."""


class WithPassword(AbstractBaseUser):
    """Keeps and checks the password through the database's own functions (`agencies/access/passwords.py`)."""

    password_stamp = models.CharField(max_length=32, blank=True, default="", editable=False)
    second_factor_stamp = models.CharField(
        max_length=32, blank=True, default="", db_default="", editable=False, help_text="Empty: there is none."
    )
    last_login = None

    _encoded: str | None = None
    _is_upgrade = False

    class Meta:
        abstract = True

    @property
    def password(self) -> str:
        """The stamp: what sessions and links of a reset are bound to. It changes with each password."""
        return self.password_stamp or UNUSABLE_PASSWORD_PREFIX

    @password.setter
    def password(self, encoded: str) -> None:
        self._encoded = encoded

    @property
    def has_second_factor(self) -> bool:
        """Say whether signing in asks for more than the password."""
        return bool(self.second_factor_stamp)

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Bind sessions to the second factor too: where one is set up or taken away, those of before end."""
        hashed = super()._get_session_auth_hash(secret=secret)  # type: ignore[misc]  # not in the stubs
        if not self.second_factor_stamp:
            return str(hashed)
        bound = f"{hashed}{self.second_factor_stamp}"
        return salted_hmac("mash.second_factor.session", bound, secret=secret, algorithm="sha256").hexdigest()

    def set_password(self, raw_password: str | None) -> None:
        """Give the account a new password, or none, at the next `save`."""
        self._encoded, self._is_upgrade = make_password(raw_password), False
        self._password = raw_password

    def set_unusable_password(self) -> None:
        """Take the password away at the next `save`."""
        self._encoded, self._is_upgrade = make_password(None), False

    def check_password(self, raw_password: str | None) -> bool:
        """Say whether this is the account's password; one that was hashed in an older way is hashed anew."""
        if raw_password is None:
            return False
        trial = passwords.try_password(self.pk, raw_password)
        if trial.is_outdated:
            self._encoded, self._is_upgrade = make_password(raw_password), True
            self.save(update_fields=PASSWORD_ALONE)
        return trial.is_right

    async def acheck_password(self, raw_password: str | None) -> bool:
        """Refuse: the hub asks its database in threads."""
        raise NotImplementedError

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        """Save the record, and then the password where a new one waits."""
        columns = None if update_fields is None else [name for name in update_fields if name != "password"]
        if self._encoded is None:
            super().save(*args, update_fields=columns, **kwargs)
            return
        with transaction.atomic():
            super().save(*args, update_fields=columns, **kwargs)
            self.password_stamp = passwords.keep_password(
                self.pk, self._encoded, stamp=self.password_stamp, upgrade=self._is_upgrade
            )
            self._encoded, self._is_upgrade = None, False
