"""Reading a hub as values, each part as somebody who may see it."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from datetime import date, datetime

from django.db import connection

from agencies.access.identity import acting_as
from agencies.models import Agency, HubSettings, Membership, Team
from audit.models import Event
from clock.models import hub_calendar
from contacts.choices import ContactState, ProtectState
from contacts.models import Contact, Subject
from decisions.choices import ComplaintState, LetterState
from demo.cases import CASES
from demo.directory import Directory
from demo.plausible.enquiries import EnquirySeen, Moment, read_enquiries
from demo.plausible.seen import ActSeen, ContactSeen, HubSeen, LetterSeen, PersonSeen, ReferrerSeen, TextSeen
from demo.plausible.texts import read_texts
from screening.choices import HandoverState

MANAGER = "maeve_manager"
OPEN_HANDOVER = frozenset({HandoverState.SENT, HandoverState.QUERIED, HandoverState.DECLINED})
OVER = frozenset({ContactState.ENDED, ContactState.PASSED_ON})
RELATED = ("referrer", "screening")
FETCHED = ("subjects", "letters", "feedback", "handovers", "protections", "complaints", "relations")


def read_hub(hub: Directory, acts: Iterable[ActSeen], *, at: datetime) -> HubSeen:
    """Read the whole hub as the manager; what was done is read by whoever may read the log."""
    with acting_as(hub.viewer(MANAGER)):
        contacts = tuple(_contacts())
        telephones = tuple(_telephones())
    titles = tuple((case.title, case.contact.reported) for case in CASES)
    return HubSeen(at, hub_calendar(), contacts, tuple(acts), telephones, titles)


def _telephones() -> Iterator[str]:
    yield from Agency.objects.exclude(telephone="").values_list("telephone", flat=True)
    yield from Team.objects.exclude(telephone="").values_list("telephone", flat=True)
    for settings in HubSettings.objects.all():
        yield from filter(None, (settings.telephone, settings.out_of_hours_telephone))


def may_read_acts() -> bool:
    """Say whether this login may read the log: the web's may not."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege('audit_event', 'SELECT')")
        return bool(cursor.fetchone()[0])


def read_acts() -> Iterator[ActSeen]:
    """Yield what everybody did, in order; only the auditor's login may read it, and the tests' own."""
    members = {row.pk: row for row in Membership.objects.select_related("agency")}
    for event in Event.objects.exclude(record_type__startswith="agencies.").order_by("at"):
        row = members.get(event.membership_id) if event.membership_id else None
        kind = row.agency.kind if row else ""
        span = _span(row) if row else None
        yield ActSeen(event.at, event.verb, event.reference, frozenset(event.roles), kind, span)


def _span(row: Membership) -> tuple[date, date | None]:
    return row.starts_on, row.ends_on


def _contacts() -> Iterator[ContactSeen]:
    enquiries, texts = read_enquiries(), read_texts()
    told_of: set[uuid.UUID] = set()
    for row in Contact.objects.select_related(*RELATED).prefetch_related(*FETCHED).order_by("arrived_at", "id"):
        enquiry = enquiries.get(row.enquiry_id) if row.enquiry_id else None
        first = enquiry is not None and row.enquiry_id not in told_of
        if enquiry is not None:
            told_of.add(enquiry.row.pk)
        own = texts[row.pk] + (texts[enquiry.row.pk] if enquiry and first else [])
        yield _contact(row, enquiry, own, is_first=first)


def _contact(row: Contact, enquiry: EnquirySeen | None, texts: list[TextSeen], *, is_first: bool) -> ContactSeen:
    screening = getattr(row, "screening", None)
    outcomes = [one.ending for one in row.subjects.all() if one.ending]
    return ContactSeen(
        reference=row.reference,
        arrived=row.arrived_at,
        state=row.state,
        channel=row.channel,
        kind=row.referrer_kind,
        address=row.address,
        agreement=row.agreement,
        agreement_reason=row.agreement_reason,
        may_tell=row.may_tell,
        may_tell_reason=row.may_tell_reason,
        exit=screening.exit if screening else "",
        colour=row.colour,
        enquiry=row.enquiry_reference,
        enquiry_state=enquiry.row.state if enquiry else "",
        referrer=_referrer(row),
        people=tuple(_person(one) for one in row.subjects.all()),
        relations=tuple(_relations(row)),
        letters=tuple(LetterSeen(one.subject_id, one.state) for one in row.letters.all()),
        feedback=tuple(one.state for one in row.feedback.all()),
        outcomes=tuple(outcomes),
        texts=tuple(texts),
        moments=tuple(_dated(_moments(row, enquiry if is_first else None))),
        waits=tuple(_waits(row, enquiry)),
        at_night=bool(enquiry and enquiry.at_night),
        answered=bool(enquiry and enquiry.answered),
        bases=frozenset(enquiry.bases if enquiry else ()),
        told=frozenset(enquiry.told if enquiry else ()),
    )


def _referrer(row: Contact) -> ReferrerSeen:
    who = row.referrer
    return ReferrerSeen(who.name, who.organisation, who.post, who.email, who.telephone)


def _person(row: Subject) -> PersonSeen:
    return PersonSeen(
        key=row.pk,
        is_child=row.kind == "child",
        given=row.given_name,
        family=row.family_name,
        is_unborn=row.is_unborn,
        born=row.date_of_birth,
        expected=row.expected_on,
        sex=row.sex,
        ethnicity=row.ethnicity,
        school=row.school,
        practice=row.practice,
        nhs_number=row.nhs_number,
        at_home=row.lives_in_household,
        address=row.address,
        part=row.part,
    )


def _relations(row: Contact) -> Iterator[tuple[uuid.UUID, str, uuid.UUID]]:
    for one in row.relations.all():
        yield one.subject_id, one.kind, one.to_id


def _moments(row: Contact, enquiry: EnquirySeen | None) -> Iterator[Moment]:
    screening = getattr(row, "screening", None)
    yield "arrived", row.arrived_at
    yield "logged", row.logged_at
    yield "screened", screening.decided_at if screening else None
    if enquiry is not None:
        yield from enquiry.moments()
    yield "ended", row.ended_at
    yield "told", min((one.told_at for one in row.feedback.all()), default=None)


def _dated(moments: Iterator[Moment]) -> Iterator[tuple[str, datetime]]:
    for what, at in moments:
        if at is not None:
            yield what, at


def _waits(row: Contact, enquiry: EnquirySeen | None) -> Iterator[str]:
    if row.state not in OVER:
        yield f"contact {row.state}"
    elif not row.feedback.all():
        yield "no word back"
    yield from (f"handover {one.state}" for one in row.handovers.all() if one.state in OPEN_HANDOVER)
    yield from (f"protection {one.state}" for one in row.protections.all() if one.state != ProtectState.STOOD_DOWN)
    yield from (f"letter {one.state}" for one in row.letters.all() if one.state == LetterState.DRAFT)
    yield from (f"complaint {one.state}" for one in row.complaints.all() if one.state == ComplaintState.OPEN)
    if enquiry is not None:
        yield from enquiry.waits
