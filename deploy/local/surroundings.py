"""The secrets of demo and tests, and the environment that processes of the product get."""

import base64
import os
import secrets
from collections.abc import Callable, Mapping
from pathlib import Path

# Settings of a hub that the person may have in the shell; they must not leak into a demo or a test.
OURS = ("MASH_", "DATABASE_URL", "DJANGO_SETTINGS_MODULE", "PYTEST_")
SECRETS: dict[str, Callable[[], str]] = {
    "MASH_SECRET_KEY": lambda: secrets.token_urlsafe(48),
    "MASH_IDENTITY_KEY": lambda: secrets.token_hex(32),
    "MASH_FIELD_KEYS": lambda: f"k1:{base64.b64encode(secrets.token_bytes(32)).decode()}",
}


def made_secrets() -> dict[str, str]:
    """Return fresh secrets that are kept nowhere."""
    return {name: make() for name, make in SECRETS.items()}


def kept_secrets(folder: Path) -> dict[str, str]:
    """Return the environment that points to secrets in files, made on first use."""
    for name, make in SECRETS.items():
        kept(folder, name, make)
    return {f"{name}_FILE": str(folder / name.lower()) for name in SECRETS}


def kept(folder: Path, name: str, make: Callable[[], str]) -> str:
    """Return a secret from its file, made on first use and closed to other users."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = folder / name.lower()
    if not file.exists():
        write_privately(file, make())
    return file.read_text(encoding="utf-8")


def write_privately(file: Path, text: str) -> None:
    """Write a file that no other user may read, whole or not at all."""
    unfinished = file.with_name(f".{file.name}.{os.getpid()}")
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as out:
        out.write(text)
    unfinished.rename(file)


def without_ours(environ: Mapping[str, str]) -> dict[str, str]:
    """Return an environment without any setting of a hub."""
    return {name: value for name, value in environ.items() if not name.startswith(OURS)}


def only(env: Mapping[str, str], *, login: str) -> dict[str, str]:
    """Return the environment of one process, with the one database login it needs.

    A web process that knew the owner's login could go around every right that
    the web role lacks.

    Args:
        env: The environment of the whole hub.
        login: The name of the variable whose login becomes DATABASE_URL.
    """
    others = ("MASH_OWNER_", "MASH_SWEEP_", "MASH_ADMIN_", "MASH_WEB_", "MASH_AUDITOR_", "MASH_BACKUP_")
    kept_names = {name: value for name, value in env.items() if not name.startswith(others)}
    return {**kept_names, "DATABASE_URL": env[login]}
