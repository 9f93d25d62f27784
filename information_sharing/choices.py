"""Words of requests, answers and items."""

from django.db.models import TextChoices


class RequestState(TextChoices):
    """Where a request stands. "Cannot search yet" is not an answer: the clock runs on."""

    SENT = "sent", "Sent"
    HEARD = "heard", "First response given"
    CANNOT_SEARCH = "cannot_search", "Cannot search yet"
    ANSWERED = "answered", "Answered"
    WITHDRAWN = "withdrawn", "Withdrawn"


class LawfulBasis(TextChoices):
    """On which basis the agency is asked."""

    PUBLIC_TASK = "public_task", "Public task: safeguarding children"
    LEGAL_DUTY = "legal_duty", "Legal duty (Children Act 2004, section 11)"
    VITAL_INTERESTS = "vital_interests", "Vital interests: somebody's life is at risk"
    AGREED = "agreed", "The family's agreement"
    CRIME = "crime", "Prevention or detection of crime"


class ReferrerNamed(TextChoices):
    """What an agency is told of who was worried; somebody who asked to stay unknown is never named."""

    LEFT_OUT = "left_out", "Nothing"
    PROFESSIONAL = "professional", "Only that it was a professional"
    ORGANISATION = "organisation", "The organisation"


class OpeningPurpose(TextChoices):
    """Why an agency opens a protected address that it was given."""

    SEARCH = "search", "To search our systems for this request"
    CORRECT = "correct", "To check or correct our answer"
    SAFETY = "safety", "A child's safety now"


class AnswerKind(TextChoices):
    """What an agency's answer says. "Nothing held" and "only sealed items" read alike."""

    SHARED = "shared", "Information given"
    NOTHING_TO_SHARE = "nothing_to_share", "Nothing to share"
    HELD_NOT_SHARED = "held_not_shared", "Held and not shared"


class WithheldReason(TextChoices):
    """Why something held is not shared: from a list, never free text."""

    NOT_RELEVANT = "not_relevant", "Not relevant to the concern"
    NOT_PROPORTIONATE = "not_proportionate", "Not proportionate to the concern"
    LEGAL_BAR = "legal_bar", "A legal bar, such as a court order"
    THIRD_PARTY = "third_party", "It is about somebody else"
    ADVICE_SOUGHT = "advice_sought", "Advice is being taken"


class Handling(TextChoices):
    """How far an item may be shared; chosen and changed only by the agency that owns it."""

    ONWARD = "onward", "May be passed on to the receiving team"
    HUB_ONLY = "hub_only", "Inside the hub only"
    MANAGER_ONLY = "manager_only", "Confidential: the MASH manager only"


class Theme(TextChoices):
    """What an item speaks of."""

    HAZARD = "hazard", "Hazard of a visit: dogs, weapons, threats"
    CHILD_HEALTH = "child_health", "Child's health and development"
    EDUCATION = "education", "Education and behaviour"
    FAMILY = "family", "Family and relationships"
    DOMESTIC_ABUSE = "domestic_abuse", "Domestic abuse"
    OFFENDING = "offending", "Offending and police contact"
    PARENT_HEALTH = "parent_health", "Parent's health, substance use or disability"
    HOME = "home", "Home, money and housing"
    SERVICES = "services", "Services involved, now or before"
    STRENGTHS = "strengths", "What protects the child"
    OTHER = "other", "Other"


class DatePrecision(TextChoices):
    """How sure the date of an item is."""

    DAY = "day", "That day"
    MONTH = "month", "About that month"
    YEAR = "year", "About that year"
    UNKNOWN = "unknown", "Date not known"


class InstructionState(TextChoices):
    """Where a safety instruction stands with the owner of the sealed item."""

    PROPOSED = "proposed", "With the owner"
    AGREED = "agreed", "Agreed"
    REFUSED = "refused", "Refused; with the agency's lead"
    REFUSED_BY_LEAD = "refused_by_lead", "Refused by the lead"
    DECIDED = "decided", "Decided by the MASH manager"
