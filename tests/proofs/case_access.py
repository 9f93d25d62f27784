"""What is closed and opened to somebody by name, read from the rows themselves: `fw.case_access` is held to it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from psycopg2.extensions import connection as Connection

from agencies.access.viewer import NO_CASE_ACCESS, CaseAccess, Viewer

MEMBER = "SELECT user_id, agency_id, team_id, roles FROM agencies_membership WHERE id = %s"
CONFLICTS = (
    "SELECT contact_id, enquiry_id, person_id FROM agencies_conflictofinterest"
    " WHERE lifted_at IS NULL AND (user_id = %s OR membership_id = %s OR agency_id = %s OR team_id = %s)"
)
REVIEWS = (
    "SELECT enquiry_id FROM agencies_review WHERE membership_id = %s AND ended_at IS NULL"
    " AND current_date BETWEEN starts_on AND ends_on"
)
GLASS = "SELECT enquiry_id FROM agencies_brokenglass WHERE membership_id = %s AND now() BETWEEN broken_at AND ends_at"
LET_IN = (
    "SELECT r.id, r.enquiry_id FROM information_sharing_informationrequest r JOIN agencies_emergencyuse e"
    " ON e.enquiry_id = r.enquiry_id AND e.agency_id = r.agency_id"
    " WHERE e.agency_id = %s AND r.state <> 'withdrawn' AND now() BETWEEN e.opened_at AND e.ends_at"
)
REFERENCES = {
    "contact_id": (
        "contacts_protection",
        "screening_screening",
        "screening_handover",
        "decisions_familyletter",
        "decisions_complaint",
        "decisions_feedback",
        "decisions_correctionnotice",
        "decisions_outgoingtext",
    ),
    "enquiry_id": ("information_sharing_informationrequest", "decisions_mashsummary"),
    "id": ("contacts_contact", "screening_enquiry"),
}
INSTRUCTIONS = (
    "SELECT n.reference, i.enquiry_id FROM information_sharing_safetyinstruction n"
    " JOIN information_sharing_item i ON i.id = n.item_id"
)
TODAY = "ended_at IS NULL AND current_date BETWEEN starts_on AND ends_on"
AWAY = f"SELECT membership_id FROM agencies_absence WHERE {TODAY}"
IN_FORCE = (
    "SELECT m.id FROM agencies_membership m JOIN agencies_user u ON u.id = m.user_id"
    " JOIN agencies_agency a ON a.id = m.agency_id WHERE 'social_worker' = ANY (m.roles) AND u.is_active"
    " AND a.is_active AND m.ended_at IS NULL AND m.starts_on <= current_date"
    " AND (m.ends_on IS NULL OR m.ends_on >= current_date)"
)
WORKING = f"{IN_FORCE} AND NOT m.id IN ({AWAY})"
COVERS = f"SELECT membership_id, cover_id FROM agencies_absence WHERE {TODAY} AND cover_id IS NOT NULL"
ON_DUTY = (
    "SELECT id FROM agencies_duty WHERE membership_id = %s AND ended_at IS NULL"
    " AND starts_at <= now() AND ends_at > now()"
)
OPEN_ENQUIRIES = (
    "SELECT id, social_worker_id, colour FROM screening_enquiry"
    " WHERE state IN ('gathering', 'deciding', 'decided', 'released')"
    " OR (state = 'to_rate' AND social_worker_id IS NOT NULL)"
)
PARTNERS = ("researcher", "lead")
BREAKS = {"front_door", "screener", "social_worker", "out_of_hours"}


def case_access_of_rows(viewer: Viewer, superuser: Connection) -> CaseAccess:
    """Return what is closed and opened to a viewer, worked out here from whole tables."""
    member = _rows(superuser, MEMBER, viewer.membership_id)
    if viewer.user_id is None or not member:
        return NO_CASE_ACCESS
    [(user, agency, team, roles)] = member
    conflicts = _rows(superuser, CONFLICTS, user, viewer.membership_id, agency, team)
    contacts, enquiries, persons = _closed(superuser, conflicts)
    let_in = _rows(superuser, LET_IN, agency) if viewer.is_unsigned and any(role in PARTNERS for role in roles) else []
    return CaseAccess(
        closed_contacts=contacts,
        closed_enquiries=enquiries,
        closed_persons=persons,
        closed_references=_references(superuser, contacts | enquiries) if conflicts else frozenset(),
        reviewed=_keys(_rows(superuser, REVIEWS, viewer.membership_id) if "reviewer" in viewer.roles else []),
        emergency_access=_keys(_rows(superuser, GLASS, viewer.membership_id) if viewer.roles & BREAKS else []),
        emergency_route=_keys(row for row in let_in if row[1] not in enquiries),
        stands_in=_stands_in(viewer, superuser) - enquiries if "social_worker" in viewer.roles else frozenset(),
    )


def _stands_in(viewer: Viewer, superuser: Connection) -> frozenset[UUID]:
    """Return the open enquiries on which a viewer stands in: as a cover, or on duty for a Red that nobody works on."""
    working = {row[0] for row in _rows(superuser, WORKING)}
    covers = {(row[0], row[1]) for row in _rows(superuser, COVERS) if row[1] in working}
    shut_out = {cover: _closed_to(cover, superuser) for _covered, cover in covers}
    on_duty = viewer.membership_id in working and bool(_rows(superuser, ON_DUTY, viewer.membership_id))
    found = set()
    for enquiry, holder, colour in _rows(superuser, OPEN_ENQUIRIES):
        covering = {cover for covered, cover in covers if covered == holder and enquiry not in shut_out[cover]}
        if viewer.membership_id in covering:
            found.add(enquiry)
        if on_duty and colour == "red" and holder not in working and not covering:
            found.add(enquiry)
    return frozenset(found)


def _closed_to(membership: UUID, superuser: Connection) -> frozenset[UUID]:
    """Return the enquiries that are closed to a membership: whoever covers does not work on them."""
    [(user, agency, team, _roles)] = _rows(superuser, MEMBER, membership)
    _contacts, enquiries, _persons = _closed(superuser, _rows(superuser, CONFLICTS, user, membership, agency, team))
    return enquiries


def _closed(superuser: Connection, conflicts: list[tuple[Any, ...]]) -> tuple[frozenset[UUID], ...]:
    """Return contacts, enquiries and persons: a person closes its contacts, these their enquiry, it all of its own."""
    contacts, enquiries, persons = (_keys((row[at],) for row in conflicts if row[at] is not None) for at in range(3))
    of_enquiry = _rows(superuser, "SELECT id, enquiry_id FROM contacts_contact")
    linked = _rows(superuser, "SELECT person_id, contact_id FROM contacts_subject WHERE person_id IS NOT NULL")
    contacts |= {contact for person, contact in linked if person in persons}
    enquiries |= {enquiry for contact, enquiry in of_enquiry if contact in contacts and enquiry is not None}
    contacts |= {contact for contact, enquiry in of_enquiry if enquiry in enquiries}
    elsewhere = {person for person, contact in linked if contact not in contacts}
    persons |= {person for person, contact in linked if contact in contacts and person not in elsewhere}
    return contacts, enquiries, persons


def _references(superuser: Connection, closed: frozenset[UUID]) -> frozenset[str]:
    statements = [f"SELECT reference, {key} FROM {table}" for key, tables in REFERENCES.items() for table in tables]
    found = [row for one in (*statements, INSTRUCTIONS) for row in _rows(superuser, one)]
    return frozenset(str(reference) for reference, key in found if key in closed)


def _keys(rows: Iterable[tuple[Any, ...]]) -> frozenset[UUID]:
    return frozenset(row[0] for row in rows)


def _rows(superuser: Connection, statement: str, *values: object) -> list[tuple[Any, ...]]:
    with superuser.cursor() as cursor:
        cursor.execute(statement, [str(one) if isinstance(one, UUID) else one for one in values])
        return [
            tuple(one if not isinstance(one, str) or len(one) != 36 else UUID(one) for one in row)
            for row in cursor.fetchall()
        ]
