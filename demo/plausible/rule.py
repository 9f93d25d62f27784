"""What a rule is: a sentence, and who breaks it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from demo.plausible.seen import HubSeen

Offenders = Callable[[HubSeen], Iterable[str]]


@dataclass(frozen=True)
class Rule:
    """Something that holds in a hub that was lived in.

    Attributes:
        key: a short name.
        sentence: what holds, in words.
        offenders: finds what breaks it, a line each.
        of_acts: it is about what people did, so the log has to be read.
    """

    key: str
    sentence: str
    offenders: Offenders
    of_acts: bool = False
