"""Initials in place of a name, for a screen that others in the room can read."""

from __future__ import annotations

WITHOUT_A_NAME = ("Unnamed", "Unborn", "Person", "Child", "Adult")
"""First words of what stands for a name where none is known; nothing of it is anybody's."""

NOBODY_YET = "The person being typed"
"""What stands for a name that is not typed yet."""


def initials_of(words: str) -> str:
    """Return the initials of a name and the age as it stands behind it: "Ada Thornbury, 6" is "A. T., 6"."""
    if words == NOBODY_YET:
        return words
    name, comma, age = words.partition(", ")
    parts = name.split()
    if parts[:1] and parts[0] in WITHOUT_A_NAME:
        kept = " ".join(parts[:2])
        parts = parts[2:]
        return f"{kept}{' ' if parts else ''}{_short(parts)}{comma}{age}"
    return f"{_short(parts)}{comma}{age}"


def _short(parts: list[str]) -> str:
    return " ".join(f"{part[0].upper()}." for part in parts if part[0].isalpha())
