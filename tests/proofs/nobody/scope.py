"""The tables narrowed to some cases: the oracle's statements, unchanged, see only what a step has touched."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from tests.proofs.nobody.rows import Raw
from tests.walls import past_the_walls

CONTACTS, ENQUIRIES, REFERENCES = (
    f"current_setting('nobody.{name}')::{kind}[]"
    for name, kind in (("contacts", "uuid"), ("enquiries", "uuid"), ("references", "text"))
)
NARROWED = {
    "contacts_contact": f"id = ANY({CONTACTS})",
    "screening_enquiry": f"id = ANY({ENQUIRIES})",
    "agencies_conflictofinterest": f"contact_id = ANY({CONTACTS}) OR enquiry_id = ANY({ENQUIRIES})",
    "contacts_protection": f"contact_id = ANY({CONTACTS})",
    "contacts_relation": f"contact_id = ANY({CONTACTS})",
    "contacts_staffmatch": f"contact_id = ANY({CONTACTS})",
    "contacts_subject": f"contact_id = ANY({CONTACTS})",
    "contacts_whereabouts": "protection_id IN (SELECT id FROM pg_temp.contacts_protection)",
    "decisions_cameback": f"contact_id = ANY({CONTACTS})",
    "decisions_complaint": f"contact_id = ANY({CONTACTS})",
    "decisions_correctionnotice": f"contact_id = ANY({CONTACTS})",
    "decisions_familyletter": f"contact_id = ANY({CONTACTS})",
    "decisions_feedback": f"contact_id = ANY({CONTACTS})",
    "decisions_mashsummary": f"enquiry_id = ANY({ENQUIRIES})",
    "decisions_outgoingtext": f"contact_id = ANY({CONTACTS})",
    "information_sharing_informationrequest": f"enquiry_id = ANY({ENQUIRIES})",
    "information_sharing_item": f"enquiry_id = ANY({ENQUIRIES})",
    "information_sharing_sharingauthority": f"enquiry_id = ANY({ENQUIRIES})",
    "information_sharing_answer": "request_id IN (SELECT id FROM pg_temp.information_sharing_informationrequest)",
    "information_sharing_safetyinstruction": "item_id IN (SELECT id FROM pg_temp.information_sharing_item)",
    "notices_deadletter": f"reference = ANY({REFERENCES})",
    "screening_handover": f"contact_id = ANY({CONTACTS})",
    "screening_screening": f"contact_id = ANY({CONTACTS})",
}
"""What of each table belongs to the cases at hand; a later one may look into an earlier one."""

CASES = """
WITH named AS (
  SELECT enquiry_id AS enquiry, NULL::uuid AS contact FROM audit_event WHERE id = ANY(%(events)s::uuid[])
  UNION SELECT enquiry_id, id FROM contacts_contact WHERE reference = ANY(%(references)s)
  UNION SELECT id, NULL FROM screening_enquiry WHERE reference = ANY(%(references)s)
  UNION SELECT NULL, contact_id FROM contacts_protection WHERE reference = ANY(%(references)s)
  UNION SELECT NULL, contact_id FROM screening_handover WHERE reference = ANY(%(references)s)
  UNION SELECT NULL, contact_id FROM decisions_familyletter WHERE reference = ANY(%(references)s)
  UNION SELECT NULL, contact_id FROM decisions_complaint WHERE reference = ANY(%(references)s)
)
SELECT id, enquiry_id, reference FROM contacts_contact
 WHERE enquiry_id IN (SELECT enquiry FROM named) OR id IN (SELECT contact FROM named)
    OR enquiry_id IN (SELECT c.enquiry_id FROM contacts_contact c WHERE c.id IN (SELECT contact FROM named))
"""
"""The contacts of the cases that some events were about."""

EVENTS = "SELECT id, reference FROM audit_event WHERE at = %(at)s"


@dataclass
class Scope:
    """A second connection past the walls, whose tables hold only the cases at hand.

    Attributes:
        raw: what the oracle reads; narrowed by `to_events_since`.
        references: what those cases are called.
    """

    raw: Raw
    references: set[str] = field(default_factory=set)
    _seen: set[object] = field(default_factory=set)
    _seen_at: datetime | None = None

    def to_new_events(self, whole: Raw, at: datetime) -> int:
        """Narrow to the cases of the events that were written since it was asked last; return how many they are.

        The clock stands still for a quarter of an hour at a time, and events carry its moment.
        """
        if self._seen_at != at:
            self._seen, self._seen_at = set(), at
        new = [row for row in whole.rows(EVENTS, {"at": at}) if row["id"] not in self._seen]
        self._seen |= {row["id"] for row in new}
        named = sorted({row["reference"] for row in new if row["reference"]})
        cases = whole.rows(CASES, {"events": [str(row["id"]) for row in new], "references": named}) if new else []
        self.references = {*named, *(row["reference"] for row in cases)}
        self._narrow({row["id"] for row in cases}, {row["enquiry_id"] for row in cases} - {None})
        return len(new)

    def _narrow(self, contacts: Collection[object], enquiries: Collection[object]) -> None:
        for name, values in (("contacts", contacts), ("enquiries", enquiries), ("references", self.references)):
            inside = "{" + ",".join(sorted(str(one) for one in values)) + "}"
            self.raw.rows(
                "SELECT set_config(%(name)s, %(inside)s, false)", {"name": f"nobody.{name}", "inside": inside}
            )


@contextmanager
def scope() -> Iterator[Scope]:
    """Open a connection whose tables can be narrowed."""
    with past_the_walls() as connection, closing(connection.cursor()) as cursor:
        raw = Raw(connection)
        for name in ("contacts", "enquiries", "references"):
            cursor.execute("SELECT set_config(%s, '{}', false)", [f"nobody.{name}"])
        for table, where in NARROWED.items():
            cursor.execute(f"CREATE TEMP VIEW {table} AS SELECT * FROM public.{table} WHERE {where}")
        yield Scope(raw)
