"""What every normal form begins with: signs nobody sees left out, signs that look alike made one."""

from __future__ import annotations

import unicodedata


def visible(text: str) -> str:
    """Return a text without signs that nobody sees, such as soft hyphens, and with full-width letters made plain."""
    if text.isascii():
        return text
    compatible = unicodedata.normalize("NFKC", text)
    return "".join(sign for sign in compatible if unicodedata.category(sign) != "Cf")
