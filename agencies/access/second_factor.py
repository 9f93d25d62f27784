"""The second factor of an account: six figures from a device (RFC 6238), or a recovery code, each good for once.

The database keeps the secret closed under the hub's data key and the recovery codes as hashes, in tables that no role
of the product reads (`agencies/sql/functions/second_factor.sql`). Each call carries a signature by the identity key
over exactly what is asked, so that SQL alone neither reads a secret nor uses a code.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote

from cryptography.hazmat.primitives.constant_time import bytes_eq
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.hotp import HOTP
from django.conf import settings
from django.db import connection

from common.data_keys import HUB, key_of, open_stored, seal_under

STEP_SECONDS = 30
FIGURES = 6
DEVICES_HASH = SHA1()  # noqa: S303  # what devices compute with; as a keyed hash it is not broken
SECRET_BYTES = 20
NEAR_STEPS = (0, -1, 1)
"""The step of now, the one before and the one after: clocks of devices are half a minute off, and people are slow."""

CODES = 10
CODE_LETTERS = 16
"""Eighty bits each: so many that a plain hash cannot be searched."""
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's: no letter that is taken for a figure."""
MISREAD = str.maketrans({"o": "0", "i": "1", "l": "1"})

PLACE = "fw.second_factor.secret"


@dataclass(frozen=True)
class Factor:
    """What is kept for an account.

    Attributes:
        secret: in base 32, as devices take it.
    """

    secret: str
    set_up_at: datetime
    codes_left: int


def new_secret() -> str:
    """Return a secret for a device, in base 32."""
    return base64.b32encode(secrets.token_bytes(SECRET_BYTES)).decode()


def new_codes() -> list[str]:
    """Return recovery codes as they are shown, once: four groups of four."""
    return [_grouped("".join(secrets.choice(ALPHABET) for _ in range(CODE_LETTERS))) for _ in range(CODES)]


def address_for_device(secret: str, *, account: str, hub: str) -> str:
    """Return the `otpauth` address that a device reads from the square.

    Args:
        account: what the device calls it: the address with which one signs in.
        hub: its name. A blank in it is no plus sign, which devices would show.
    """
    return f"otpauth://totp/{quote(hub)}:{quote(account)}?secret={secret}&issuer={quote(hub)}"


def code_at(secret: str, step: int) -> str:
    """Return the figures of a step: thirty seconds each, counted since 1970."""
    return HOTP(base64.b32decode(secret), FIGURES, DEVICES_HASH).generate(step).decode()


def step_at(at: datetime) -> int:
    """Return the step of a moment."""
    return int(at.timestamp()) // STEP_SECONDS


def step_of(secret: str, typed: str, *, at: datetime) -> int | None:
    """Return of which step near a moment the typed figures are; None if of none."""
    figures = re.sub(r"\s", "", typed)
    if not re.fullmatch(rf"[0-9]{{{FIGURES}}}", figures):
        return None
    steps = [step_at(at) + near for near in NEAR_STEPS]
    right = [step for step in steps if bytes_eq(code_at(secret, step).encode(), figures.encode())]
    return right[0] if right else None


def is_recovery_code(typed: str) -> bool:
    """Say whether what was typed has the form of a recovery code."""
    return bool(re.fullmatch(rf"[{ALPHABET}]{{{CODE_LETTERS}}}", _normal(typed)))


def factor_of(account: uuid.UUID) -> Factor | None:
    """Return the second factor of an account; None where it has none."""
    row = _row(
        "SELECT secret, set_up_at, codes_left FROM fw.second_factor_of(%s, %s)", account, _permit("read", account)
    )
    return None if row is None else Factor(open_stored(str(row[0]), place=PLACE), row[1], int(row[2]))


def use_step(account: uuid.UUID, step: int) -> bool:
    """Use a step up; False if it, or a later one, was used before."""
    return bool(_value("SELECT fw.use_step(%s, %s, %s)", account, step, _permit("step", account, step)))


def use_recovery_code(account: uuid.UUID, typed: str) -> bool:
    """Use a recovery code up; False if it is none of the account's, or was used before."""
    hashed = _hashed(account, typed)
    return bool(_value("SELECT fw.use_recovery_code(%s, %s, %s)", account, hashed, _permit("recover", account, hashed)))


def keep_factor(account: uuid.UUID, secret: str, *, step: int, codes: Sequence[str]) -> str:
    """Keep a second factor in place of any earlier one, and return the account's new stamp.

    Args:
        step: of the code by which the device was seen to work: it is used up.

    Raises:
        ProgrammingError: the database refuses: another's account.
    """
    closed = seal_under(key_of(HUB), secret, place=PLACE, row=account)
    hashed = [_hashed(account, code) for code in codes]
    permit = _permit("set up", account, step, ",".join(hashed))
    return str(_value("SELECT fw.set_up_factor(%s, %s, %s, %s, %s)", account, closed, step, hashed, permit))


def keep_codes(account: uuid.UUID, codes: Sequence[str]) -> None:
    """Keep recovery codes in place of all earlier ones.

    Raises:
        ProgrammingError: the database refuses: another's account.
    """
    hashed = [_hashed(account, code) for code in codes]
    _value("SELECT fw.replace_recovery_codes(%s, %s, %s)", account, hashed, _permit("codes", account, ",".join(hashed)))


def take_away(account: uuid.UUID) -> bool:
    """Take a second factor away with its recovery codes; say whether there was one.

    Raises:
        ProgrammingError: the database refuses: no administrator, or their own.
    """
    return bool(_value("SELECT fw.take_factor_away(%s, %s)", account, _permit("take away", account)))


def _grouped(code: str) -> str:
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def _normal(typed: str) -> str:
    return re.sub(r"[\s\-\u2010-\u2015]", "", typed).lower().translate(MISREAD)


def _hashed(account: uuid.UUID, code: str) -> str:
    return hashlib.sha256(f"recovery|{account}|{_normal(code)}".encode()).hexdigest()


def _permit(purpose: str, account: uuid.UUID, *said: object) -> str:
    """Return the application's signature over one call; an identity or a password has other parts."""
    message = "|".join(["factor", purpose, str(account), "|".join(map(str, said))])
    return hmac.new(settings.MASH_IDENTITY_KEY.encode(), message.encode(), hashlib.sha256).hexdigest()


def _row(question: str, *values: Any) -> tuple[Any, ...] | None:
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        found: tuple[Any, ...] | None = cursor.fetchone()
        return found


def _value(question: str, *values: Any) -> object:
    row = _row(question, *values)
    return row[0] if row else None
