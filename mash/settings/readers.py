"""Reading the environment: a missing or odd value stops the start with a sentence that says what to set."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

_MISSING = object()


def text(name: str, default: Any = _MISSING) -> str:
    """Return a value from NAME, or from the file that NAME_FILE names.

    Raises:
        ImproperlyConfigured: neither is set and there is no default, or the file cannot be read.
    """
    if file := os.environ.get(f"{name}_FILE"):
        try:
            return Path(file).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise ImproperlyConfigured(f"{name}_FILE names a file that cannot be read: {error.strerror}.") from error
    value = os.environ.get(name, default)
    if value is _MISSING or value == "" and default is _MISSING:
        raise ImproperlyConfigured(f"Set {name}, or {name}_FILE to a file that holds it.")
    return str(value)


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
    """Return Django's settings for a database URL; one that names another kind than PostgreSQL is refused."""
    url = text(name, default)
    settings = dict(dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True))
    if settings["ENGINE"] != "django.db.backends.postgresql":
        raise ImproperlyConfigured(f"{name} must be a postgresql:// URL: the second wall is row-level security.")
    settings.setdefault("OPTIONS", {})
    settings["OPTIONS"].setdefault("connect_timeout", 5)
    return settings


def mail(name: str, default: Any = _MISSING) -> dict[str, Any]:
    """Return Django's mail settings for `smtp://[user:password@]host:port` or `smtps://…` (TLS from the start)."""
    from urllib.parse import unquote, urlsplit

    url = urlsplit(text(name, default))
    if url.scheme not in {"smtp", "smtps", "smtp+tls"} or not url.hostname:
        raise ImproperlyConfigured(f"{name} is written smtp://host:port, smtp+tls://host:port or smtps://host:port.")
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": url.hostname,
        "EMAIL_PORT": url.port or 25,
        "EMAIL_HOST_USER": unquote(url.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(url.password or ""),
        "EMAIL_USE_TLS": url.scheme == "smtp+tls",
        "EMAIL_USE_SSL": url.scheme == "smtps",
        "EMAIL_TIMEOUT": 10,
    }
