"""When the records of a contact are open to whom: the openings that several records share, here and at later stages."""

from collections.abc import Mapping

from django.db.models import F

from agencies.access.table.words import (
    ALWAYS,
    EMERGENCY_ACCESS,
    FRONT_DOOR,
    LEAD,
    LET_IN,
    LOOKING,
    MANAGER,
    OUT_OF_HOURS,
    PANEL,
    RECEIVING_WORKER,
    RESEARCHER,
    REVIEWER,
    SCREENER,
    SOCIAL_WORKER,
    Because,
    Me,
    Opening,
)

CONTACT = "contacts.Contact"
SUBJECT = "contacts.Subject"
REPORT = "contacts.Report"
PROTECTION = "contacts.Protection"

ASSIGNED = Because("while assigned to it", "you are its assigned social worker")
STANDING_IN = Because(
    "while they cover for its social worker, or on duty where a Red has nobody", "you stand in for its social worker"
)
SITTING = Because("while sitting on it", "you sit on it now")
TO_NEXT_DAY = Because("to the next working day after deciding", "it was decided less than a working day ago")
OPEN_RED = Because("while it is open and Red", "it is open and Red")
RED_HANDED = Because("while a Red handover of it waits", "a Red handover of it waits")
UNSEEN = Because("until the hub first sees it", "the hub has not seen it yet")
IN_DANGER = Because("while a child is said to be in danger", "a child is said to be in danger now")
OWN = Because("what they recorded themselves", "you recorded it")
PROTECTING = Because("while protective work is under way", "protective work is under way")
HELD = Because("after a strategy discussion, until an end of the contact takes it up", "protective work goes on")
TOOK_PART = Because("their own part in protective work", "you took part in the protective work")
AS_CONTACT = Because("as the contact", "you may see the contact")
AS_REPORT = Because("as the report", "you may see the report")
AS_PROTECTION = Because("as the protective work", "you may see the protective work")
ENDING = Because("to end what every team has taken over", "it is to be ended")
NAMED_TO_REVIEW = Because("between the days for which they were named to review the enquiry", "you review its enquiry")
GLASS = Because("for twelve hours of emergency access to the enquiry", "you have emergency access to its enquiry")

UNDER_WAY = ("raised", "convened")
HUB = (FRONT_DOOR, MANAGER)
SEES_CONTACT = (FRONT_DOOR, SCREENER, PANEL, MANAGER, SOCIAL_WORKER, OUT_OF_HOURS, *LOOKING)
ON_REQUEST = (*SEES_CONTACT, RESEARCHER, LEAD, LET_IN)
HANDED_ON = (*ON_REQUEST, RECEIVING_WORKER)
AS_REPORTED = (FRONT_DOOR, MANAGER, SOCIAL_WORKER, OUT_OF_HOURS, *LOOKING)
LOOKS_BACK = (SCREENER, PANEL, SOCIAL_WORKER, OUT_OF_HOURS, *LOOKING)
"""Who is shown earlier contacts as lines: date, kind of source, concern, outcome, what matched."""

TOLD = (FRONT_DOOR, MANAGER, SOCIAL_WORKER, REVIEWER)
BY_CONTACT = {"contact": "contact_id"}


def looked_into(enquiry: str, *, emergency_access: bool) -> tuple[Opening, ...]:
    """Return the openings of those who look into an enquiry that is not theirs.

    Args:
        enquiry: the path to the enquiry's key.
        emergency_access: whether emergency access opens it too.
    """
    review = Opening((REVIEWER,), NAMED_TO_REVIEW, {f"{enquiry}__in": Me.REVIEWED})
    return (
        (review, Opening((EMERGENCY_ACCESS,), GLASS, {f"{enquiry}__in": Me.EMERGENCY_ACCESS}))
        if emergency_access
        else (review,)
    )


def worked_on(worker: str, enquiry: str, also: Mapping[str, object] | None = None) -> tuple[Opening, ...]:
    """Return the openings of the assigned social worker, and of whoever stands in for them.

    Args:
        worker: the path to the assigned social worker's membership.
        enquiry: the path to the enquiry's key.
        also: what must stand in the row besides.
    """
    besides = also or {}
    return (
        Opening((SOCIAL_WORKER,), ASSIGNED, {**besides, worker: Me.MEMBERSHIP}),
        Opening((SOCIAL_WORKER,), STANDING_IN, {**besides, f"{enquiry}__in": Me.STANDS_IN}),
    )


OF_ENQUIRY = looked_into("contact__enquiry_id", emergency_access=True)


def took_part(path: str = "") -> tuple[dict[str, object], ...]:
    """Return the columns that say who took part in protective work."""
    columns = ("raised_by", "convened_by", "held_by", "stood_down_by")
    return tuple({f"{path}{column}": Me.MEMBERSHIP} for column in columns)


def going_on(contact: str, work: str, condition: Mapping[str, object]) -> tuple[dict[str, object], ...]:
    """Return a condition on protective work while its contact runs, and on what was held since its end.

    Args:
        contact: the path to the contact.
        work: the path to the protective work.
        condition: on the protective work.
    """
    since = {f"{work}state": "held", f"{work}held_at__gt": F(f"{contact}ended_at")}
    return {**condition, f"{contact}ended_at__isnull": True}, {**condition, **since}


def at_night(path: str = "") -> tuple[Opening, ...]:
    """Return the openings of the duty team: what nobody has seen, danger, open Red, and their own.

    And what was handed over as Red and no team has accepted.
    """
    unseen = {f"{path}state": "received", f"{path}claimed_by__isnull": True, f"{path}acknowledged_at__isnull": True}
    danger = {f"{path}immediate_danger": True, f"{path}ended_at__isnull": True}
    red = {f"{path}colour": "red", f"{path}state": "in_enquiry"}
    handed = {f"{path}red_waits": True}
    return (
        Opening((OUT_OF_HOURS,), RED_HANDED, handed),
        Opening((OUT_OF_HOURS,), UNSEEN, unseen),
        Opening((OUT_OF_HOURS,), IN_DANGER, danger),
        Opening((OUT_OF_HOURS,), OPEN_RED, red),
        Opening((OUT_OF_HOURS,), OWN, {f"{path}logged_by": Me.MEMBERSHIP}),
    )


def within_contact(path: str = "contact") -> tuple[Opening, ...]:
    """Return the opening of what opens with its contact."""
    return (Opening(SEES_CONTACT, AS_CONTACT, like=(CONTACT, path)),)


WITHIN_PROTECTION = (Opening(AS_REPORTED, AS_PROTECTION, like=(PROTECTION, "protection")),)

CORRECTED = (Opening((SCREENER, *AS_REPORTED), AS_REPORT, like=(REPORT, "contact")),)
KNOWS_A_PRIVATE_REFERRER = (Opening(HUB, ALWAYS), *worked_on("contact__social_worker", "contact__enquiry_id"))
