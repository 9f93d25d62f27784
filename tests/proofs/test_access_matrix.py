"""The access matrix: every person x address x record in every state x method, judged by the access table.

Each cell says what status may come, which texts may be shown, how many rows may change, and what the logs must say.
What is not open must look like what is not there, byte for byte. `PROOF_NOTES=folder` keeps what was found.
"""

from __future__ import annotations

import fcntl
import json
from collections.abc import Iterator
from typing import Any
from zlib import crc32

import pytest
from psycopg2.extensions import connection as Connection
from pytest_django.plugin import DjangoDbBlocker

from agencies.access.table.whole import ADDRESSES
from tests.architecture.planting import COLLEAGUES, World
from tests.database import FOLDER
from tests.proofs import ledger
from tests.proofs.cells import LED_AWAY, PLACES, REACHED, REFUSED, SENT, SHOWN, Answer, Cell, Chosen, Person, cells
from tests.proofs.choosing import choose
from tests.proofs.figures import add, is_quick, report
from tests.proofs.notes import keep
from tests.proofs.people import PRINCIPALS

QUICK = is_quick()
GOAL = 1_000 if QUICK else 10_000
ITEM_TEXTS = {("information_sharing.ItemText", "text"), ("information_sharing.SealedText", "text")}
NO_PAGE = {"home"}
"""Leads on to a page of another address."""
DRAFTS = {"decisions:analysis_draft"}
"""Saved as they are typed: no event."""

TOO_MANY = 429
UNLOGGED = {"live", "ready"}
"""Answers while the database does not."""

WITHOUT_TEXT = {
    "contacts:add_person",
    "contacts:correct",
    "contacts:earlier_list",
    "contacts:end_protection",
    "contacts:hold",
    "contacts:protect",
    "contacts:protections",
    "contacts:stand_down",
    "decisions:sealed_reasons",
    "decisions:summary_interest",
    "information_sharing:ask",
    "information_sharing:cannot_search",
    "information_sharing:confirm",
    "information_sharing:emergency",
    "information_sharing:propose_instruction",
    "information_sharing:readers",
    "information_sharing:sealed",
    "reporting:readings",
    "screening:activity",
    "screening:answer_handover",
    "screening:assign",
    "screening:clocks",
    "screening:closed_out",
    "screening:contact_closed_out",
    "screening:contact_interest",
    "screening:decline_handover",
    "screening:handover_interest",
    "screening:interest",
    "screening:join",
    "screening:own_deadline",
    "screening:query_handover",
    "screening:reviews",
    "screening:settle_handover",
    "screening:settle_match",
    "why_contact",
    "why_enquiry",
    "why_item",
    "why_request",
    "why_summary",
}
"""Forms, lists and reasons that show no text which somebody wrote about a case: what tells is that they open."""

LEADS_ON = {
    "screening:accept_handover",
    "screening:decide_screening",
    "screening:put_to_manager",
    "screening:send_anew",
    "screening:to_panel",
    "screening:view",
    "screening:withdraw_handover",
}
"""Addresses to which one sends; who opens one is led to the page that has its form."""

OPEN, LED_ON = 200, 302
NOT_READY = ("ready", 503)
"""Nobody sweeps in the planted hub, and `/readyz` says so to everybody alike; `tests/access/test_away.py` tries it."""

OWN_TESTS = {
    "contacts:compare",
    "contacts:link_person",
    "contacts:not_same",
    "contacts:same_entry",
    "notices:retry",
    "screening:end_review",
    "screening:lift_conflict",
}
"""Addresses that an empty form does not reach; their own tests send what they need."""


@pytest.fixture(scope="module")
def chosen(world: World, superuser: Connection, django_db_blocker: DjangoDbBlocker) -> Chosen:
    """Choose the records, and make ready to count what is written."""
    with django_db_blocker.unblock():
        ledger.install(superuser)
        return choose(world, superuser)


@pytest.fixture
def open_database(world: World, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Let a test use the planted hub without a transaction around it; it undoes what it does itself."""
    with django_db_blocker.unblock():
        yield


@pytest.mark.parametrize("name", sorted(PRINCIPALS, key=lambda name: name not in COLLEAGUES))
def test_matrix(name: str, world: World, chosen: Chosen, superuser: Connection, open_database: None) -> None:
    one = Person(name, superuser)
    found: dict[str, Any] = {"cells": 0, "odd": [], "reached": set(), "open": set(), "shown": set(), "forbidden": set()}
    for cell in cells(world, chosen, quick=QUICK):
        if (QUICK and not sampled(name, cell)) or not meant_for(one, cell):
            continue
        found["cells"] += 1
        for method in cell.method.split():
            answer = one.visits(cell.path, method)
            if (cell.route.name, answer.status) == NOT_READY:
                continue
            problems = list(judged(one, cell, method, answer))
            found["odd"] += [
                f"{name} {method} {cell.route.name} [{cell.state}] {answer.status}: {one_}" for one_ in problems
            ]
            note(found, one, cell, method, answer)
    together(name, found)
    add("access matrix: unexpected", len(found["odd"]), "0")


def sampled(name: str, cell: Cell) -> bool:
    """Say whether the quick run tries a cell: one of seven, always the same ones."""
    return crc32(f"{name} {cell.method} {cell.route.name}".encode()) % 7 == 0


def meant_for(one: Person, cell: Cell) -> bool:
    """Say whether a cell's record was chosen for everybody, or for an audience that the person belongs to."""
    return cell.record.only is None or cell.record.only in one.audiences


def note(found: dict[str, Any], one: Person, cell: Cell, method: str, answer: Answer) -> None:
    """Keep what the whole matrix is judged by when all have been tried."""
    name, reaches = cell.route.name, one.reaches(cell)
    if reaches and method in cell.row.methods and answer.status in REACHED:
        found["reached"] |= {f"{name} {audience}" for audience in one.audiences_reaching(cell)}
    if not cell.row.record or method != SHOWN or SHOWN not in cell.row.methods:
        return
    place = f"{name} [{cell.state}]"
    if not reaches:
        found["forbidden"].add(place)
    elif answer.status == OPEN or (answer.status == LED_ON and name in LEADS_ON):
        found["open"].add(place)
    if reaches and answer.canaries:
        found["shown"].add(place)


def judged(one: Person, cell: Cell, method: str, answer: Answer) -> Iterator[str]:
    """Yield what is not as the table says."""
    yield from status(one, cell, method, answer)
    for number, row in sorted(answer.canaries):
        if not one.may_read(PLACES[number], row):
            yield f"shows {'.'.join(PLACES[number])}"
    yield from evidence(one, cell, method, answer)


def status(one: Person, cell: Cell, method: str, answer: Answer) -> Iterator[str]:
    """Judge the answer: as if nothing were there, refused, or reached."""
    if answer.status >= 500:
        yield "broke"
    elif not one.sees(cell):
        if not alike(answer, one.nothing(cell, method)):
            nothing = one.nothing(cell, method, anew=True)  # Something else on the page may have changed since.
            if not alike(answer, nothing):
                yield f"differs from what is not there ({nothing.status}){first_difference(answer.body, nothing.body)}"
    elif answer.status not in awaited(one, cell, method):
        yield "is not what the table says"


def alike(one: Answer, other: Answer) -> bool:
    """Say whether nobody could tell two answers apart."""
    return (one.status, one.body) == (other.status, other.body)


def first_difference(one: str, other: str) -> str:
    """Return where two pages part, a few words of each."""
    place = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return f": {one[max(place - 20, 0) : place + 60]!r} / {other[max(place - 20, 0) : place + 60]!r}"


def awaited(one: Person, cell: Cell, method: str) -> set[int]:
    """Return the statuses that may come where the record is open to the person."""
    if method not in {SHOWN, SENT} or cell.route.name.startswith("account_"):
        return REFUSED | REACHED | {TOO_MANY}
    if not one.reaches(cell):
        return REFUSED | ({302} if method == SHOWN else set())  # Leads on, and shows nothing.
    if method not in cell.row.methods:
        return {302, 405} if method == SHOWN else {405}
    return REACHED | {403, 404}  # What state and role allow is the state table's; somebody must reach it: `whole`.


def evidence(one: Person, cell: Cell, method: str, answer: Answer) -> Iterator[str]:
    """Judge what was written."""
    wrote = answer.written
    refused = 400 <= answer.status < 500 and answer.status != LED_AWAY and cell.route.name not in UNLOGGED
    if wrote.rows and (refused or method != SENT):
        yield f"changed {wrote.rows} rows"
    if wrote.rows and not wrote.events and method == SENT and cell.route.name not in DRAFTS:
        yield f"changed {wrote.rows} rows without an event"
    if wrote.events and refused:
        yield "kept an event of what was refused"
    if wrote.refusals != refused:
        yield f"wrote {wrote.refusals} refusals"
    if any(PLACES[number] in ITEM_TEXTS for number, _ in answer.canaries) and not wrote.readings:
        yield "shows an item and records no reading"


def together(name: str, found: dict[str, Any]) -> None:
    """Keep one person's part; whoever is last judges the whole."""
    keep(f"matrix {name}", [f"{found['cells']} cells", *found["odd"]])
    folder = FOLDER / "matrix"
    folder.mkdir(exist_ok=True)
    plain = {key: sorted(value) if isinstance(value, set) else value for key, value in found.items()}
    with (FOLDER / "matrix.lock").open("w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        (folder / f"{name}.json").write_text(json.dumps(plain), encoding="utf-8")
        parts = [json.loads(file.read_text(encoding="utf-8")) for file in sorted(folder.glob("*.json"))]
    if len(parts) == len(PRINCIPALS):
        whole(parts)


def whole(parts: list[dict[str, Any]]) -> None:
    """Judge what only all together can show."""
    count = sum(part["cells"] for part in parts)
    reached = {place for part in parts for place in part["reached"]}
    wanted = {
        f"{name} {audience}" for name, row in ADDRESSES.items() for audience in row.reach if name not in OWN_TESTS
    }
    unreached = sorted(wanted - reached)
    routes = {place.partition(" ")[0] for place in reached}
    alone = sorted(set(ADDRESSES) - routes - NO_PAGE - OWN_TESTS)
    twins = without_a_twin(*({place for part in parts for place in part[of]} for of in ("forbidden", "open", "shown")))
    keep("matrix unreached", unreached)
    keep("matrix without a twin", twins)
    closed_to_all = {place for part in parts for place in part["forbidden"]} - {
        place for part in parts for place in part["open"]
    }
    keep("matrix closed to all by state", sorted(closed_to_all))
    report("access matrix: cells run", count, f">= {GOAL}", ok=count >= GOAL)
    if not QUICK:  # One state of each record does not come to every address.
        report("access matrix: addresses that nobody reached", len(alone), "0", ok=alone == [])
        report("access matrix: audiences that never reached their address", len(unreached), "0", ok=unreached == [])
        report(
            "access matrix: forbidden cells without an allowed twin that shows a text", len(twins), "0", ok=not twins
        )


def without_a_twin(forbidden: set[str], opened: set[str], shown: set[str]) -> list[str]:
    """Return the forbidden cells of addresses at which nothing tells them from allowed ones.

    An allowed twin sees a text at the same address, on a record of some state: in another there may be none yet. An
    address that shows no text must open to somebody, or lead them on.
    """
    routes_open, routes_shown = ({place.partition(" ")[0] for place in places} for places in (opened, shown))
    telling = (routes_shown - WITHOUT_TEXT - LEADS_ON) | (routes_open & (WITHOUT_TEXT | LEADS_ON))
    return sorted(place for place in forbidden if place.partition(" ")[0] not in telling)
