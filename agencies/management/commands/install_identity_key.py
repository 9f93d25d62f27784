"""Give the database the key with which it checks who is acting."""

from __future__ import annotations

import hashlib

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import connection

BLOCK = 64


def padded_keys(key: str) -> tuple[bytes, bytes]:
    """Return the inner and outer key of HMAC-SHA256, so that the database needs only sha256 (RFC 2104)."""
    raw = key.encode()
    block = (hashlib.sha256(raw).digest() if len(raw) > BLOCK else raw).ljust(BLOCK, b"\0")
    return bytes(byte ^ 0x36 for byte in block), bytes(byte ^ 0x5C for byte in block)


class Command(BaseCommand):
    """Run by whoever migrates, as the owner; again after the key is changed."""

    help = "Install MASH_IDENTITY_KEY in the database, so that row-level security can check signatures."

    def handle(self, *args: object, **options: object) -> None:
        """Replace the key."""
        inner, outer = padded_keys(settings.MASH_IDENTITY_KEY)
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM fw.signing_key")
            cursor.execute("INSERT INTO fw.signing_key (id, inner_key, outer_key) VALUES (1, %s, %s)", [inner, outer])
        self.stdout.write("The identity key is installed.")
