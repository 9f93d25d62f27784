"""Addresses, however they were typed."""

from __future__ import annotations

import re
import unicodedata

_POSTCODE = re.compile(r"\b([a-z]{1,2}\d[a-z\d]?)\s*(\d[a-z]{2})\b")
_SHORT_FORMS = {
    "st": "street",
    "rd": "road",
    "ave": "avenue",
    "av": "avenue",
    "ln": "lane",
    "cl": "close",
    "ct": "court",
    "dr": "drive",
    "gdns": "gardens",
    "pl": "place",
    "sq": "square",
    "tce": "terrace",
    "terr": "terrace",
    "apt": "flat",
    "apartment": "flat",
}


def plain_address(address: str) -> str:
    """Return an address so that two ways of writing it give one text; empty if it says too little to find a home.

    With a postcode, that and the numbers before it decide; a house with a name keeps its first two words.
    """
    text = unicodedata.normalize("NFKD", address).casefold()
    found = _POSTCODE.search(text)
    words = [_SHORT_FORMS.get(word, word) for word in re.findall(r"[^\W_]+", text[: found.start()] if found else text)]
    if found is None:
        return " ".join(words) if len(words) > 2 and any(_has_digit(word) for word in words) else ""
    numbers = [word for word in words if _has_digit(word)]
    named = numbers or words[:2]
    return " ".join([found[1] + found[2], *named]) if named else ""


def _has_digit(word: str) -> bool:
    return any(sign.isdigit() for sign in word)
