"""Words of analysis, decision, release and feedback."""

from django.db.models import TextChoices


class Outcome(TextChoices):
    """What is decided for a child."""

    ASSESSMENT = "assessment", "Assessment by children's social care"
    STRATEGY = "strategy", "Strategy discussion"
    EARLY_HELP = "early_help", "Early help"
    SPECIALIST = "specialist", "Specialist service"
    UNIVERSAL = "universal", "Universal services"
    NO_FURTHER_ACTION = "no_further_action", "No further action by children's social care"


RELEASED_TO = {
    Outcome.ASSESSMENT: ("assessment",),
    Outcome.STRATEGY: ("assessment",),
    Outcome.EARLY_HELP: ("early_help",),
    Outcome.SPECIALIST: ("specialist",),
    Outcome.UNIVERSAL: ("universal",),
}
"""Outcomes that go to a team: outcome to the kinds of team. Universal services may also be told by letter alone."""


class SealedConsidered(TextChoices):
    """Was the confidential information considered? Of "not needed", which of the last two it was is kept."""

    YES = "yes", "Yes, it was read and considered"
    NO = "no", "No"
    NOT_NEEDED = "not_needed", "None is held, or it was not needed"
    NONE_HELD = "none_held", "None was held"
    LEFT_ASIDE = "left_aside", "No, the manager knew of it and did not need it"


class SummaryState(TextChoices):
    """Where a MASH summary stands, from draft to the team's answer."""

    DRAFT = "draft", "Being prepared"
    WITH_MANAGER = "with_manager", "With the manager to confirm"
    SENT = "sent", "Sent, not yet accepted"
    QUERIED = "queried", "Queried"
    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Declined"
    SUPERSEDED = "superseded", "Superseded, the team has not said what follows"
    SETTLED = "settled", "Superseded"
    WITHDRAWN = "withdrawn", "Withdrawn"


class ReplaceReason(TextChoices):
    """Why a summary that is out is replaced; the team reads it."""

    ITEM_TAKEN_BACK = "item_taken_back", "An agency took back something that was passed on"
    ITEM_CHANGED = "item_changed", "An agency changed something that was passed on"
    PEOPLE = "people", "Who is who was put right"
    DECIDED_AGAIN = "decided_again", "The manager decided again"
    OTHER = "other", "Another reason"


class RecallReason(TextChoices):
    """Why a summary is hidden from a team that had it: nothing less than a breach."""

    WRONG_RECIPIENT = "wrong_recipient", "It went to the wrong people"
    UNLAWFUL = "unlawful", "It should not have been shared at all"


class ChangesPlan(TextChoices):
    """Does what was replaced change what the team does?"""

    YES = "yes", "Yes, it changes our plan"
    NO = "no", "No, our plan stays as it is"


class DeclineReason(TextChoices):
    """Why a receiving team declines a MASH summary."""

    FAMILY_REFUSED = "family_refused", "The family does not agree to the help offered"
    OTHER_TEAM = "other_team", "It belongs to another team or area"
    OTHER_LEVEL = "other_level", "The need is higher or lower than what this team works with"
    OTHER = "other", "Another reason"


class ExchangeKind(TextChoices):
    """What was said about a released summary."""

    QUERY = "query", "The team asked"
    ANSWER = "answer", "The hub answered"
    DECLINED = "declined", "The team declined"
    SUPERSEDED = "superseded", "The hub replaced it"
    UNCHANGED = "unchanged", "The hub looked at it again: it stands"
    TELEPHONED = "telephoned", "The hub telephoned the team"
    PLAN = "plan", "The team said what follows"


class DoorQuestion(TextChoices):
    """Does anyone who meets this child or knocks on this door need to know something?"""

    YES = "yes", "Yes"
    NO = "no", "No"


class FamilyTold(TextChoices):
    """Has the family been told?"""

    YES = "yes", "Yes"
    NO = "no", "Not yet"
    HELD_BACK = "held_back", "Held back: it would raise the risk"


class FeedbackState(TextChoices):
    """Where feedback to a referrer stands."""

    SENT = "sent", "Sent"
    SPOKEN = "spoken", "Told in person or by telephone"
    HELD_BACK = "held_back", "Held back, with a reason"
    NOT_POSSIBLE = "not_possible", "Nobody to tell"


class LetterState(TextChoices):
    """Where a letter to a parent stands."""

    DRAFT = "draft", "Being written"
    SENT = "sent", "Posted"
    HELD_BACK = "held_back", "Held back, with a reason"


class ComplaintState(TextChoices):
    """Where a complaint or a disagreement stands."""

    OPEN = "open", "Open"
    ANSWERED = "answered", "Answered"


class OutgoingTextState(TextChoices):
    """Where a text stands that a manager reads before it goes out."""

    WAITING = "waiting", "Waits to be checked"
    PASSED = "passed", "Gone out"
    SENT_BACK = "sent_back", "Sent back"


class ToldBy(TextChoices):
    """By what somebody had been told a fact that turned out to be wrong."""

    REQUEST = "request", "Information request"
    HANDOVER = "handover", "Handover"
    SUMMARY = "summary", "MASH summary"
    FEEDBACK = "feedback", "Feedback to the referrer"
    LETTER = "letter", "Letter to a parent"


class CameBackKind(TextChoices):
    """What came back."""

    LETTER = "letter", "The letter to a parent"
    FEEDBACK = "feedback", "The email to the referrer: what became of what they told us"
    RECEIPT = "receipt", "The email to the referrer: the receipt"


class StandsOnIt(TextChoices):
    """What the post office or the mail server wrote on what came back."""

    GONE_AWAY = "gone_away", "Moved away"
    NOT_KNOWN = "not_known", "Not known at this address"
    NO_SUCH_PLACE = "no_such_place", "There is no such address or mailbox"
    INCOMPLETE = "incomplete", "The address is incomplete"
    REFUSED = "refused", "It was not accepted"
    NOT_FETCHED = "not_fetched", "It was not called for, or the mailbox is full"
    OTHER = "other", "Something else"


class SeenToBy(TextChoices):
    """What became of a message that did not arrive."""

    TRIED_AGAIN = "tried_again", "Sent again"
    TOLD = "told", "They were told in another way"
    NOT_NEEDED = "not_needed", "Nobody needs to be told any more"


class ToldHow(TextChoices):
    """In which other way somebody was told."""

    TELEPHONE = "telephone", "By telephone"
    IN_PERSON = "in_person", "In person"
    POST = "post", "By post"
    TEXT = "text", "By text message"
    OTHER = "other", "In another way"
