"""The refusals that every part of the product may give, and what each means to a person."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime


class HubError(Exception):
    """A refusal with one sentence for the person who met it."""

    status = 400

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class NotVisible(HubError):
    """The record does not exist for this viewer: absent and forbidden are one answer (404)."""

    status = 404

    def __init__(self, sentence: str = "Page not found") -> None:
        super().__init__(sentence)


class NotPermitted(HubError):
    """The viewer may see the record, but their role may not do this (403)."""

    status = 403


class MembershipNeeded(NotPermitted):
    """Nobody is at work in a membership, so that nobody would stand behind what is done (403)."""

    def __init__(self, sentence: str = "Choose the membership in which you work first.") -> None:
        super().__init__(sentence)


class Conflict(HubError):
    """The right person at the wrong moment (409)."""

    status = 409


@dataclass(frozen=True)
class Change:
    """Who changed a record last: shown to the person whose own change came too late."""

    who: str
    when: datetime
    what: str


class MoveNotAllowed(Conflict):
    """The record is in a state from which this move does not lead anywhere."""

    def __init__(self, sentence: str, *, change: Change | None = None) -> None:
        super().__init__(sentence)
        self.change = change


class StaleRecord(Conflict):
    """Somebody else saved the record after this person had opened it."""

    def __init__(self, sentence: str, *, change: Change | None = None) -> None:
        super().__init__(sentence)
        self.change = change


class RuleBroken(HubError):
    """The input breaks a rule of the hub; `field` names the form field it belongs to, if any."""

    def __init__(self, sentence: str, *, field: str | None = None) -> None:
        super().__init__(sentence)
        self.field = field


class SentForChecking(Conflict):
    """A text may hold what its writer cannot know and its recipient may not have: the manager reads it first (409).

    Nothing of it has gone out. Its writer is told no more than that it is being checked.
    """

    def __init__(self, contact_id: uuid.UUID) -> None:
        super().__init__("Sent for checking: a MASH manager reads this before it goes out. You will be told.")
        self.contact_id = contact_id
