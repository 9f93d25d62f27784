"""One check of an outgoing text: refused to its writer's face, held for the manager, or let through."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import NamedTuple

from common.errors import SentForChecking
from common.leaks import Secret, find_leaks, refuse_leaks


class Checked(NamedTuple):
    """What the leak check of one text is asked.

    Attributes:
        forbidden: what the recipient may not have, as far as the writer may know it.
        permitted: what the text may say all the same.
        unseen: what the recipient may not have either, and the writer may not know: nothing of it is told to them.
    """

    forbidden: list[Secret]
    permitted: list[Secret]
    unseen: list[Secret] = []


def check_outgoing(texts: Mapping[str, str], checked: Checked, contact_id: uuid.UUID) -> None:
    """Let texts out that give nothing away.

    Args:
        texts: by the field of the form in which each stands.
        contact_id: the contact by which the manager finds what waits to be checked.

    Raises:
        RuleBroken: a text gives away what the writer may know; it quotes where.
        SentForChecking: a text gives away what the writer may not know: a manager reads it first.
    """
    refuse_leaks(texts, checked.forbidden, checked.permitted)
    if checked.unseen and any(find_leaks(text, checked.unseen, checked.permitted) for text in texts.values()):
        raise SentForChecking(contact_id)
