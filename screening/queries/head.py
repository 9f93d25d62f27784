"""What stands on top of every page of one MASH enquiry, whichever stage the page belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, Func, OuterRef, TextField
from django.urls import reverse

from agencies.access.roles import ASSIGNED, EMERGENCY_ACCESS, LET_IN, REVIEWING, looks_into
from agencies.access.viewer import Viewer
from agencies.choices import Role
from clock.choices import Measure
from clock.queries import first_due_by_measure
from common.errors import NotVisible
from common.work import People
from contacts.models import Contact
from contacts.queries import lines_about
from contacts.rules.worker import UNATTENDED, worker_in_words
from screening.models import Enquiry

PROTECTORS = (Role.FRONT_DOOR, Role.OUT_OF_HOURS, Role.SOCIAL_WORKER, Role.MANAGER)
"""Who finds "Protect now" on the page of an enquiry."""

_TEAM = frozenset({Role.MANAGER, ASSIGNED})
_HUB = _TEAM | {Role.FRONT_DOOR, Role.SCREENER, Role.OUT_OF_HOURS}
_LOOK = frozenset({REVIEWING, EMERGENCY_ACCESS})
_AT_NIGHT = frozenset({Role.OUT_OF_HOURS})
_ASKED = frozenset({Role.RESEARCHER, Role.LEAD})
_LET_IN = frozenset({LET_IN})
_TAKES_OVER = frozenset({Role.RECEIVING_WORKER})
SEE_OWN_CLOCKS = _HUB | _LOOK
"""Who sees every clock of the hub's own on an enquiry; an agency or a team sees those that run for it."""
_EVERYONE = _HUB | _LOOK | _ASKED | _LET_IN | _TAKES_OVER
"""Everybody to whom the header of an enquiry opens: by their role, or by their part in this one."""

TABS: tuple[tuple[str, str, str, frozenset[str]], ...] = (
    ("overview", "Overview", "screening:enquiry", _EVERYONE),
    ("agencies", "Agencies", "information_sharing:agencies", _TEAM | _LOOK),
    ("information", "Information", "information_sharing:information", _TEAM | _LOOK | _AT_NIGHT),
    ("chronology", "Chronology", "information_sharing:chronology", _TEAM | _LOOK | _AT_NIGHT | _ASKED),
    ("sealed", "Confidential", "information_sharing:sealed", frozenset({Role.MANAGER})),
    ("analysis", "Analysis", "decisions:analysis", _TEAM | {REVIEWING}),
    ("decision", "Decision", "decisions:decision", _EVERYONE),
    ("release", "Release", "decisions:release", _TEAM | {REVIEWING}),
    ("clocks", "Clocks", "screening:clocks", _EVERYONE),
    ("reviews", "Reviews", "screening:reviews", frozenset({Role.MANAGER})),
    ("closed_out", "Excluded staff", "screening:closed_out", frozenset({Role.MANAGER})),
    ("activity", "Activity", "screening:activity", _TEAM),
    ("readings", "Who read it", "reporting:readings", frozenset({Role.MANAGER})),
)
"""Key by which a page says which tab it is; words; URL name; roles on this enquiry."""

STRAIGHT = frozenset({"agencies", "information"})
"""What people open most of an enquiry that gathers: who was asked, and what was said."""


@dataclass(frozen=True)
class Tab:
    """One page of an enquiry."""

    url: str
    label: str
    current: bool
    count: int | None = None


@dataclass(frozen=True)
class HeadClock:
    """A running clock as the identity bar shows it."""

    due_at: datetime
    label: str
    why_url: str


@dataclass(frozen=True)
class Protect:
    """Where protective work is raised for one contact of the enquiry."""

    reference: str
    url: str


@dataclass(frozen=True)
class EnquiryHead:
    """All that `screening/_enquiry_head.html` draws.

    Attributes:
        is_attended: whether its social worker is at work, or somebody covers for them.
    """

    reference: str
    colour: str
    state: str
    worker: str
    is_attended: bool
    clocks: list[HeadClock]
    protect: list[Protect]
    tabs: list[Tab]
    interest_url: str
    about: People
    at: datetime


def enquiry_roles(viewer: Viewer, enquiry: Enquiry) -> frozenset[str]:
    """Return the viewer's roles with those that follow from this enquiry, such as being its social worker."""
    let_in = _LET_IN if viewer.is_unsigned and viewer.case_access.emergency_route else frozenset()
    return viewer.roles | enquiry.roles_of(viewer) | let_in


def enquiry_tabs(viewer: Viewer, enquiry: Enquiry, current: str) -> list[Tab]:
    """Return the pages of an enquiry that the viewer's roles on it open.

    Args:
        current: the key of the page at hand, as in `TABS`.
    """
    held = enquiry_roles(viewer, enquiry)
    return [
        Tab(reverse(route, args=[enquiry.reference]), label, current=key == current)
        for key, label, route, roles in TABS
        if held & roles
    ]


def straight_to(viewer: Viewer, enquiry: Enquiry) -> list[tuple[str, str]]:
    """Return the pages that a line of a list of enquiries leads to besides the overview: address and words."""
    held = enquiry_roles(viewer, enquiry)
    return [
        (reverse(route, args=[enquiry.reference]), label)
        for key, label, route, roles in TABS
        if key in STRAIGHT and held & roles
    ]


def enquiry_head(viewer: Viewer, enquiry: Enquiry, current: str, *, at: datetime) -> EnquiryHead:
    """Return the head of a page of one enquiry: two queries, however many contacts it has.

    Args:
        enquiry: as `get_enquiry` gives it.
        current: the key of the page at hand, as in `TABS`.
    """
    standing = _standing(viewer, enquiry)
    why = reverse("screening:clocks", args=[enquiry.reference]) if enquiry_roles(viewer, enquiry) & _EVERYONE else ""
    shown = [
        HeadClock(due_at, str(measure.label), why)
        for measure in (Measure.DECISION, Measure.STATUTORY_STEP)
        if (due_at := standing.due.get(measure))
    ]
    return EnquiryHead(
        reference=enquiry.reference,
        colour=enquiry.colour,
        state=enquiry.get_state_display(),
        worker=worker_in_words(enquiry.social_worker.user.name, standing.worker) if enquiry.social_worker else "",
        is_attended=enquiry.social_worker is not None and standing.worker not in UNATTENDED,
        clocks=shown,
        protect=[_protect(reference) for reference in standing.contacts] if viewer.has(*PROTECTORS) else [],
        tabs=enquiry_tabs(viewer, enquiry, current),
        interest_url="" if looks_into(enquiry.pk, viewer) else reverse("screening:interest", args=[enquiry.reference]),
        about=lines_about(viewer, enquiries=[enquiry.pk], at=at).enquiry(enquiry.pk),
        at=at,
    )


@dataclass(frozen=True)
class Standing:
    """How an enquiry stands.

    Attributes:
        contacts: references of its contacts for which the viewer may raise an alarm.
        worker: code of who works on it today, as `worker_in_words` takes it.
        due: what is due first for all of them and the enquiry, by measure.
    """

    contacts: list[str]
    worker: str
    due: dict[str, datetime]


def _standing(viewer: Viewer, enquiry: Enquiry) -> Standing:
    """Return how an enquiry stands; two queries, so that no statement plans the policies of clocks once a contact.

    Raises:
        NotVisible: the viewer's access to the enquiry ended while the page was drawn.
    """
    of_enquiry = Contact.objects.filter(enquiry_id=OuterRef("pk")).order_by("arrived_at", "id")
    rows = Enquiry.objects.visible_to(viewer).annotate(
        keys=ArraySubquery(of_enquiry.visible_to(viewer).values("pk")),
        own=ArraySubquery(of_enquiry.visible_to(viewer.to_protect()).values("reference")),
        worker=Func(F("pk"), F("social_worker_id"), function="fw.standing_of", output_field=TextField()),
    )
    found = rows.filter(pk=enquiry.pk).values_list("keys", "own", "worker").first()
    if found is None:
        raise NotVisible
    keys, own, worker = found
    # Who sees no contact at all gets no list of them, not an empty one.
    due = first_due_by_measure([enquiry.pk, *(keys or ())], Measure.DECISION, Measure.STATUTORY_STEP)
    return Standing(own or [], worker, due)


def _protect(reference: str) -> Protect:
    return Protect(reference, reverse("contacts:protect", args=[reference]))
