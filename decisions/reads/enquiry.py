"""What analysis, decision and release share: the enquiry as its decision team sees it, and its children."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass, replace

from django.db import connection
from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from agencies.access import firewall
from agencies.access.roles import ASSIGNED
from agencies.access.transitions import roles_on
from agencies.access.viewer import Viewer
from agencies.choices import AgencyKind
from agencies.models import Agency
from common.nothing_shown import NOBODY_ANSWERED
from contacts.choices import PersonKind
from contacts.models import Contact, Subject
from contacts.queries.earlier import EarlierLine, Match, earlier_contacts_of_each
from contacts.queries.people import people_of_enquiry
from contacts.visibility import decision_team
from decisions.models import Decision
from decisions.rules import one_of_each, tell_apart
from information_sharing.choices import AnswerKind, Handling, RequestState
from information_sharing.models import HeldMarker, InformationRequest, Item, RequestSubject
from information_sharing.querysets import ItemQuerySet
from information_sharing.transitions import UNANSWERED
from screening.models import Enquiry


def decision_team_enquiry(viewer: Viewer, reference: str) -> Enquiry:
    """Return an enquiry to its manager or its assigned social worker; to everybody else it has no such pages.

    It brings along whether something confidential is held, and the number of the decision that was seen last.

    Raises:
        NotVisible: the viewer is not of its decision team.
    """
    rows = Enquiry.objects.filter(decision_team(viewer, worker="social_worker_id", enquiry="pk"))
    decided = Decision.objects.visible_to(viewer).filter(enquiry_id=OuterRef("pk")).order_by("-number")
    rows = rows.select_related("social_worker__user").annotate(
        is_something_sealed=Exists(HeldMarker.objects.visible_to(viewer).filter(enquiry_id=OuterRef("pk"))),
        decided_number=Coalesce(Subquery(decided.values("number")[:1]), 0),
    )
    return firewall.fetch(rows, viewer, reference=reference)


def is_assigned(viewer: Viewer, enquiry: Enquiry) -> bool:
    """Say whether the viewer is the social worker of this very enquiry."""
    return ASSIGNED in roles_on(enquiry, viewer)


@dataclass(frozen=True)
class Child:
    """A child of an enquiry, once, however many of its contacts speak of it.

    Attributes:
        subject: as reported in the first of those contacts.
        rows: the keys of all its rows, that first one among them.
        apart: what tells it from a namesake in the enquiry; empty where nobody else has its name.
    """

    subject: Subject
    rows: frozenset[uuid.UUID]
    apart: str = ""

    @property
    def key(self) -> str:
        """What a form calls the child."""
        return self.subject.pk.hex

    @property
    def name(self) -> str:
        """The name as reported, with what tells it from a namesake."""
        return f"{self.subject.name}, {self.apart}" if self.apart else self.subject.name

    @property
    def born(self) -> str:
        """Date of birth, expected date or the age as reported."""
        return born_in_words(self.subject)


def born_in_words(subject: Subject) -> str:
    """Return when a person was born, or is expected, or how old they are said to be."""
    day = subject.date_of_birth
    if day is not None:
        return f"born {day.day} {day:%B %Y}"
    if subject.is_unborn:
        expected = subject.expected_on
        return f"expected {expected.day} {expected:%B %Y}" if expected else "not yet born"
    return f"age as reported: {subject.age_reported}" if subject.age_reported else "date of birth not known"


def children_among(subjects: list[Subject]) -> list[Child]:
    """Return the children among some people; one that is linked to the same person in two contacts is one child."""
    rows = [subject for subject in subjects if subject.kind == PersonKind.CHILD]
    key = {row: row.person_id or row.pk for row in rows}
    first_rows = one_of_each(rows, key)
    apart = tell_apart([(row.name, born_in_words(row)) for row in first_rows])
    return [
        Child(first, frozenset(row.pk for row in rows if key[row] == key[first]), words)
        for first, words in zip(first_rows, apart, strict=True)
    ]


def children_of(viewer: Viewer, enquiry: Enquiry) -> list[Child]:
    """Return the children of an enquiry."""
    return children_among(people_of_enquiry(viewer, enquiry.pk))


@dataclass(frozen=True)
class MissingAnswer:
    """An agency whose information does not lie before whoever decides, and why."""

    agency: str
    words: str


def requests_of(viewer: Viewer, enquiry: Enquiry) -> list[InformationRequest]:
    """Return the requests in force of an enquiry, each with its agency and its answer, in one query."""
    rows = InformationRequest.objects.visible_to(viewer).filter(enquiry=enquiry).exclude(state=RequestState.WITHDRAWN)
    return list(rows.select_related("agency", "answer").order_by("agency__name"))


def missing_among(requests: list[InformationRequest]) -> list[MissingAnswer]:
    """Return what is missing: no answer yet, cannot search yet, held and not shared, said and not confirmed."""
    found = [(request.agency.name, _missing_words(request)) for request in requests]
    return [MissingAnswer(agency, words) for agency, words in found if words]


def _missing_words(request: InformationRequest) -> str:
    if request.state == RequestState.CANNOT_SEARCH:
        return "cannot search yet"
    if request.state in UNANSWERED:
        return NOBODY_ANSWERED.lower()
    answer = getattr(request, "answer", None)
    if answer is not None and answer.kind == AnswerKind.HELD_NOT_SHARED:
        return f"held and not shared: {answer.get_withheld_reason_display().lower()}"
    if answer is not None and answer.is_spoken and answer.confirmed_at is None:
        return "said by telephone, not confirmed by the agency yet"
    return ""


def is_something_sealed(viewer: Viewer, enquiry: Enquiry) -> bool:
    """Say whether confidential information is held on an enquiry."""
    return HeldMarker.objects.visible_to(viewer).filter(enquiry=enquiry).exists()


def unopened_sealed(enquiry: Enquiry) -> int:
    """Return how many confidential items the manager at work has never opened: the log of readings knows."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT fw.unopened_sealed(%s)", [enquiry.pk])
        return int(cursor.fetchone()[0])


def item_versions(viewer: Viewer, enquiry: Enquiry) -> dict[uuid.UUID, int]:
    """Return the items of an enquiry that the viewer sees, each with its version of now."""
    rows = Item.objects.visible_to(viewer).given().filter(enquiry=enquiry)
    return dict(rows.values_list("pk", "version"))


def consulted_agencies(
    viewer: Viewer, enquiry: Enquiry, requests: list[InformationRequest] | None = None
) -> list[Agency]:
    """Return children's social care, the core agencies, and those that were asked on this enquiry.

    Args:
        requests: as `requests_of` gives them, where they are at hand.
    """
    asked = {row.agency_id for row in (requests_of(viewer, enquiry) if requests is None else requests)}
    part = Q(pk__in=asked) | Q(is_core=True) | Q(kind=AgencyKind.SOCIAL_CARE)
    return list(Agency.objects.filter(part, is_active=True).order_by("name"))


def next_number(enquiry: Enquiry) -> int:
    """Return the number of the decision that comes next."""
    last = Decision.objects.filter(enquiry=enquiry).order_by("-number").values_list("number", flat=True).first()
    return (last or 0) + 1


def decision_in_force(viewer: Viewer, enquiry: Enquiry) -> Decision | None:
    """Return the decision of the highest number, or None before the first."""
    return Decision.objects.visible_to(viewer).filter(enquiry=enquiry).order_by("-number").first()


def earlier_contacts_of(viewer: Viewer, enquiry: Enquiry, subjects: list[Subject] | None = None) -> list[EarlierLine]:
    """Return the other contacts that speak of somebody in this enquiry, whatever became of them, the latest first.

    Args:
        subjects: as `people_of_enquiry` gives them, where they are at hand.
    """
    people: dict[Contact, list[Subject]] = {}
    for subject in people_of_enquiry(viewer, enquiry.pk, sees_contacts=True) if subjects is None else subjects:
        people.setdefault(subject.contact, []).append(subject)
    lines = {line.reference: line for one in earlier_contacts_of_each(viewer, people) for line in one.lines}
    found = [_told_once(line) for line in lines.values()]
    return sorted(found, key=lambda line: line.arrived_at, reverse=True)


def _told_once(line: EarlierLine) -> EarlierLine:
    """Keep the best match of each person of the enquiry: the one with the most reasons."""
    best: dict[str, Match] = {}
    for match in line.matches:
        held = best.get(match.sought.label)
        if held is None or len(match.reasons) > len(held.reasons):
            best[match.sought.label] = match
    return replace(line, matches=tuple(best.values()))


def earlier_references(viewer: Viewer, enquiry: Enquiry) -> set[str]:
    """Return the references of the earlier contacts of an enquiry."""
    return {line.reference for line in earlier_contacts_of(viewer, enquiry)}


def passable_items(viewer: Viewer, enquiry: Enquiry, children: Collection[uuid.UUID]) -> ItemQuerySet:
    """Return the items that may go out with a summary: cleared by their owner, and about those of whom it speaks.

    They are its children, the adults who were reported together with one of them, and nobody in particular where the
    owner was asked about one of these. What was taken down by telephone stays inside until its owner confirms it.

    Args:
        children: of the summary, each by the key of `Child.subject`. What is about another
            child, or an adult of another child, does not go out with these.
    """
    own = _spoken_of(people_of_enquiry(viewer, enquiry.pk), children)
    asked = RequestSubject.objects.visible_to(viewer).filter(request_id=OuterRef("request_id"), subject_id__in=own)
    about = Q(subject_id__in=own) | Q(Exists(asked), subject__isnull=True)
    rows = Item.objects.visible_to(viewer).given().filter(enquiry=enquiry, handling=Handling.ONWARD)
    return rows.filter(about, is_unconfirmed=False)


def _spoken_of(people: list[Subject], children: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Return every row of some children, and of each adult who was reported together with one of them."""
    own = {row for child in children_among(people) if child.subject.pk in children for row in child.rows}
    contacts = {one.contact_id for one in people if one.pk in own}
    adults = [one for one in people if one.kind == PersonKind.ADULT]
    beside = [one for one in adults if one.contact_id in contacts]
    persons = {one.person_id for one in beside if one.person_id is not None}
    return own | {one.pk for one in adults if one.contact_id in contacts or one.person_id in persons}
