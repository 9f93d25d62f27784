"""By which ways it is safe to reach somebody. What goes out obeys it: receipts, feedback and letters alike.

"Never by email, he reads mine" is no note for a careful reader: it is an answer that stops the email.
"""

from __future__ import annotations

from collections.abc import Sequence

from common.nothing_shown import NOT_ASKED
from contacts.choices import SafeWay

NOBODY = "They asked that nobody gets in touch with them. Nothing goes out."
ASK_ABOUT_EMAIL = "Nobody has asked whether email is safe for them: others may read it. Ask first, in another way."


def safe_by_problem(ways: Sequence[str]) -> str:
    """Return what is wrong with an answer; empty where nothing is."""
    if set(ways) - set(SafeWay.values):
        return "Choose the ways from the list"
    if SafeWay.NEVER in ways and len(set(ways)) > 1:
        return "Tick the ways that are safe, or that nobody may get in touch; not both"
    return ""


def in_words(ways: Sequence[str]) -> str:
    """Return what was answered, in a line; that nobody was asked where nothing was."""
    return ", ".join(label for value, label in SafeWay.choices if value in ways) or NOT_ASKED


def is_safe(by: SafeWay, ways: Sequence[str]) -> bool:
    """Say whether somebody said that this way is safe; silence is not consent to an email."""
    return by in ways


def why_not_by_email(ways: Sequence[str]) -> str:
    """Return why no email goes to somebody; empty where it is safe."""
    if not ways:
        return ASK_ABOUT_EMAIL
    return "" if is_safe(SafeWay.EMAIL, ways) else _only(ways)


def why_not_by_post(ways: Sequence[str]) -> str:
    """Return why no letter goes to somebody; empty where it is safe, or where nobody was asked."""
    return why_not_by(SafeWay.POST, ways)


def why_not_by(way: SafeWay, ways: Sequence[str]) -> str:
    """Return why somebody is not told in this way; empty where it is safe, or where nobody was asked."""
    return "" if not ways or is_safe(way, ways) else _only(ways)


def _only(ways: Sequence[str]) -> str:
    return NOBODY if SafeWay.NEVER in ways else f"That is not safe for them. Safe is only: {in_words(ways).lower()}."
