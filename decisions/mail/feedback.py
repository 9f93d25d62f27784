"""Feedback to a referrer: more to a professional than to a neighbour.

Never a name or an address of the family, nor a reason; whom to ring may be named. `actions/feedback.py` sees to it.
"""

from __future__ import annotations

from dataclasses import dataclass

from contacts.choices import Ending, ReferrerKind
from decisions.rules import TOLD_IN_FULL
from notices.rules import Message

IN_FULL: dict[str, str] = {
    Ending.ASSESSMENT: "Children's social care will carry out an assessment.",
    Ending.STRATEGY: "A strategy discussion is being held between the agencies concerned.",
    Ending.EARLY_HELP: "The family will be offered early help.",
    Ending.SPECIALIST: "It has been passed to a specialist service.",
    Ending.UNIVERSAL: "The services that every family uses, such as school and health visiting, will give support.",
    Ending.ADVICE: "Advice has been given, and nothing further is planned for now.",
    Ending.ALLOCATED: "It has been passed to the worker who already knows the family.",
    Ending.OTHER_AUTHORITY: "It has been passed to the authority that is responsible.",
    Ending.ADULT_SAFEGUARDING: "It has been passed to adult safeguarding.",
    Ending.LADO: "It has been passed to the designated officer.",
    Ending.NO_FURTHER_ACTION: "Children's social care will take no further action for now.",
}
"""What a professional, a school or somebody who asked for help themself is told."""

_DONE = frozenset({Ending.ADVICE, Ending.UNIVERSAL, Ending.NO_FURTHER_ACTION})
FOLLOWED_UP = "What you told us has been looked at carefully, and the right service is following it up."
LOOKED_AT = "What you told us has been looked at carefully and is on record."
NO_MORE = "To protect the people concerned we cannot tell you more than this."

MEANWHILE_IN_FULL = (
    "Go on with the support that you give, write down what you notice, and tell us at once if anything changes. "
    "If a child is in danger now, ring 999."
)
MEANWHILE = "If you are worried again, tell us again: it helps. If a child is in danger now, ring 999."


def response_in_words(response: str, kind: str) -> str:
    """Return the kind of response as this kind of referrer is told it."""
    if kind in TOLD_IN_FULL:
        return IN_FULL[response]
    return f"{LOOKED_AT if response in _DONE else FOLLOWED_UP} {NO_MORE}"


def meanwhile_for(kind: str) -> str:
    """Return what to do meanwhile, as a first wording."""
    return MEANWHILE_IN_FULL if kind in TOLD_IN_FULL else MEANWHILE


@dataclass(frozen=True)
class Told:
    """All that feedback is made of.

    Attributes:
        kind: the kind of referrer, which says how much they are told.
        response: the kind of response.
        disagree_with: whom to ring to disagree; the hub's setting.
    """

    reference: str
    kind: str
    response: str
    whom_to_ring: str
    meanwhile: str
    disagree_with: str
    hub_name: str
    own_reference: str = ""

    @property
    def text(self) -> str:
        """The whole text as it is mailed or read out."""
        thanks = "Thank you for telling us what worries you."
        if self.kind == ReferrerKind.SELF:
            thanks = "Thank you for getting in touch with us."
        own = f"Your own reference: {self.own_reference}\n" if self.own_reference else ""
        parts = [
            thanks,
            f"Our reference: {self.reference}\n{own}".rstrip(),
            response_in_words(self.response, self.kind),
            f"What to do in the meantime: {self.meanwhile}",
            f"Who to call: {self.whom_to_ring}",
            f"If you disagree with this: {self.disagree_with}",
            self.hub_name,
        ]
        return "\n\n".join(part for part in parts if part)


def feedback_message(feedback: Told, *, staff_path: str, dedupe: str) -> Message:
    """Return the mail to a referrer."""
    return Message(
        kind="feedback.sent",
        subject=f"What you told us, {feedback.reference}: what happens now",
        body=feedback.text,
        reference=feedback.reference,
        staff_path=staff_path,
        dedupe=dedupe,
    )
