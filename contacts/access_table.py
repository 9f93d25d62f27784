"""Contacts: what each record holds, who sees it when, which text reaches whom, and who reaches which address."""

from collections.abc import Mapping

from agencies.access.table.words import (
    ALWAYS,
    BOTH,
    CLOCK,
    EMERGENCY_ACCESS,
    EVERYBODY,
    FRONT_DOOR,
    LEAD,
    LET_IN,
    LOOKING,
    MANAGER,
    NOBODY,
    OUT_OF_HOURS,
    PANEL,
    RECEIVING_WORKER,
    RESEARCHER,
    REVIEWER,
    SCREENER,
    SCREENERS,
    SEND,
    SOCIAL_WORKER,
    Address,
    Because,
    Me,
    Opening,
    Openings,
    Record,
    listed,
)
from clock.access_table import (
    DEADLINE,
    of_record,
)

CONTACT = "contacts.Contact"
SUBJECT = "contacts.Subject"
PROTECTION = "contacts.Protection"

ASSIGNED = Because("while assigned to it", "you are its assigned social worker")
STANDING_IN = Because(
    "while they cover for its social worker, or on duty where a Red has nobody", "you stand in for its social worker"
)
SITTING = Because("while sitting on it", "you sit on it now")
TO_NEXT_DAY = Because("to the next working day after deciding", "it was decided less than a working day ago")
OPEN_RED = Because("while it is open and Red", "it is open and Red")
UNSEEN = Because("until the hub first sees it", "the hub has not seen it yet")
IN_DANGER = Because("while a child is said to be in danger", "a child is said to be in danger now")
OWN = Because("what they recorded themselves", "you recorded it")
PROTECTING = Because("while protective work is under way", "protective work is under way")
HELD = Because("after a strategy discussion, until the contact ends", "protective work goes on")
TOOK_PART = Because("their own part in protective work", "you took part in the protective work")
AS_CONTACT = Because("as the contact", "you may see the contact")
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


def at_night(path: str = "") -> tuple[Opening, ...]:
    """Return the openings of the duty team: what nobody has seen, danger, open Red, and what they logged."""
    unseen = {f"{path}state": "received", f"{path}claimed_by__isnull": True, f"{path}acknowledged_at__isnull": True}
    danger = {f"{path}immediate_danger": True, f"{path}ended_at__isnull": True}
    red = {f"{path}colour": "red", f"{path}state": "in_enquiry"}
    return (
        Opening((OUT_OF_HOURS,), UNSEEN, unseen),
        Opening((OUT_OF_HOURS,), IN_DANGER, danger),
        Opening((OUT_OF_HOURS,), OPEN_RED, red),
        Opening((OUT_OF_HOURS,), OWN, {f"{path}logged_by": Me.MEMBERSHIP}),
    )


def within_contact(path: str = "contact") -> tuple[Opening, ...]:
    """Return the opening of what opens with its contact."""
    return (Opening(SEES_CONTACT, AS_CONTACT, like=(CONTACT, path)),)


WITHIN_PROTECTION = (Opening(AS_REPORTED, AS_PROTECTION, like=(PROTECTION, "protection")),)

OPENS: Openings = {DEADLINE: of_record("contact", CONTACT)}

RECORDS = (
    Record(
        CONTACT,
        "A contact: header, concern for sharing, household, agreement",
        (
            Opening(HUB, ALWAYS),
            *worked_on("social_worker", "enquiry_id"),
            Opening((SCREENER,), SITTING, {"state__in": ("received", "with_panel")}),
            Opening((PANEL,), SITTING, {"state": "with_panel"}),
            Opening((SCREENER,), TO_NEXT_DAY, {"screeners_see_until__gt": Me.NOW}),
            Opening((PANEL,), TO_NEXT_DAY, {"screeners_see_until__gt": Me.NOW, "panel_at__isnull": False}),
            *at_night(),
            Opening((SOCIAL_WORKER, OUT_OF_HOURS), PROTECTING, {"protections__state__in": UNDER_WAY}),
            Opening((OUT_OF_HOURS,), HELD, {"protections__state": "held", "ended_at__isnull": True}),
            Opening(
                (SOCIAL_WORKER, OUT_OF_HOURS),
                TOOK_PART,
                tuple({**one, "ended_at__isnull": True} for one in took_part("protections__")),
            ),
            *looked_into("enquiry_id", emergency_access=True),
        ),
        {
            "concern": SEES_CONTACT,
            "address": SEES_CONTACT,
            "hazards": SEES_CONTACT,
            "systems_searched": SEES_CONTACT,
            "open_to": SEES_CONTACT,
            "agreement_reason": SEES_CONTACT,
            "may_tell_reason": SEES_CONTACT,
        },
        {"concern": LOOKS_BACK, "open_to": LOOKS_BACK},
        {"contact": "pk"},
        shown=listed(
            "reference state arrived_at logged_at logged_by channel referrer_kind happened_on "
            "crime_possible address_is_protected visit_hazard known agreement may_tell immediate_danger "
            "acknowledged_at acknowledged_by claimed_by ended_at enquiry_reference social_worker "
            "colour worker_acknowledged_at"
        ),
        copies=listed("panel_at"),
        never={"screeners_see_until": "a right, worked out from the decision and the working days"},
    ),
    Record(
        "contacts.Report",
        "The contact as reported, never altered",
        (
            Opening(HUB, ALWAYS),
            *worked_on("contact__social_worker", "contact__enquiry_id"),
            Opening((SCREENER,), SITTING, {"contact__state__in": ("received", "with_panel")}),
            Opening((SCREENER,), TO_NEXT_DAY, {"contact__screeners_see_until__gt": Me.NOW}),
            *at_night("contact__"),
            *OF_ENQUIRY,
        ),
        {"text": (SCREENER, *AS_REPORTED)},
        closed_by=BY_CONTACT,
    ),
    Record(
        "contacts.Referrer",
        "Who made the contact",
        (
            Opening(HUB, ALWAYS),
            *worked_on("contact__social_worker", "contact__enquiry_id"),
            Opening(
                (*SCREENERS, SOCIAL_WORKER, OUT_OF_HOURS, CLOCK, *LOOKING),
                Because("as the contact, unless the referrer asked to stay unknown", "the referrer is not private"),
                {"is_private": False},
                like=(CONTACT, "contact"),
            ),
        ),
        dict.fromkeys(
            ("name", "organisation", "post", "email", "telephone", "address", "safe_ways", "own_reference"),
            SEES_CONTACT,
        ),
        closed_by=BY_CONTACT,
        shown=listed("is_private safe_by"),
    ),
    Record(
        SUBJECT,
        "A child or an adult as reported in one contact",
        (
            *within_contact(),
            Opening((CLOCK,), ENDING, like=(CONTACT, "contact")),
        ),
        {
            "given_name": ON_REQUEST,
            "family_name": ON_REQUEST,
            "other_names": ON_REQUEST,
            "age_reported": SEES_CONTACT,
            "ethnicity": SEES_CONTACT,
            "language": SEES_CONTACT,
            "disability": SEES_CONTACT,
            "school": ON_REQUEST,
            "practice": ON_REQUEST,
            "address": SEES_CONTACT,
            "part": ON_REQUEST,
        },
        dict.fromkeys(("given_name", "family_name", "other_names"), LOOKS_BACK),
        BY_CONTACT,
        narrower={"safe_by": SEES_CONTACT},
        shown=listed("kind is_unborn date_of_birth expected_on sex nhs_number unique_pupil_number lives_in_household"),
        copies=listed("ending level_of_need"),
        never={"position": "the order in which a page lists them"},
    ),
    Record(
        "contacts.Relation",
        "How two people of a contact are related",
        (*within_contact(), Opening((CLOCK,), ENDING, like=(CONTACT, "contact"))),
        closed_by=BY_CONTACT,
        shown=listed("kind"),
    ),
    Record(
        "contacts.PersonLink",
        "Whose decision linked somebody to a person on record",
        (*within_contact("subject__contact"), Opening((CLOCK,), ENDING, like=(CONTACT, "subject__contact"))),
        shown=listed("entered_twice matched_on linked_at linked_by undone_at undone_by"),
    ),
    Record(
        "contacts.PersonApart",
        "Whose decision said that two are not the same person",
        (*within_contact("subject__contact"), Opening((CLOCK,), ENDING, like=(CONTACT, "subject__contact"))),
        shown=listed("decided_at decided_by undone_at undone_by"),
    ),
    Record(
        "contacts.Correction",
        "What was corrected later",
        (
            Opening(HUB, ALWAYS),
            *worked_on("contact__social_worker", "contact__enquiry_id"),
            *looked_into("contact__enquiry_id", emergency_access=False),
        ),
        {"text": TOLD},
        closed_by=BY_CONTACT,
        shown=listed("made_at made_by since"),
    ),
    Record(
        "contacts.Person",
        "A person on record, to whom contacts are linked",
        (
            Opening(HUB, ALWAYS),
            Opening(
                (*SCREENERS, SOCIAL_WORKER, OUT_OF_HOURS, RESEARCHER, LEAD, CLOCK, LET_IN, *LOOKING),
                Because("where somebody whom they see is linked to it", "somebody whom you see is linked to it"),
                like=(SUBJECT, "subjects"),
            ),
        ),
        {"given_name": SEES_CONTACT, "family_name": SEES_CONTACT},
        closed_by={"person": "pk"},
        shown=listed("reference date_of_birth"),
    ),
    Record(
        PROTECTION,
        "Protective work: why it was raised and how it ended",
        (
            Opening(HUB, ALWAYS),
            *worked_on("contact__social_worker", "contact__enquiry_id"),
            Opening((SOCIAL_WORKER, OUT_OF_HOURS), PROTECTING, {"state__in": UNDER_WAY}),
            Opening((OUT_OF_HOURS,), HELD, {"state": "held", "contact__ended_at__isnull": True}),
            Opening((SOCIAL_WORKER, OUT_OF_HOURS), TOOK_PART, took_part()),
            *OF_ENQUIRY,
        ),
        {"reason": AS_REPORTED, "stood_down_reason": AS_REPORTED},
        closed_by=BY_CONTACT,
        shown=listed(
            "reference state raised_at raised_by convened_at convened_by held_at held_by section_47 "
            "stood_down_at stood_down_by"
        ),
    ),
    Record(
        "contacts.Whereabouts",
        "Where a child is, with whom, safe until when",
        WITHIN_PROTECTION,
        dict.fromkeys(("child", "place", "with_whom"), AS_REPORTED),
        copies=listed("child"),
        shown=listed("safe_until recorded_at recorded_by"),
    ),
    Record(
        "contacts.FurtherReason",
        "A further reason for protective work",
        WITHIN_PROTECTION,
        {"text": AS_REPORTED},
        shown=listed("given_at given_by"),
    ),
    Record(
        "contacts.StrategyDiscussion",
        "A strategy discussion: invited, present, agreed, actions",
        WITHIN_PROTECTION,
        dict.fromkeys(("invited", "present", "agreed", "actions"), AS_REPORTED),
        shown=listed("held_at section_47 recorded_at recorded_by"),
    ),
    Record(
        "contacts.Receipt",
        "The receipt of the public form: its stage in plain words",
        (
            Opening(HUB, ALWAYS),
            Opening((CLOCK,), ALWAYS),
        ),
        closed_by=BY_CONTACT,
        shown=listed("reference stage outcome"),
    ),
    Record(
        "contacts.StaffMatch",
        "A match of somebody in a contact with the staff list",
        (
            Opening((CLOCK,), ALWAYS),
            Opening(
                (MANAGER,),
                Because("unless it is about themselves", "it is about somebody else of the staff"),
                unless={"user_id": Me.PERSON},
            ),
        ),
        {"reason": (MANAGER,)},
        closed_by=BY_CONTACT,
        shown=listed("user matched_on found_at told_at settle_by settled_at settled_by outcome"),
        copies=listed("reference chased_at"),
    ),
)

FIRST_LINE = (FRONT_DOOR, SCREENER, PANEL, MANAGER)
COMPLETES = (FRONT_DOOR, MANAGER, OUT_OF_HOURS)
PROTECTS = (MANAGER, SOCIAL_WORKER, OUT_OF_HOURS)
SEES_WITHOUT_LOOKING = (*FIRST_LINE, SOCIAL_WORKER, OUT_OF_HOURS)
TELLS = (FRONT_DOOR, MANAGER, SOCIAL_WORKER)

ADDRESSES = (
    Address("contacts:start", EVERYBODY),
    Address("contacts:report", EVERYBODY, "", BOTH),
    Address("contacts:report_received", EVERYBODY),
    Address("contacts:status", EVERYBODY, "", BOTH),
    Address("contacts:list", SEES_WITHOUT_LOOKING),
    Address("contacts:new", (FRONT_DOOR, OUT_OF_HOURS), "", BOTH),
    Address("contacts:suggest", (FRONT_DOOR, SCREENER, PANEL, MANAGER, OUT_OF_HOURS), "", SEND),
    Address("contacts:contact", SEES_CONTACT, CONTACT),
    Address("contacts:amend", COMPLETES, CONTACT, BOTH),
    Address("contacts:correct", TELLS, CONTACT, BOTH),
    Address("contacts:claim", FIRST_LINE, CONTACT, SEND),
    Address("contacts:acknowledge", (SCREENER, MANAGER, SOCIAL_WORKER, OUT_OF_HOURS), CONTACT, SEND),
    Address("contacts:worker_acknowledged", FIRST_LINE, CONTACT, SEND),
    Address("contacts:earlier_list", (*SEES_WITHOUT_LOOKING, REVIEWER), CONTACT),
    Address("contacts:earlier", (*FIRST_LINE, SOCIAL_WORKER), CONTACT, BOTH),
    Address("contacts:family", SEES_CONTACT, CONTACT),
    Address("contacts:copy_sheet", COMPLETES, CONTACT),
    Address("contacts:add_person", COMPLETES, CONTACT, BOTH),
    Address("contacts:edit_person", COMPLETES, CONTACT, BOTH),
    Address("contacts:link_person", NOBODY, CONTACT, SEND),
    Address("contacts:undo_link", HUB, CONTACT, SEND),
    Address("contacts:compare", NOBODY, CONTACT),
    Address("contacts:same_entry", NOBODY, CONTACT, SEND),
    Address("contacts:not_same", NOBODY, CONTACT, SEND),
    Address("contacts:relate", COMPLETES, CONTACT, BOTH),
    Address("contacts:protect", (*COMPLETES, SOCIAL_WORKER, EMERGENCY_ACCESS), CONTACT, BOTH),
    Address("contacts:protections", SEES_CONTACT, CONTACT),
    Address("contacts:protection", AS_REPORTED, PROTECTION),
    Address("contacts:convene", PROTECTS, PROTECTION, SEND),
    Address("contacts:hold", PROTECTS, PROTECTION, BOTH),
    Address("contacts:stand_down", PROTECTS, PROTECTION, BOTH),
    Address("contacts:end_protection", PROTECTS, PROTECTION, BOTH),
    Address("contacts:whereabouts", (*COMPLETES, SOCIAL_WORKER), PROTECTION, SEND),
)
