"""Trying and changing passwords without reading one: the hash stays in the database, in a table closed to all.

The database tells how the password was hashed (algorithm, parameters, salt), the application hashes what was typed in
the same way, and the database compares. Each call carries a signature by the identity key over this very value, so
that SQL alone neither tries nor sets a password.
"""

from __future__ import annotations

import hashlib
import hmac
import uuid
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import (
    Argon2PasswordHasher,
    BasePasswordHasher,
    get_hasher,
    identify_hasher,
    is_password_usable,
    make_password,
)
from django.db import connection


@dataclass(frozen=True)
class Trial:
    """How a try ended.

    Attributes:
        is_outdated: right, and hashed in a way that the hub has since replaced by a better one.
    """

    is_right: bool
    is_outdated: bool = False


def try_password(account: uuid.UUID, typed: str) -> Trial:
    """Say whether a password is the account's.

    An unknown account, and one without a password, takes the same work and the same two questions.
    """
    shape = str(_ask("SELECT fw.password_shape(%s)", account) or _decoy())
    hasher = identify_hasher(shape)
    encoded = encoded_like(typed, shape)
    permit = _permit("try", account, _hash(encoded))
    is_right = bool(_ask("SELECT fw.password_matches(%s, %s, %s)", account, encoded, permit))
    return Trial(is_right, is_right and _is_outdated(hasher, shape))


def keep_password(account: uuid.UUID, encoded: str, *, stamp: str, upgrade: bool = False) -> str:
    """Give an account a password, or none where the encoded one is unusable; return the new stamp.

    Args:
        stamp: the account's stamp as it stands; if somebody changed the password meanwhile, this one is refused.
        upgrade: the same password hashed in a newer way: sessions go on.

    Raises:
        ProgrammingError: the database refuses: somebody else's password, or changed meanwhile.
    """
    kept = encoded if is_password_usable(encoded) else ""
    purpose = "upgrade" if upgrade else "set"
    permit = _permit(purpose, account, stamp, _hash(kept))
    return str(_ask("SELECT fw.set_password(%s, %s, %s, %s)", account, purpose, kept, permit))


def encoded_like(typed: str, shape: str) -> str:
    """Hash what was typed with the algorithm, parameters and salt of an encoded password."""
    hasher = identify_hasher(shape)
    if isinstance(hasher, Argon2PasswordHasher):
        return _argon2_like(typed, hasher.decode(shape))
    decoded = hasher.decode(shape)
    work = {"iterations": decoded["iterations"]} if "iterations" in decoded else {}
    return str(hasher.encode(typed, decoded["salt"], **work))


def _argon2_like(typed: str, decoded: dict[str, Any]) -> str:
    from argon2.low_level import hash_secret  # noqa: PLC0415  # only where this algorithm is in use

    parameters = decoded["params"]
    made = hash_secret(
        typed.encode(),
        str(decoded["salt"]).encode("latin1"),
        time_cost=parameters.time_cost,
        memory_cost=parameters.memory_cost,
        parallelism=parameters.parallelism,
        hash_len=parameters.hash_len,
        type=parameters.type,
        version=parameters.version,
    )
    return f"{Argon2PasswordHasher.algorithm}{made.decode('ascii')}"


def _is_outdated(hasher: BasePasswordHasher, shape: str) -> bool:
    preferred = get_hasher()
    return hasher.algorithm != preferred.algorithm or bool(preferred.must_update(shape))


@lru_cache(maxsize=4)
def _decoy_of(algorithm: str) -> str:
    """Return a password in today's fashion that nobody has, so that trying it costs what a real one costs."""
    return make_password(uuid.uuid4().hex, hasher=algorithm)


def _decoy() -> str:
    return _decoy_of(get_hasher().algorithm)


def _hash(encoded: str) -> str:
    return hashlib.sha256(encoded.encode()).hexdigest()


def _permit(*parts: object) -> str:
    """Return the application's signature over one call; an identity has other parts, so neither is the other."""
    message = "|".join(["password", *map(str, parts)])
    return hmac.new(settings.MASH_IDENTITY_KEY.encode(), message.encode(), hashlib.sha256).hexdigest()


def _ask(question: str, *values: Any) -> object:
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        return cursor.fetchone()[0]
