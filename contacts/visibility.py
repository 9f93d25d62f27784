"""Who sees which row of a contact: the base matrix of the product as query expressions."""

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now

from agencies.access.conditions import EVERYTHING, NOTHING, among
from agencies.access.firewall import opens, rule, within
from agencies.access.viewer import Viewer
from agencies.choices import AgencyKind, Role, SystemRole
from clock.models import Deadline
from contacts.choices import ContactState, ProtectState
from contacts.models import (
    Contact,
    Correction,
    EarlierValue,
    FurtherReason,
    Person,
    PersonApart,
    PersonLink,
    Protection,
    Receipt,
    Referrer,
    Relation,
    Report,
    StaffMatch,
    StrategyDiscussion,
    Subject,
    Whereabouts,
)
from contacts.querysets import unseen

UNDER_WAY = (ProtectState.RAISED, ProtectState.CONVENED)
"""Protective work that still needs somebody."""


def decision_team(
    viewer: Viewer, *, worker: str, enquiry: str, emergency_access: bool = False, reviewed: bool = True
) -> Q:
    """Return the manager's rows, those of the assigned social worker or who stands in, and those of a reviewer.

    Args:
        worker: the path from the row to the membership of the assigned social worker.
        enquiry: the path from the row to the key of the MASH enquiry.
        emergency_access: whether emergency access opens the row too: neither hub-only nor sealed text.
        reviewed: whether a reviewer of the enquiry has a part: not in what is sealed, nor in that something is.
    """
    if viewer.has(Role.MANAGER):
        return EVERYTHING
    opened = looked_into(viewer, enquiry=enquiry if reviewed else "", emergency_access=emergency_access)
    return opened | worked_on(viewer, worker=worker, enquiry=enquiry)


def worked_on(viewer: Viewer, *, worker: str, enquiry: str) -> Q:
    """Return the rows of the enquiries on which the viewer works today: assigned to them, or standing in for another.

    Args:
        worker: the path from the row to the membership of the assigned social worker.
        enquiry: the path from the row to the key of the MASH enquiry.
    """
    if not viewer.has(Role.SOCIAL_WORKER):
        return NOTHING
    return Q(**{worker: viewer.membership_id}) | among(enquiry, viewer.case_access.stands_in)


def looked_into(viewer: Viewer, *, enquiry: str, emergency_access: bool) -> Q:
    """Return the rows of enquiries that the viewer was named to review, or to which they have emergency access."""
    opened = viewer.case_access.reviewed | (viewer.case_access.emergency_access if emergency_access else frozenset())
    return among(enquiry, opened) if enquiry else NOTHING


def front_door(viewer: Viewer) -> Q:
    """Return every row to the front door."""
    return EVERYTHING if viewer.has(Role.FRONT_DOOR) else NOTHING


def _screened(viewer: Viewer) -> Q:
    """Screeners see what they sit on, and what they decided to the end of the next working day."""
    if not viewer.has(Role.SCREENER):
        return NOTHING
    if viewer.agency_kind == AgencyKind.SOCIAL_CARE:
        return _decides(viewer, "")
    still = Q(screeners_see_until__gt=Now())
    return Q(state=ContactState.WITH_PANEL) | (still & Q(panel_at__isnull=False))


def _decides(viewer: Viewer, path: str) -> Q:
    """Return what social care's screener sits on, and what they decided to the end of the next working day."""
    if not viewer.has(Role.SCREENER) or viewer.agency_kind != AgencyKind.SOCIAL_CARE:
        return NOTHING
    sits = Q(**{f"{path}state__in": [ContactState.RECEIVED, ContactState.WITH_PANEL]})
    return sits | Q(**{f"{path}screeners_see_until__gt": Now()})


def _at_night(viewer: Viewer, path: str = "") -> Q:
    """The out-of-hours team sees what nobody has seen yet, immediate danger, open Red work and its own contacts.

    And what was handed over as Red, until a team has accepted it: the hub is responsible so long.
    """
    if not viewer.has(Role.OUT_OF_HOURS):
        return NOTHING
    danger = Q(**{f"{path}immediate_danger": True, f"{path}ended_at__isnull": True})
    red = Q(**{f"{path}colour": "red", f"{path}state": ContactState.IN_ENQUIRY})
    handed = Q(**{f"{path}red_waits": True})
    return unseen(path) | danger | red | handed | Q(**{f"{path}logged_by": viewer.membership_id})


def _protecting(viewer: Viewer, path: str) -> Q:
    """Any social worker sees a contact on which protective work is under way; their own part while it goes on."""
    if not viewer.has(Role.SOCIAL_WORKER, Role.OUT_OF_HOURS):
        return NOTHING
    going_on = _goes_on() & (_took_part(viewer) | _held_at_night(viewer))
    return Q(**{f"{path}__in": Protection.objects.filter(Q(state__in=UNDER_WAY) | going_on).values("contact_id")})


def _goes_on() -> Q:
    """Return protective work of a contact that runs, and what was held since the contact ended.

    Asked apart: a join would lose the work of whoever took part in it and sees its contact no more.
    """
    contact = Contact.objects.filter(pk=OuterRef("contact_id"))
    since = Q(state=ProtectState.HELD) & Q(Exists(contact.filter(ended_at__lt=OuterRef("held_at"))))
    return Q(Exists(contact.filter(ended_at__isnull=True))) | since


def _held_at_night(viewer: Viewer) -> Q:
    """Return protective work after its discussion, for the duty team: it looks again before the time is up."""
    return Q(state=ProtectState.HELD) if viewer.has(Role.OUT_OF_HOURS) else NOTHING


def _took_part(viewer: Viewer) -> Q:
    """Protective work that the viewer raised, convened, led or stood down: they see what they recorded."""
    me = viewer.membership_id
    return Q(raised_by=me) | Q(convened_by=me) | Q(held_by=me) | Q(stood_down_by=me)


def _on_its_case(viewer: Viewer, *, emergency_access: bool) -> Q:
    """Return the decision team's rows of what hangs on a contact."""
    return decision_team(
        viewer, worker="contact__social_worker_id", enquiry="contact__enquiry_id", emergency_access=emergency_access
    )


@rule(Contact, contact="pk")
def contact_rule(viewer: Viewer) -> Q:
    """Header, concern for sharing, household and agreement."""
    return (
        front_door(viewer)
        | decision_team(viewer, worker="social_worker_id", enquiry="enquiry_id", emergency_access=True)
        | _screened(viewer)
        | _at_night(viewer)
        | _protecting(viewer, "pk")
    )


@rule(Report, contact="contact_id")
def report_rule(viewer: Viewer) -> Q:
    """As reported: for the decision maker of social care while they sit on it, not for a panel's members."""
    return (
        front_door(viewer)
        | _on_its_case(viewer, emergency_access=True)
        | _decides(viewer, "contact__")
        | _at_night(viewer, "contact__")
    )


def _knows_a_private_referrer(viewer: Viewer) -> Q:
    return front_door(viewer) | decision_team(
        viewer, worker="contact__social_worker_id", enquiry="contact__enquiry_id", reviewed=False
    )


@rule(Referrer, contact="contact_id")
def referrer_rule(viewer: Viewer) -> Q:
    """A private referrer is known to front door and decision team; another one to whoever sees the contact."""
    return _knows_a_private_referrer(viewer) | (Q(is_private=False) & within(Contact, viewer, path="contact"))


@rule(Subject, Relation, contact="contact_id")
def people_rule(viewer: Viewer) -> Q:
    """Children, adults and how they are related: as the contact."""
    return within(Contact, viewer, path="contact")


@rule(PersonLink, PersonApart)
def link_rule(viewer: Viewer) -> Q:
    """Who decided that somebody is, or is not, the same as somebody else: as the subject's contact."""
    return within(Contact, viewer, path="subject__contact")


@rule(Correction, contact="contact_id", person="person_id")
def correction_rule(viewer: Viewer) -> Q:
    """What was corrected: whoever reads the report needs it. Of an undone link it names a person on record."""
    return within(Report, viewer, path="contact")


@rule(EarlierValue, contact="contact_id")
def earlier_value_rule(viewer: Viewer) -> Q:
    """What was said before it was changed, perhaps the very words that were taken out: as a private referrer."""
    return _knows_a_private_referrer(viewer)


@rule(Person, person="pk")
def person_rule(viewer: Viewer) -> Q:
    """People on record: whoever logs, decides, or sees a contact that is linked to them."""
    if viewer.has(Role.FRONT_DOOR, Role.MANAGER):
        return EVERYTHING
    seen = Subject.objects.visible_to(viewer)
    return Q(pk__in=seen.filter(person__isnull=False).values("person_id"))


@rule(Protection, contact="contact_id")
def protection_rule(viewer: Viewer) -> Q:
    """Protective work: front door, decision team; other social workers while it is under way and their own part."""
    protects = viewer.has(Role.SOCIAL_WORKER, Role.OUT_OF_HOURS)
    held = _goes_on() & _held_at_night(viewer)
    theirs = Q(state__in=UNDER_WAY) | _took_part(viewer) | held if protects else NOTHING
    return front_door(viewer) | _on_its_case(viewer, emergency_access=True) | theirs


@rule(Whereabouts, FurtherReason, StrategyDiscussion)
def protective_rule(viewer: Viewer) -> Q:
    """Where a child is, what was said and agreed: as the protective work."""
    return within(Protection, viewer, path="protection")


@rule(Receipt, contact="contact_id")
def receipt_rule(viewer: Viewer) -> Q:
    """Receipts: the front door; the clock's viewer keeps them. The public asks `fw.receipt` with a reference."""
    return EVERYTHING if viewer.has(SystemRole.CLOCK, Role.FRONT_DOOR, Role.MANAGER) else NOTHING


@opens(Deadline)
def clocks_of_contact(viewer: Viewer) -> Q:
    """A record's page shows its clocks: as the contact."""
    return Q(subject_kind="contact") & within(Contact, viewer, path="subject_id", is_kept=False)


@rule(StaffMatch, contact="contact_id")
def staff_match_rule(viewer: Viewer) -> Q:
    """Managers, except the one whom it is about; the clock tells them that there is a match."""
    if viewer.has(SystemRole.CLOCK):
        return EVERYTHING
    return ~Q(user_id=viewer.user_id) if viewer.has(Role.MANAGER) else NOTHING
