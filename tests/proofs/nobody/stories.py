"""A violation as a story: of all that happened in its seed, what led to it, in sentences."""

from __future__ import annotations

from tests.proofs.nobody.living import Lived
from tests.proofs.nobody.rows import Raw
from tests.proofs.nobody.violations import Violation

LONGEST = 40
"""Steps that a story tells at most, the last ones."""

CASE = """
WITH named AS (SELECT DISTINCT record_id, enquiry_id FROM audit_event WHERE reference = %(reference)s),
     cases AS (SELECT enquiry_id FROM named WHERE enquiry_id IS NOT NULL
               UNION SELECT id FROM screening_enquiry WHERE reference = %(reference)s
               UNION SELECT enquiry_id FROM contacts_contact WHERE reference = %(reference)s AND enquiry_id IS NOT NULL)
SELECT DISTINCT reference FROM audit_event WHERE reference <> '' AND enquiry_id IN (SELECT enquiry_id FROM cases)
UNION SELECT reference FROM contacts_contact WHERE enquiry_id IN (SELECT enquiry_id FROM cases)
UNION SELECT c.reference FROM contacts_protection p JOIN contacts_contact c ON c.id = p.contact_id
       WHERE p.reference = %(reference)s
UNION SELECT c.reference FROM screening_handover h JOIN contacts_contact c ON c.id = h.contact_id
       WHERE h.reference = %(reference)s
"""
"""All that a case is called by, from the name of one of its records."""


def references_of(raw: Raw, reference: str) -> set[str]:
    """Return every reference of the case that a record belongs to."""
    found = set(reference.split(" / "))
    for one in list(found):
        found |= {row["reference"] for row in raw.rows(CASE, {"reference": one})}
    return found


def story(lived: Lived, violation: Violation) -> str:
    """Tell what led to a violation: the steps of its case, and the mishaps of the people in it or of the whole hub."""
    case = references_of(lived.watch.raw, violation.reference)
    steps = [one for one in lived.borough.diary if one.number <= violation.after and one.reference in case]
    people = {one.who for one in steps} | {one.name for one in lived.borough.people if one.name in violation.sentence}
    told = [(one.number, one.sentence) for one in steps]
    told += [
        (number, sentence)
        for number, sentence in lived.told
        if number <= violation.after
        and (any(name in sentence for name in people) or any(one in sentence for one in case) or _is_for_all(sentence))
    ]
    lines = [sentence for _number, sentence in sorted(told, key=lambda one: one[0])[-LONGEST:]]
    head = f"Seed {lived.seed.number}, after {violation.after} steps, of which these led to it:"
    return "\n".join([head, *(f"  {line}" for line in lines), f"  {violation.words}"])


def _is_for_all(sentence: str) -> bool:
    return any(words in sentence for words in ("The workers", "The mail server", "The hub closes", "The last manager"))
