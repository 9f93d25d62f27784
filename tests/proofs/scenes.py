"""The case on which a secret is put: its records, and who is who in it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from psycopg2 import sql

from agencies.access.lookup import viewer_of
from agencies.access.viewer import Viewer
from agencies.models import Membership
from tests.architecture.planting import KINDS
from tests.walls import past_the_walls, without_triggers

OPEN = "e.state NOT IN ('closed', 'to_rate') AND e.decided_at IS NULL"
SEALED = "EXISTS (SELECT 1 FROM information_sharing_heldmarker h WHERE h.enquiry_id = e.id)"
POLICE_AND_ANOTHER = (
    "(SELECT count(DISTINCT r.agency_id) FROM information_sharing_informationrequest r JOIN agencies_agency a"
    " ON a.id = r.agency_id WHERE r.enquiry_id = e.id AND r.state <> 'withdrawn' AND a.kind <> 'police') > 0"
    " AND EXISTS (SELECT 1 FROM information_sharing_informationrequest r JOIN agencies_agency a"
    " ON a.id = r.agency_id WHERE r.enquiry_id = e.id AND r.state <> 'withdrawn' AND a.kind = 'police')"
)
NOT_LOOKED_INTO = (
    "NOT EXISTS (SELECT 1 FROM agencies_brokenglass g WHERE g.enquiry_id = e.id)"
    " AND NOT EXISTS (SELECT 1 FROM agencies_review w WHERE w.enquiry_id = e.id)"
)
"""Whoever broke its glass or reviews it may know more than the matrix says of their role."""

SOMEBODY_NOT_ASKED_ABOUT = (
    "EXISTS (SELECT 1 FROM contacts_subject p JOIN contacts_contact c ON c.id = p.contact_id WHERE c.enquiry_id = e.id"
    " AND NOT EXISTS (SELECT 1 FROM information_sharing_requestsubject s JOIN information_sharing_informationrequest r"
    " ON r.id = s.request_id JOIN agencies_agency a ON a.id = r.agency_id WHERE s.subject_id = p.id"
    " AND a.kind = 'police'))"
)
"""Of the police."""

WAITS_FOR_ANOTHER = (
    "EXISTS (SELECT 1 FROM information_sharing_informationrequest r JOIN agencies_agency a ON a.id = r.agency_id"
    " WHERE r.enquiry_id = e.id AND r.state IN ('sent', 'heard', 'cannot_search') AND a.kind <> 'police')"
)
"""How many do depends on the hour at which the hub was built: what is under way answers as time allows."""

CONDITIONS = {
    "without anything sealed": f"{OPEN} AND NOT {SEALED} AND {POLICE_AND_ANOTHER}",
    "with a request that another agency has not answered": f"{OPEN} AND {POLICE_AND_ANOTHER} AND {WAITS_FOR_ANOTHER}",
    "with something sealed": f"{OPEN} AND {SEALED}",
    "with something that others gave": (
        f"{OPEN} AND {POLICE_AND_ANOTHER} AND EXISTS (SELECT 1 FROM information_sharing_item i JOIN agencies_agency a"
        " ON a.id = i.agency_id WHERE i.enquiry_id = e.id AND a.kind <> 'police' AND i.handling <> 'manager_only')"
    ),
    "with a private referrer": (
        "EXISTS (SELECT 1 FROM contacts_contact c JOIN contacts_referrer f ON f.contact_id = c.id"
        " WHERE c.enquiry_id = e.id AND f.is_private)"
    ),
    "decided": (
        "EXISTS (SELECT 1 FROM decisions_sealedreasons s JOIN decisions_decision d ON d.id = s.decision_id"
        " WHERE d.enquiry_id = e.id) AND EXISTS (SELECT 1 FROM decisions_mashsummary m WHERE m.enquiry_id = e.id)"
    ),
    "with somebody about whom the police were not asked": f"{POLICE_AND_ANOTHER} AND {SOMEBODY_NOT_ASKED_ABOUT}",
}
"""What a case must be for a secret to fit."""

OF_ENQUIRY = {
    "contacts_contact": "enquiry_id = %s",
    "screening_enquiry": "id = %s",
    "contacts_protection": "contact_id IN (SELECT id FROM contacts_contact WHERE enquiry_id = %s)",
    "screening_handover": "contact_id IN (SELECT id FROM contacts_contact WHERE enquiry_id = %s)",
    "information_sharing_informationrequest": "enquiry_id = %s",
    "information_sharing_safetyinstruction": (
        "item_id IN (SELECT id FROM information_sharing_item WHERE enquiry_id = %s)"
    ),
    "decisions_mashsummary": "enquiry_id = %s",
    "decisions_familyletter": "contact_id IN (SELECT id FROM contacts_contact WHERE enquiry_id = %s)",
    "decisions_correctionnotice": "contact_id IN (SELECT id FROM contacts_contact WHERE enquiry_id = %s)",
    "decisions_outgoingtext": "contact_id IN (SELECT id FROM contacts_contact WHERE enquiry_id = %s)",
    "decisions_undelivered": "enquiry_id = %s",
}
POLICE_FIRST = "agency_id IN (SELECT id FROM agencies_agency WHERE kind = 'police') DESC"
MOST = {"information_sharing_informationrequest": 2, "information_sharing_item": 2}
"""How many records of a table are looked at, where it is more than one: one's own and another's."""


@dataclass
class Scene:
    """One case.

    Attributes:
        references: its records, by table.
        items: keys of its items.
    """

    enquiry_id: uuid.UUID
    references: dict[str, list[str]] = field(default_factory=dict)
    items: list[str] = field(default_factory=list)

    def one(self, statement: str, *values: object) -> Any:
        """Return the first column of the first row, asked without any rule."""
        return ask(statement, *values)[0][0]

    @property
    def worker(self) -> Viewer:
        """The social worker to whom it is assigned."""
        return viewer(self.one("SELECT social_worker_id FROM screening_enquiry WHERE id = %s", self.enquiry_id))


def ask(statement: str | sql.Composable, *values: object) -> list[tuple[Any, ...]]:
    """Ask this worker's database as the superuser."""
    with past_the_walls() as connection, connection.cursor() as cursor:
        cursor.execute(statement, [str(v) if isinstance(v, uuid.UUID) else v for v in values])
        return cursor.fetchall()


def change(statement: str, *values: object) -> int:
    """Change this worker's database as the superuser, without triggers: one secret and nothing that follows."""
    with past_the_walls() as connection, connection.cursor() as cursor:
        with without_triggers(cursor):
            cursor.execute(statement, [str(v) if isinstance(v, uuid.UUID) else v for v in values])
            changed = cursor.rowcount
        connection.commit()
        return changed


def viewer(membership_id: uuid.UUID | str) -> Viewer:
    """Return somebody's viewer."""
    return viewer_of(Membership.objects.select_related("user", "agency", "team").get(pk=membership_id))


def scene(name: str) -> Scene:
    """Return the case that fits, one of Saira Malik's where there is one; the same in every copy of the world."""
    found = ask(
        "SELECT e.id FROM screening_enquiry e LEFT JOIN agencies_membership m ON m.id = e.social_worker_id"
        " LEFT JOIN agencies_user u ON u.id = m.user_id WHERE e.social_worker_id IS NOT NULL AND"
        f" {NOT_LOOKED_INTO} AND {CONDITIONS[name]}"
        " ORDER BY u.email = 'saira.worker@demo.invalid' DESC, e.reference LIMIT 1"
    )
    made = Scene(uuid.UUID(str(found[0][0])))
    made.references = {table: records_of(made.enquiry_id, table) for table in sorted(set(KINDS.values()))}
    rows = ask("SELECT id FROM information_sharing_item WHERE enquiry_id = %s ORDER BY id", made.enquiry_id)
    made.items = [str(row[0]) for row in rows][: MOST["information_sharing_item"]]
    return made


def records_of(enquiry_id: uuid.UUID, table: str) -> list[str]:
    """Return the references of an enquiry's records in a table, and one that names nothing."""
    order = f"{POLICE_FIRST}, reference" if table == "information_sharing_informationrequest" else "reference"
    statement = f"SELECT reference FROM {table} WHERE {OF_ENQUIRY[table]} ORDER BY {order}"
    return [*(row[0] for row in ask(statement, enquiry_id)[: MOST.get(table, 1)]), f"{_letter(table)}-2222-2222"]


def _letter(table: str) -> str:
    rows: Sequence[tuple[Any, ...]] = ask(sql.SQL("SELECT reference FROM {} LIMIT 1").format(sql.Identifier(table)))
    return str(rows[0][0])[0] if rows else "X"
