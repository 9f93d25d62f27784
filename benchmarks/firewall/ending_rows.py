"""Rows of what follows an ending: words to referrers, letters to parents, corrections and who was told of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from itertools import islice

import psycopg2

from benchmarks.firewall.borough import Borough
from benchmarks.firewall.copying import Load
from contacts.models import Correction, Relation
from decisions.models import CorrectionNotice, FamilyLetter, Feedback

UNTOLD = 997
"""One of so many referrers of ended contacts was not told yet."""
UNWRITTEN = 991
"""One of so many parents of ended contacts was not written to yet."""
CORRECTED = 101
"""One of so many contacts was corrected after its referrer had been told."""
UNPASSED = 53
"""One of so many corrections was not passed on to whoever had been told."""


def loads(borough: Borough) -> list[Load]:
    """Return the tables of what follows an ending with their rows."""
    return [
        Load(Feedback, FEEDBACK, feedback(borough)),
        Load(Relation, ("id", "contact_id", "subject_id", "to_id", "kind"), relations(borough)),
        Load(FamilyLetter, LETTER, letters(borough)),
        Load(Correction, ("id", "contact_id", "text", "made_at", "made_by_id"), corrections(borough)),
        Load(CorrectionNotice, CORRECTION_NOTICE, correction_notices(borough)),
    ]


FEEDBACK = ("id", "reference", "contact_id", "state", "response", "told_at", "told_by_id")


def feedback(borough: Borough) -> Iterator[str]:
    """Yield what referrers were told."""
    at, by = borough.moments, borough.directory.members["fiona_front"]
    for number in range(borough.contacts):
        _state, ended = borough.contact_state(number)
        if ended and number % UNTOLD:
            key = borough.contact_keys[number]
            told = at[min(borough.arrived(number) + 1410, at.now)]
            yield f"{key[20:]}{key[:20]}\t{borough.references.of('F', number)}\t{key}\tsent\tadvice\t{told}\t{by}"


LETTERS_OWED = """
INSERT INTO decisions_letterowed (contact_id, ended_at)
SELECT c.id, c.ended_at FROM contacts_contact c WHERE c.state = 'ended' AND EXISTS (
    SELECT 1 FROM contacts_relation r JOIN contacts_subject s ON s.id = r.subject_id
     WHERE r.contact_id = c.id AND r.kind IN ('parent', 'step_parent') AND s.kind = 'adult'
       AND NOT EXISTS (SELECT 1 FROM decisions_familyletter l WHERE l.contact_id = c.id AND l.subject_id = s.id
                          AND l.state IN ('sent', 'held_back')))
"""
CONTACTS_CORRECTED = "SELECT DISTINCT contact_id FROM contacts_correction"
WEIGH = "SELECT fw.weigh_corrections(x.id) FROM unnest(%s::uuid[]) AS x(id)"
AT_ONCE = 1000
"""Contacts that are weighed in one transaction: each takes a lock until its end."""


def weigh(url: str) -> None:
    """Fill what triggers keep of letters and corrections: they rest while rows are loaded."""
    with closing(psycopg2.connect(url)) as connection, connection.cursor() as cursor:
        connection.autocommit = True
        cursor.execute(LETTERS_OWED)
        cursor.execute(CONTACTS_CORRECTED)
        contacts = iter([key for (key,) in cursor.fetchall()])
        while some := list(islice(contacts, AT_ONCE)):
            cursor.execute(WEIGH, [some])
        cursor.execute("ANALYZE decisions_letterowed, decisions_untold")


def relations(borough: Borough) -> Iterator[str]:
    """Yield a parent of the first child of each contact."""
    for number in range(borough.contacts):
        child = borough.people_from[number]
        parent = borough.person_keys[child + borough.children(number)]
        yield f"{parent[::-1]}\t{borough.contact_keys[number]}\t{parent}\t{borough.person_keys[child]}\tparent"


LETTER = (
    "id",
    "reference",
    "contact_id",
    "subject_id",
    "state",
    "written_at",
    "written_by_id",
    "sent_at",
    "sent_by_id",
)


def letters(borough: Borough) -> Iterator[str]:
    """Yield what parents of contacts that the hub ended were written."""
    at, by = borough.moments, borough.directory.members["fiona_front"]
    for number in range(borough.contacts):
        state, _ended = borough.contact_state(number)
        if state == "ended" and number % UNWRITTEN:
            key = borough.contact_keys[number]
            parent = borough.person_keys[borough.people_from[number] + borough.children(number)]
            sent = at[min(borough.arrived(number) + 1420, at.now)]
            reference = borough.references.of("L", number)
            yield f"{key[12:]}{key[:12]}\t{reference}\t{key}\t{parent}\tsent\t{sent}\t{by}\t{sent}\t{by}"


def corrected(borough: Borough) -> Iterator[tuple[int, str, str]]:
    """Yield number, key and moment of each correction: of contacts whose referrer had been told."""
    for number in range(0, borough.contacts, CORRECTED):
        if borough.contact_state(number)[1] and number % UNTOLD:
            key = borough.contact_keys[number]
            yield (
                number,
                f"{key[8:]}{key[:8]}",
                borough.moments[min(borough.arrived(number) + 1500, borough.moments.now)],
            )


def corrections(borough: Borough) -> Iterator[str]:
    """Yield what turned out to be wrong."""
    by = borough.directory.members["fiona_front"]
    for number, key, made in corrected(borough):
        yield f"{key}\t{borough.contact_keys[number]}\tThe school is another one.\t{made}\t{by}"


CORRECTION_NOTICE = (
    "id", "reference", "correction_id", "contact_id", "kind", "feedback_id", "text", "written_at", "written_by_id",
    "told_at", "told_by_id",
)  # fmt: skip


def correction_notices(borough: Borough) -> Iterator[str]:
    """Yield to whom corrections were passed on."""
    by = borough.directory.members["fiona_front"]
    for number, correction, made in corrected(borough):
        if number // CORRECTED % UNPASSED == 0:
            continue
        contact = borough.contact_keys[number]
        yield "\t".join(
            (
                correction[::-1],
                borough.references.of("X", number),
                correction,
                contact,
                "feedback",
                contact[20:] + contact[:20],
                "The school is another one.",
                made,
                by,
                made,
                by,
            )
        )
