"""A PostgreSQL or Redis of the person's own, named by URL, in place of the embedded one."""

import os
import secrets
from contextlib import closing
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

from deploy.bootstrap import LOGINS
from deploy.local.failures import LaunchError
from deploy.local.surroundings import kept

ADMIN = "MASH_ADMIN_DATABASE_URL"
ROLE_URLS = {
    "DATABASE_URL": "mash_web",
    "MASH_OWNER_DATABASE_URL": "mash_owner",
    "MASH_SWEEP_DATABASE_URL": "mash_sweep",
}
FURTHER_URLS = {"MASH_AUDITOR_DATABASE_URL": "mash_auditor", "MASH_BACKUP_DATABASE_URL": "mash_backup"}
"""Only audit_verify and the backup need them: whoever names three logins may leave them out."""


def named() -> bool:
    """Say whether the environment names a PostgreSQL server of the person's own."""
    return any(os.environ.get(name) for name in (ADMIN, *ROLE_URLS))


def queue() -> dict[str, str]:
    """Return the settings of the Redis that the environment names, if it does."""
    url = os.environ.get("MASH_REDIS_URL")
    return {"MASH_REDIS_URL": url} if url else {}


def database(folder: Path, name: str, *, fresh: bool) -> dict[str, str]:
    """Return the settings of the PostgreSQL that the environment names, if it does.

    Either all three logins, whose roles are then there already, or an
    administrator's, with which the roles are made.

    Args:
        folder: Where the passwords of roles that we make are kept.
        name: What the database is called where we make it.
        fresh: Whether this hub has never made roles before.

    Raises:
        LaunchError: Only some of the logins are given, or the server's roles are another hub's.
    """
    given = {name: os.environ[name] for name in ROLE_URLS if os.environ.get(name)}
    if len(given) == len(ROLE_URLS):
        return given | {name: os.environ[name] for name in FURTHER_URLS if os.environ.get(name)}
    admin_url = os.environ.get(ADMIN)
    if admin_url:
        return made_by(admin_url, folder, name, fresh=fresh)
    if given:
        missing = ", ".join(sorted(set(ROLE_URLS) - set(given)))
        raise LaunchError(f"For a PostgreSQL of your own, set {missing} too, or {ADMIN} alone.")
    return {}


def made_by(admin_url: str, folder: Path, name: str, *, fresh: bool) -> dict[str, str]:
    """Return the settings for a server on which we make the roles ourselves.

    Raises:
        LaunchError: Roles of these names are there and not ours: new passwords would lock their hub out.
    """
    if fresh and has_roles(admin_url):
        raise LaunchError(
            "That PostgreSQL already serves a hub: the role mash_web is there. Name its three logins instead: "
            f"{', '.join(ROLE_URLS)}."
        )
    passwords = {role.password_name: kept(folder, role.password_name, new_password) for role in LOGINS}
    logins = {**ROLE_URLS, **FURTHER_URLS}
    urls = {key: url_for(admin_url, name, role, passwords[f"{role.upper()}_PASSWORD"]) for key, role in logins.items()}
    return {ADMIN: admin_url, "MASH_DATABASE_NAME": name, **passwords, **urls}


def has_roles(admin_url: str) -> bool:
    """Say whether a server already has a hub's roles.

    Raises:
        LaunchError: The login failed.
    """
    import psycopg2  # the environment is there by now

    try:
        with closing(psycopg2.connect(admin_url)) as connection, connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = 'mash_web'")
            return cursor.fetchone() is not None
    except psycopg2.OperationalError as problem:
        raise LaunchError(f"The login of {ADMIN} failed: {problem}".strip()) from None


def url_for(admin_url: str, database: str, role: str, password: str) -> str:
    """Return the URL by which a role logs in to a hub's database on the administrator's server."""
    parts = urlsplit(admin_url)
    place = parts.netloc.rpartition("@")[2]
    login = f"{quote(role)}:{quote(password)}@{place}"
    return urlunsplit(parts._replace(netloc=login, path=f"/{database}"))


def new_password() -> str:
    """Return a password that nobody has to type."""
    return secrets.token_urlsafe(24)
