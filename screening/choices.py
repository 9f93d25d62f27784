"""Words of screening and of the MASH enquiry."""

from django.db.models import TextChoices


class ScreeningState(TextChoices):
    """Where the screening of one contact stands."""

    OPEN = "open", "Open"
    WITH_PANEL = "with_panel", "With the panel"
    WITH_MANAGER = "with_manager", "With the manager: the panel disagrees"
    DECIDED = "decided", "Decided"


class Exit(TextChoices):
    """Where a screened contact goes."""

    MASH = "mash", "Into the MASH"
    ASSESSMENT = "assessment", "Straight to assessment"
    STRATEGY = "strategy", "Straight to strategy discussion"
    EARLY_HELP = "early_help", "Early help"
    ADVICE = "advice", "Advice"
    ALLOCATED = "allocated", "Allocated worker"
    OTHER_AUTHORITY = "other_authority", "Other authority"
    ADULT_SAFEGUARDING = "adult_safeguarding", "Adult safeguarding"
    LADO = "lado", "Designated officer (LADO)"
    NO_FURTHER_ACTION = "no_further_action", "No further action by children's social care"


HANDED_OVER = {
    Exit.ASSESSMENT: "assessment",
    Exit.STRATEGY: "assessment",
    Exit.EARLY_HELP: "early_help",
    Exit.ALLOCATED: "allocated",
    Exit.OTHER_AUTHORITY: "other_authority",
    Exit.ADULT_SAFEGUARDING: "adult_safeguarding",
    Exit.LADO: "lado",
}
"""Exits that hand a text to a team: exit to the kind of team."""


class Criterion(TextChoices):
    """Agreed criteria for entering the MASH."""

    SIGNIFICANT_HARM = "significant_harm", "May be suffering, or likely to suffer, significant harm"
    SEVERAL_AGENCIES = "several_agencies", "More than one agency may hold part of the picture"
    DOMESTIC_ABUSE = "domestic_abuse", "Domestic abuse in the household"
    REPEATED = "repeated", "Repeated contacts about the same child"
    UNEXPLAINED_INJURY = "unexplained_injury", "An injury without a clear explanation"
    EXPLOITATION = "exploitation", "Exploitation or going missing"
    PARENT_NEEDS = "parent_needs", "A parent's mental health, substance use or learning need"
    NEGLECT = "neglect", "Neglect or being left without care"
    NONE_MET = "none_met", "None of the criteria is met"


KINDS: dict[str, str] = {
    Criterion.SIGNIFICANT_HARM: "Significant harm",
    Criterion.SEVERAL_AGENCIES: "Several agencies know them",
    Criterion.DOMESTIC_ABUSE: "Domestic abuse",
    Criterion.REPEATED: "Repeated contacts",
    Criterion.UNEXPLAINED_INJURY: "Unexplained injury",
    Criterion.EXPLOITATION: "Exploitation or missing",
    Criterion.PARENT_NEEDS: "A parent's needs",
    Criterion.NEGLECT: "Neglect",
}
"""The kind of concern in so few words that a list has room for it; "none is met" is no kind."""


class EnquiryState(TextChoices):
    """All stages of a MASH enquiry; later apps move it through their own actions."""

    TO_RATE = "to_rate", "To be rated"
    GATHERING = "gathering", "Gathering information"
    DECIDING = "deciding", "With the manager for decision"
    DECIDED = "decided", "Decided, not yet released"
    RELEASED = "released", "Released, not yet accepted"
    CLOSED = "closed", "Closed"


class HandoverState(TextChoices):
    """What the receiving side did with what was handed to it; screening handovers and releases alike."""

    SENT = "sent", "Sent, not yet accepted"
    QUERIED = "queried", "Queried"
    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Declined"
    WITHDRAWN = "withdrawn", "Withdrawn"
    SETTLED = "settled", "Settled: no team takes it over"


class ExchangeKind(TextChoices):
    """What was said about a handover."""

    QUERY = "query", "Query of the team"
    ANSWER = "answer", "Answer of the hub"
    DECLINE = "decline", "Why the team declined"
    NIGHT = "night", "What out of hours decided for the night"
    SETTLED = "settled", "Why no team takes it over"
