"""Reading the environment: a missing or odd value stops the start with a sentence that says what to set."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

_MISSING = object()
USUAL_MAIL_PORT = 25
SHORTEST_KEY = 32
FEWEST_SIGNS = 10


def text(name: str, default: Any = _MISSING) -> str:
    """Return a value from NAME, or from the file that NAME_FILE names.

    Raises:
        ImproperlyConfigured: neither is set or it is empty, and there is no default; or the file cannot be read.
    """
    file = os.environ.get(f"{name}_FILE")
    value = _read(name, file) if file else os.environ.get(name, default)
    if value is _MISSING or (value == "" and default is _MISSING):
        raise ImproperlyConfigured(f"Set {name}, or {name}_FILE to a file that holds it.")
    return str(value)


def _read(name: str, file: str) -> str:
    try:
        return Path(file).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not text"
        raise ImproperlyConfigured(f"{name}_FILE names a file that cannot be read: {why}.") from None


def hosts(name: str) -> list[str]:
    """Return host names; `*`, which would let anybody name the hub in its own mails, is refused.

    Raises:
        ImproperlyConfigured: there is none, or one of them is `*`.
    """
    named = words(name, text(name))
    if "*" in named or not named:
        raise ImproperlyConfigured(f"{name} names the hosts of the hub's address, and never *.")
    return named


def strong(*names: str) -> None:
    """Refuse keys that somebody typed.

    Raises:
        ImproperlyConfigured: one has fewer than 32 characters, or hardly any different ones.
    """
    for name in names:
        key = text(name)
        if len(key) < SHORTEST_KEY or len(set(key)) < FEWEST_SIGNS:
            raise ImproperlyConfigured(f"{name} is too weak. Make one with deploy/make_secrets.py.")


def yes(name: str, default: bool = False) -> bool:
    """Return a switch: 1, true, yes or on; 0, false, no or off.

    Raises:
        ImproperlyConfigured: it is none of these.
    """
    value = os.environ.get(name, "").strip().lower()
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    if value == "":
        return default
    raise ImproperlyConfigured(f"{name} is a switch: write 1 or 0.")


def words(name: str, default: str = "") -> list[str]:
    """Return a comma-separated list without its empty parts."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def database(name: str, default: Any = _MISSING) -> dict[str, Any]:
    """Return Django's settings for a database URL; one that names another kind than PostgreSQL is refused.

    Where the URL stands in a file, each new connection reads its name and password there anew.
    """
    settings: dict[str, Any] = {"ENGINE": ""}
    with suppress(ValueError):
        settings.update(dj_database_url.parse(text(name, default), conn_max_age=60, conn_health_checks=True))
    if settings["ENGINE"] != "django.db.backends.postgresql":
        raise ImproperlyConfigured(f"{name} must be a postgresql:// URL: the second wall is row-level security.")
    settings["ENGINE"] = "common.postgres"
    settings["LOGIN_FILE"] = os.environ.get(f"{name}_FILE", "")
    settings.setdefault("OPTIONS", {})
    settings["OPTIONS"].setdefault("connect_timeout", 5)
    return settings


def mail(name: str, default: Any = _MISSING) -> dict[str, Any]:
    """Return Django's mail settings for `smtp://[user:password@]host:port` or `smtps://…` (TLS from the start)."""
    url = urlsplit(text(name, default))
    if url.scheme not in {"smtp", "smtps", "smtp+tls"} or not url.hostname or _port(url) is None:
        raise ImproperlyConfigured(f"{name} is written smtp://host:port, smtp+tls://host:port or smtps://host:port.")
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": url.hostname,
        "EMAIL_PORT": _port(url) or USUAL_MAIL_PORT,
        "EMAIL_HOST_USER": unquote(url.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(url.password or ""),
        "EMAIL_USE_TLS": url.scheme == "smtp+tls",
        "EMAIL_USE_SSL": url.scheme == "smtps",
        "EMAIL_TIMEOUT": 10,
    }


def _port(url: SplitResult) -> int | None:
    """Return the port, 0 where none is written, None where it is no port."""
    try:
        return url.port or 0
    except ValueError:
        return None
