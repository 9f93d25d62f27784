"""The demo's and the tests' own secrets, and the environment that processes of the product get."""

import base64
import os
import secrets
from collections.abc import Callable, Mapping
from pathlib import Path

from deploy.local.postgres import SUPERUSER, Cluster
from deploy.local.valkey import Server

# Settings of a hub that the person may have in the shell; they must not leak into a demo or a test.
OURS = ("MASH_", "DATABASE_URL", "DJANGO_SETTINGS_MODULE", "REDIS_URL", "PYTEST_")


def new_secrets() -> dict[str, Callable[[], str]]:
    """Return how each secret of the product is made."""
    return {
        "MASH_SECRET_KEY": lambda: secrets.token_urlsafe(48),
        "MASH_IDENTITY_KEY": lambda: secrets.token_hex(32),
        "MASH_FIELD_KEYS": lambda: f"k1:{base64.b64encode(secrets.token_bytes(32)).decode()}",
    }


def made_secrets() -> dict[str, str]:
    """Return fresh secrets that are kept nowhere."""
    return {name: make() for name, make in new_secrets().items()}


def kept_secrets(folder: Path) -> dict[str, str]:
    """Return the environment that points to secrets in files, made on first use."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    for name, make in new_secrets().items():
        file = folder / name.lower()
        if not file.exists():
            descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w", encoding="utf-8") as out:
                out.write(make())
    return {f"{name}_FILE": str(folder / name.lower()) for name in new_secrets()}


def without_ours(environ: Mapping[str, str]) -> dict[str, str]:
    """Return an environment without any setting of a hub."""
    return {name: value for name, value in environ.items() if not name.startswith(OURS)}


def server_urls(cluster: Cluster, valkey: Server) -> dict[str, str]:
    """Return the environment that names the embedded servers."""
    return {
        "DATABASE_URL": cluster.url("mash_web"),
        "MASH_OWNER_DATABASE_URL": cluster.url("mash_owner"),
        "MASH_SWEEP_DATABASE_URL": cluster.url("mash_sweep"),
        "MASH_ADMIN_DATABASE_URL": cluster.url(SUPERUSER, "postgres"),
        "MASH_TRUST_LOGINS": "1",
        "MASH_REDIS_URL": valkey.url(),
    }
