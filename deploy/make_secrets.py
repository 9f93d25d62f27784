#!/usr/bin/env python3
"""Make the secrets of a real hub as files, each once.

Use: python3 deploy/make_secrets.py [FOLDER]

Nothing that exists is changed, so it can be run again after an upgrade that
needs a new secret. The folder is closed to other users of the machine; the
files inside are readable, because each container reads them as a user of its
own. Keep a copy of the folder apart from the backups of the database: without
MASH_FIELD_KEYS the sealed texts in a backup cannot be read by anybody.
"""

import base64
import secrets
import sys
from pathlib import Path

DATABASE_HOST = "postgres:5432"
LOGINS = ("owner", "web", "sweep", "auditor", "backup")


def main(arguments: list[str]) -> None:
    """Make what is missing and say what was made, and what is left to fill in."""
    folder = Path(arguments[0] if arguments else "secrets")
    folder.mkdir(mode=0o700, exist_ok=True)
    folder.chmod(0o700)
    made = [name for name, text in hub_secrets(folder).items() if add(folder, name, text)]
    print(f"Made in {folder}: {', '.join(made)}." if made else f"Nothing to make: {folder} has every secret.")
    if not (folder / "email_url").exists():
        print(f"Write the mail server into {folder}/email_url, for example smtp+tls://name:password@mail.example:587")


def hub_secrets(folder: Path) -> dict[str, str]:
    """Return each secret by its file's name; passwords that are there already are kept in the URLs."""
    passwords = {f"{name}_password": known(folder, f"{name}_password") for name in ("postgres", "redis", *LOGINS)}
    urls = {
        f"{name}_database_url": f"postgresql://mash_{name}:{passwords[f'{name}_password']}@{DATABASE_HOST}/mash"
        for name in LOGINS
    }
    return {
        "secret_key": secrets.token_urlsafe(48),
        "identity_key": secrets.token_hex(32),
        "field_keys": f"k1:{base64.b64encode(secrets.token_bytes(32)).decode()}",
        **passwords,
        **urls,
        "admin_database_url": f"postgresql://postgres:{passwords['postgres_password']}@{DATABASE_HOST}/postgres",
        "redis_url": f"redis://:{passwords['redis_password']}@valkey:6379/0",
        "valkey_conf": f"requirepass {passwords['redis_password']}\n",
    }


def known(folder: Path, name: str) -> str:
    """Return a password from its file, or a new one."""
    file = folder / name
    return file.read_text(encoding="utf-8").strip() if file.exists() else secrets.token_urlsafe(32)


def add(folder: Path, name: str, text: str) -> bool:
    """Write a secret unless it is there; say whether it was written."""
    file = folder / name
    if file.exists():
        return False
    file.touch(mode=0o600)
    file.write_text(text, encoding="utf-8")
    file.chmod(0o444)
    return True


if __name__ == "__main__":
    main(sys.argv[1:])
