"""Words of the directory: kinds of agency, roles, hub settings."""

from django.db.models import TextChoices


class Role(TextChoices):
    """What a membership lets a person do. Each is described for those who grant it in `agencies.access.roles`."""

    FRONT_DOOR = "front_door", "Front door"
    SCREENER = "screener", "Screener"
    MANAGER = "manager", "MASH manager"
    SOCIAL_WORKER = "social_worker", "Social worker"
    RESEARCHER = "researcher", "Researcher"
    LEAD = "lead", "Agency lead"
    OUT_OF_HOURS = "out_of_hours", "Out of hours"
    RECEIVING_WORKER = "receiving_worker", "Receiving worker"
    REVIEWER = "reviewer", "Reviewer"
    AUDITOR = "auditor", "Auditor"
    ADMINISTRATOR = "administrator", "Administrator"


APART = frozenset({Role.AUDITOR, Role.ADMINISTRATOR})
"""Roles that see who did what, or give roles: whoever holds one holds no role in cases, over all their memberships."""


ASKED_FOR_SECOND_FACTOR = (Role.ADMINISTRATOR, Role.AUDITOR, Role.MANAGER, Role.REVIEWER)
"""Roles that a new hub asks for a second factor, until its administrator says otherwise."""


class ResetReason(TextChoices):
    """Why somebody's second factor was taken away; the log keeps the code."""

    LOST = "lost", "Their device is lost or broken"
    CHANGED = "changed", "They have another device, and no recovery code"
    MISUSED = "misused", "Somebody else may have used it"


class MadeSure(TextChoices):
    """How it was made sure that whoever asks is who they say; the log keeps the code."""

    IN_PERSON = "in_person", "I saw them in person"
    RANG_BACK = "rang_back", "I rang them on a number that I had before"
    THEIR_MANAGER = "their_manager", "Their manager, whom I know, told me"


class Word(TextChoices):
    """What came of a case role that was proposed."""

    GIVEN = "given", "Yes"
    REFUSED = "refused", "No"
    WITHDRAWN = "withdrawn", "Withdrawn"


class SystemRole(TextChoices):
    """Roles of the system's own viewers; no membership row can hold them."""

    PUBLIC = "public", "The public form"
    CLOCK = "clock", "The sweep"
    BUILDER = "builder", "The builder of a hub"
    CHECKER = "checker", "The leak check"


class AgencyKind(TextChoices):
    """Which service an agency is; drives defaults such as who gets the concern in full."""

    SOCIAL_CARE = "social_care", "Children's social care"
    POLICE = "police", "Police"
    HEALTH = "health", "Health"
    MENTAL_HEALTH = "mental_health", "Mental health"
    GENERAL_PRACTICE = "general_practice", "General practice"
    EDUCATION = "education", "Education"
    PROBATION = "probation", "Probation"
    YOUTH_OFFENDING = "youth_offending", "Youth offending service"
    HOUSING = "housing", "Housing"
    EARLY_HELP = "early_help", "Early help"
    ADULT_SOCIAL_CARE = "adult_social_care", "Adult social care"
    SUBSTANCE_MISUSE = "substance_misuse", "Substance misuse service"
    DOMESTIC_ABUSE = "domestic_abuse", "Domestic abuse service"
    VOLUNTARY = "voluntary", "Voluntary group"
    AMBULANCE = "ambulance", "Ambulance service"
    FIRE = "fire", "Fire and rescue"


class TeamKind(TextChoices):
    """What a receiving team does with what it is sent."""

    ASSESSMENT = "assessment", "Assessment team"
    ALLOCATED = "allocated", "Team of an allocated worker"
    EARLY_HELP = "early_help", "Early help team"
    SPECIALIST = "specialist", "Specialist service"
    UNIVERSAL = "universal", "Universal service"
    ADULT_SAFEGUARDING = "adult_safeguarding", "Adult safeguarding"
    LADO = "lado", "Designated officer (LADO)"
    OTHER_AUTHORITY = "other_authority", "Other authority"


class ScreeningBy(TextChoices):
    """Who screens contacts in this hub."""

    DECISION_MAKER = "decision_maker", "A dedicated decision maker"
    PANEL = "panel", "A panel of several agencies"


class DecisionBy(TextChoices):
    """Who decides in this hub."""

    MANAGER = "manager", "The MASH manager alone"
    JOINT = "joint", "Partners and a social care manager together"


class Nation(TextChoices):
    """Whose bank holidays the hub keeps."""

    ENGLAND = "ENG", "England"
    WALES = "WLS", "Wales"
    SCOTLAND = "SCT", "Scotland"
    NORTHERN_IRELAND = "NIR", "Northern Ireland"


MOST_GLASS_A_DAY = 20
"""The highest number of emergency accesses a day from which managers can be warned: more would warn of nothing."""


class HubSetting(TextChoices):
    """Settings of the hub whose changes are kept; named as the column."""

    BROKEN_GLASS_A_DAY = "broken_glass_a_day", "Emergency access: enquiries a day before the managers are warned"


class ConflictSource(TextChoices):
    """How a conflict of interest became known."""

    DECLARED = "declared", "Declared by the person"
    ENTERED = "entered", "Entered by a manager"
    MATCHED = "matched", "Confirmed after a match with the staff list"


class ReviewPurpose(TextChoices):
    """Why a reviewer reads an enquiry."""

    INSPECTION = "inspection", "Inspection"
    DIP_SAMPLE = "dip_sample", "Dip sample"
    COMPLAINT = "complaint", "Complaint"
    LEARNING = "learning", "Learning review"


class Finding(TextChoices):
    """What the auditor found of an emergency use."""

    JUSTIFIED = "justified", "Justified"
    NOT_JUSTIFIED = "not_justified", "Not justified"


class HeldKind(TextChoices):
    """Kinds of work that a membership may hold, as they are counted before it ends."""

    ENQUIRY = "enquiry", "MASH enquiry assigned"
    CONTACT = "contact", "Contact claimed"
    HANDOVER = "handover", "Handover sent"
    PROTECTION = "protection", "Strategy discussion convened"
    REQUEST = "request", "Information request"
    RELEASE = "release", "Summary or handover with the team"
    COVER = "cover", "Cover"
    DUTY = "duty", "Duty"
    REVIEW = "review", "Review"


HELD_WORDS: dict[HeldKind, tuple[str, str]] = {
    HeldKind.ENQUIRY: ("MASH enquiry assigned to them", "MASH enquiries assigned to them"),
    HeldKind.CONTACT: ("contact that they have claimed", "contacts that they have claimed"),
    HeldKind.HANDOVER: (
        "handover that they sent and a team asks about or has declined",
        "handovers that they sent and a team asks about or has declined",
    ),
    HeldKind.PROTECTION: (
        "strategy discussion that they convened and that is still to be held",
        "strategy discussions that they convened and that are still to be held",
    ),
    HeldKind.REQUEST: (
        "information request that nobody else of the agency can answer",
        "information requests that nobody else of the agency can answer",
    ),
    HeldKind.RELEASE: (
        "summary or handover that nobody else of the team can take over",
        "summaries and handovers that nobody else of the team can take over",
    ),
    HeldKind.COVER: ("colleague for whom they cover", "colleagues for whom they cover"),
    HeldKind.DUTY: ("time on duty", "times on duty"),
    HeldKind.REVIEW: ("review that they were named for", "reviews that they were named for"),
}
"""Each kind in a sentence: one, several."""
