"""Who deals with a case, and whom somebody rings about it: the words for every page, letter and mail."""

from __future__ import annotations

UNATTENDED = ("left", "away")
"""How the social worker of an enquiry may stand so that nobody works on it, as `fw.standing_of` codes it."""


def worker_in_words(name: str, standing: str) -> str:
    """Return the social worker of an enquiry as pages name them, and how they stand today.

    Args:
        standing: as `fw.standing_of` codes it: empty at work, `left`, `away`, or `covered` and by whom.
    """
    word, _, covers = standing.partition(" ")
    if word == "left":
        return f"Nobody: {name} has left"
    if word == "away":
        return f"{name}, away: nobody covers"
    return f"{name}, away: {covers} covers" if word == "covered" else name


def whom_to_ring(worker: str, telephone: str, standing: str, *, hub: str, hub_telephone: str) -> str:
    """Return whom somebody rings: whoever works on it today, then the hub, which is there when they are not.

    Args:
        worker: the social worker who is assigned; empty where nobody is.
        standing: as `worker_in_words` takes it; where nobody works on it, the hub alone is rung.
    """
    word, _, covers = standing.partition(" ")
    person = "" if word in UNATTENDED else f"{worker} {telephone}".strip()
    if word == "covered":
        person = f"{covers}, for {worker}"
    return "; ".join(part for part in (person, f"{hub} {hub_telephone}".strip()) if part)
