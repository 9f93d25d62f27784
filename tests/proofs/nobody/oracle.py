"""Whose move each open matter is, said a second time: from the promise and the raw tables, not from the product's code.

A matter is a record and a duty about it. It has movers: the memberships in force of which one must have it on the list.
Where somebody outside the hub owes the move and nobody of theirs is in force, it is the manager's.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from common.moments import london_day
from tests.proofs.nobody.rows import Member, Raw, Row

CONVENERS = ("social_worker", "manager", "out_of_hours")
ASKED = ("researcher", "lead")


@dataclass(frozen=True)
class Matter:
    """A duty about one record.

    Attributes:
        duty: in a few words, the same for all records of its kind; how a violation is called.
        references: by which a line of a list may call it: its own, or that of the record on whose page it is done.
        movers: who may make the move; one of them must have it on the list.
        is_now: Red or unsafe: it must be on the list of one of them who is on duty now.
        case: what its enquiry and contacts are called: by one of them the duty team has it while the hub is closed.
    """

    duty: str
    references: frozenset[str]
    movers: frozenset[uuid.UUID]
    is_now: bool = False
    case: frozenset[str] = frozenset()

    @property
    def reference(self) -> str:
        """The record, in words."""
        return " / ".join(sorted(self.references))


@dataclass
class Tables:
    """What is open, by table; and who is in force and not away.

    Attributes:
        covers: the memberships that a manager has named to cover for somebody who is away today.
    """

    at: datetime
    members: list[Member]
    covers: dict[uuid.UUID, set[uuid.UUID]]
    contacts: dict[uuid.UUID, Row]
    enquiries: dict[uuid.UUID, Row]
    excluded: dict[uuid.UUID, set[uuid.UUID]]
    raw: Raw

    def who(self, test: Callable[[Member], bool], *about: uuid.UUID | None) -> frozenset[uuid.UUID]:
        """Return the memberships that meet a test, without those that are excluded from one of these cases."""
        out: set[uuid.UUID] = set().union(*(self.excluded.get(one, set()) for one in about if one is not None))
        return frozenset(one.key for one in self.members if test(one) and one.key not in out)

    def holding(self, *roles: str, about: Iterable[uuid.UUID | None] = ()) -> frozenset[uuid.UUID]:
        """Return the memberships that hold one of the roles."""
        return self.who(lambda one: one.holds(*roles), *about)

    def desk(self, role: str, *about: uuid.UUID | None) -> frozenset[uuid.UUID]:
        """Return who is at a desk of the hub, front door or decision maker; with nobody there, the managers."""
        at_desk = self.who(
            lambda one: one.holds(role) and (role != "screener" or one.agency_kind == "social_care"), *about
        )
        return at_desk or self.holding("manager", about=about)

    def workers(self, enquiry: uuid.UUID, worker: uuid.UUID | None) -> frozenset[uuid.UUID]:
        """Return who works on an enquiry today: its social worker, or whoever covers for them; empty for nobody."""
        if worker is None:
            return frozenset()
        named = self.covers.get(worker, {worker})
        return self.who(lambda one: one.key in named and one.holds("social_worker"), enquiry)


def read(raw: Raw, at: datetime) -> Tables:
    """Read what is open at a moment."""
    contacts = {uuid.UUID(str(row["id"])): row for row in raw.table("contacts_contact")}
    enquiries = {uuid.UUID(str(row["id"])): row for row in raw.table("screening_enquiry")}
    covers: dict[uuid.UUID, set[uuid.UUID]] = {}
    for row in raw.rows(AWAY, {"day": london_day(at)}):
        covers.setdefault(uuid.UUID(str(row["membership_id"])), set()).update(filter(None, [_key(row["cover_id"])]))
    members = [one for one in raw.members(at) if one.key not in covers]
    return Tables(at, members, covers, contacts, enquiries, _excluded(raw, members, contacts), raw)


AWAY = """
SELECT membership_id, cover_id FROM agencies_absence
 WHERE ended_at IS NULL AND starts_on <= %(day)s AND ends_on >= %(day)s
"""


def _excluded(raw: Raw, members: list[Member], contacts: dict[uuid.UUID, Row]) -> dict[uuid.UUID, set[uuid.UUID]]:
    """Return who is excluded from which contacts and enquiries; a conflict about either closes both."""
    found: dict[uuid.UUID, set[uuid.UUID]] = defaultdict(set)
    for row in raw.table("agencies_conflictofinterest", "lifted_at IS NULL"):
        told = {str(row[name]) for name in ("membership_id", "user_id", "agency_id", "team_id") if row[name]}
        out = {one.key for one in members if told & {str(one.key), str(one.user), str(one.agency), str(one.team)}}
        case = {str(row[name]) for name in ("contact_id", "enquiry_id") if row[name]}
        for key, contact in contacts.items():
            if case & {str(key), str(contact["enquiry_id"])}:
                found[key] |= out
                if contact["enquiry_id"]:
                    found[uuid.UUID(str(contact["enquiry_id"]))] |= out
    return found


def matters(tables: Tables) -> list[Matter]:
    """Return every open matter."""
    cases = _cases(tables)
    found = [matter for duties in DUTIES for matter in duties(tables)]
    return [replace(one, case=cases.get(min(one.references), frozenset())) if one.is_now else one for one in found]


def _cases(tables: Tables) -> dict[str, frozenset[str]]:
    """Return what the case of each enquiry and summary is called by: enquiry and contacts. A handover stands alone."""
    contacts: dict[str, set[str]] = defaultdict(set)
    for row in tables.contacts.values():
        contacts[str(row["enquiry_id"])].add(row["reference"])
    found = {
        row["reference"]: frozenset({row["reference"], *contacts[str(key)]}) for key, row in tables.enquiries.items()
    }
    for row in tables.raw.table("decisions_mashsummary"):
        found[row["reference"]] = found[tables.enquiries[uuid.UUID(str(row["enquiry_id"]))]["reference"]]
    return found | {row["reference"]: frozenset({row["reference"]}) for row in tables.raw.table("screening_handover")}


def _key(value: object) -> uuid.UUID | None:
    return uuid.UUID(str(value)) if value else None


def _of_contacts(tables: Tables) -> Iterator[Matter]:
    screenings = {str(row["contact_id"]): row for row in tables.raw.table("screening_screening")}
    for key, row in tables.contacts.items():
        about = (key, _key(row["enquiry_id"]))
        refers = frozenset({row["reference"]})
        if row["state"] in {"received", "with_panel"}:
            state = screenings.get(str(key), {}).get("state", "open")
            movers = (
                tables.holding("manager", about=about) if state == "with_manager" else tables.desk("screener", *about)
            )
            if state == "with_panel":
                movers |= tables.holding("screener", about=about)
            yield Matter(f"screen a contact ({state})", refers, movers)
        if row["state"] == "received":
            yield Matter("complete a contact", refers, tables.desk("front_door", *about))
        if row["state"] == "passed_on" and row["worker_acknowledged_at"] is None:
            teams = tables.raw.table("screening_handover", f"contact_id = '{key}' AND state IN ('sent', 'queried')")
            of_team = {str(one["team_id"]) for one in teams}
            in_team = tables.who(lambda one, of=of_team: str(one.team) in of, *about)  # type: ignore[misc]
            movers = in_team | tables.desk("front_door", *about)
            yield Matter("acknowledge what was passed on", refers | {one["reference"] for one in teams}, movers)


def _of_danger(tables: Tables) -> Iterator[Matter]:
    work: dict[str, list[Row]] = defaultdict(list)
    for row in tables.raw.table("contacts_protection"):
        work[str(row["contact_id"])].append(row)
    safe = {str(row["protection_id"]): row["until"] for row in tables.raw.rows(SAFE_UNTIL)}
    for key, contact in tables.contacts.items():
        about = (key, _key(contact["enquiry_id"]))
        conveners = tables.holding(*CONVENERS, about=about)
        lines = work[str(key)]
        refers = frozenset({contact["reference"], *(one["reference"] for one in lines)})
        if contact["immediate_danger"] and contact["ended_at"] is None and not lines:
            movers = conveners | tables.holding("front_door", about=about)
            yield Matter("protect a child in danger", refers, movers, is_now=True)
        for line in lines:
            mine = frozenset({line["reference"]})
            if line["state"] in {"raised", "convened"}:
                yield Matter(f"lead protective work ({line['state']})", mine, conveners, is_now=True)
            until = safe.get(str(line["id"]))
            if line["state"] == "held" and until and until <= tables.at and contact["ended_at"] is None:
                yield Matter("say until when a child is safe", mine, conveners, is_now=True)


SAFE_UNTIL = """
SELECT protection_id, min(safe_until) AS until
  FROM (SELECT DISTINCT ON (protection_id, subject_id) protection_id, subject_id, safe_until
          FROM contacts_whereabouts ORDER BY protection_id, subject_id, recorded_at DESC, id DESC) AS latest
 GROUP BY protection_id
"""


def _of_enquiries(tables: Tables) -> Iterator[Matter]:
    summaries: dict[str, list[str]] = defaultdict(list)
    for row in tables.raw.table("decisions_mashsummary"):
        summaries[str(row["enquiry_id"])].append(row["state"])
    for key, row in tables.enquiries.items():
        worker = _key(row["social_worker_id"])
        working = tables.workers(key, worker)
        managers, refers = tables.holding("manager", about=(key,)), frozenset({row["reference"]})
        is_red = row["colour"] == "red"
        if row["state"] in {"gathering", "deciding", "decided"} and not working:
            gone = "" if worker is None else ", the worker is gone"
            yield Matter(f"assign a worker ({row['state']}{gone})", refers, managers, is_red)
        if row["state"] == "gathering" and working:
            yield Matter("gather and recommend", refers, working, is_red)
        if row["state"] in {"to_rate", "deciding", "decided"}:
            duty = {"to_rate": "rate", "deciding": "decide", "decided": "release or close"}[row["state"]]
            yield Matter(f"{duty} an enquiry", refers, managers, is_red)
        if row["state"] == "released" and not set(summaries[str(key)]) & {"sent", "queried"}:
            yield Matter("go on with a released enquiry that no team has", refers, managers, is_red)


def _of_agreement(tables: Tables) -> Iterator[Matter]:
    given = {str(row["enquiry_id"]) for row in tables.raw.table("information_sharing_sharingauthority")}
    said: dict[str, set[str]] = defaultdict(set)
    for contact in tables.contacts.values():
        said[str(contact["enquiry_id"])].add(contact["agreement"])
    for key, row in tables.enquiries.items():
        if row["state"] != "gathering" or str(key) in given or row["social_worker_id"] is None:
            continue
        agreement = said[str(key)]
        refers = frozenset({row["reference"]})
        unagreed = {"refused", "not_sought"} | (set() if "given" in agreement else {"sought"})
        if refused := agreement & unagreed:
            duty = f"authorise asking without agreement ({min(refused)})"
            yield Matter(duty, refers, tables.holding("manager", about=(key,)))
        elif "given" not in agreement:
            contacts = {one["reference"] for one in tables.contacts.values() if str(one["enquiry_id"]) == str(key)}
            movers = tables.holding("front_door", "manager", about=(key,))
            yield Matter("record whether the family agrees", refers | contacts, movers)


def _of_requests(tables: Tables) -> Iterator[Matter]:
    states = "state IN ('sent', 'heard', 'cannot_search')"
    for row in tables.raw.table("information_sharing_informationrequest", states):
        enquiry = tables.enquiries[uuid.UUID(str(row["enquiry_id"]))]
        yield from _owed(tables, "answer a request", row, enquiry, ASKED)
    for row in tables.raw.rows(SPOKEN, {"at": tables.at}):
        enquiry = tables.enquiries[uuid.UUID(str(row["enquiry_id"]))]
        for matter in _owed(tables, "confirm a spoken answer", row, enquiry, ASKED):
            if enquiry["state"] != "closed" and not (row["has_time"] and matter.duty.endswith(NOBODY_IS)):
                yield matter
    for row in tables.raw.rows(
        "SELECT s.*, i.enquiry_id FROM information_sharing_safetyinstruction s"
        " JOIN information_sharing_item i ON i.id = s.item_id WHERE s.state IN ('proposed', 'refused')"
    ):
        enquiry = tables.enquiries[uuid.UUID(str(row["enquiry_id"]))]
        roles = ASKED if row["state"] == "proposed" else ("lead",)
        yield from _owed(tables, f"agree a safety instruction ({row['state']})", row, enquiry, roles)


NOBODY_IS = "where nobody is"
SPOKEN = """
SELECT r.*, EXISTS (SELECT FROM clock_deadline d WHERE d.subject_id = r.id AND d.measure = 'confirmation'
                       AND d.met_at IS NULL AND d.cancelled_at IS NULL AND d.due_at > %(at)s) AS has_time
  FROM information_sharing_answer a JOIN information_sharing_informationrequest r ON r.id = a.request_id
 WHERE a.is_spoken AND a.confirmed_at IS NULL
"""
"""What was said by telephone is known; where nobody can confirm it, it is looked at again when its clock is out."""


def _owed(tables: Tables, duty: str, row: Row, enquiry: Row, roles: tuple[str, ...]) -> Iterator[Matter]:
    """Yield what an agency owes; with nobody in force there it is the manager's, under any name of the case."""
    about, agency = (uuid.UUID(str(enquiry["id"])),), str(row["agency_id"])
    movers = tables.who(lambda one: one.holds(*roles) and str(one.agency) == agency, *about)
    refers = frozenset({row["reference"]})
    if movers:
        yield Matter(duty, refers, movers)
    elif enquiry["state"] != "closed":
        everywhere = refers | {enquiry["reference"]}
        yield Matter(f"{duty}, {NOBODY_IS}", everywhere, tables.holding("manager", about=about))


def _of_teams(tables: Tables) -> Iterator[Matter]:
    for row in tables.raw.table("decisions_mashsummary", "state IN ('draft', 'with_manager', 'sent', 'queried')"):
        enquiry = tables.enquiries[uuid.UUID(str(row["enquiry_id"]))]
        key, refers, is_red = uuid.UUID(str(enquiry["id"])), frozenset({row["reference"]}), enquiry["colour"] == "red"
        managers = tables.holding("manager", about=(key,))
        if row["state"] == "draft":
            worker = tables.workers(key, _key(enquiry["social_worker_id"]))
            duty = f"prepare a summary (enquiry {enquiry['state']})"
            yield Matter(duty, refers | {enquiry["reference"]}, managers | worker, is_red)
        elif row["state"] == "with_manager":
            yield Matter("confirm a summary", refers, managers, is_red)
        else:
            yield from _with_team(tables, "take over a summary", row, refers, (key,), is_red=is_red)
        if row["state"] == "queried":
            yield Matter("answer a team about a summary", refers, managers, is_red)


def _of_handovers(tables: Tables) -> Iterator[Matter]:
    later = (
        "EXISTS (SELECT 1 FROM screening_handover l WHERE l.screening_id = h.screening_id AND l.sent_at > h.sent_at)"
    )
    for row in tables.raw.rows(f"SELECT * FROM screening_handover h WHERE state <> 'accepted' AND NOT {later}"):
        contact = uuid.UUID(str(row["contact_id"]))
        refers, managers = frozenset({row["reference"]}), tables.holding("manager", about=(contact,))
        is_red = row["colour"] == "red"
        if row["state"] in {"sent", "queried"}:
            yield from _with_team(tables, "take over a handover", row, refers, (contact,), is_red=is_red)
        if row["state"] == "queried":
            yield Matter("answer a team about a handover", refers, managers, is_red)
        if row["state"] in {"declined", "withdrawn"}:
            yield Matter(f"send a handover to another team ({row['state']})", refers, managers, is_red)


def _with_team(
    tables: Tables, duty: str, row: Row, refers: frozenset[str], about: tuple[uuid.UUID, ...], *, is_red: bool
) -> Iterator[Matter]:
    team = str(row["team_id"])
    movers = tables.who(lambda one: one.holds("receiving_worker") and str(one.team) == team, *about)
    if movers:
        yield Matter(duty, refers, movers, is_red)
    else:
        yield Matter(f"{duty}, where nobody is", refers, tables.holding("manager", about=about), is_red)


def _of_endings(tables: Tables) -> Iterator[Matter]:
    told = {str(row["contact_id"]) for row in tables.raw.table("decisions_feedback")}
    settled = {
        (str(row["contact_id"]), str(row["subject_id"]))
        for row in tables.raw.table("decisions_familyletter", "state IN ('sent', 'held_back')")
    }
    parents: dict[str, set[str]] = defaultdict(set)
    for row in tables.raw.rows(PARENTS):
        parents[str(row["contact_id"])].add(str(row["subject_id"]))
    for key, row in tables.contacts.items():
        if row["state"] != "ended":
            continue
        front, refers = tables.desk("front_door", key, _key(row["enquiry_id"])), frozenset({row["reference"]})
        if str(key) not in told:
            yield Matter("tell the referrer", refers, front)
        if row["enquiry_id"] and any((str(key), one) not in settled for one in parents[str(key)]):
            yield Matter("write to a parent", refers, front)


PARENTS = """
SELECT r.contact_id, r.subject_id FROM contacts_relation r JOIN contacts_subject s ON s.id = r.subject_id
 WHERE r.kind = 'parent' AND s.kind = 'adult'
"""


def _of_the_rest(tables: Tables) -> Iterator[Matter]:
    for row in tables.raw.table("decisions_complaint", "state = 'open'"):
        contact = tables.contacts[uuid.UUID(str(row["contact_id"]))]
        refers = frozenset({contact["reference"], row["reference"]})
        yield Matter("answer a complaint", refers, tables.holding("front_door", "manager", about=(contact["id"],)))
    for row in tables.raw.table("decisions_cameback", "settled_at IS NULL"):
        contact = tables.contacts[uuid.UUID(str(row["contact_id"]))]
        movers = tables.holding("front_door", "manager", about=(contact["id"],))
        yield Matter("see to what came back", frozenset({contact["reference"]}), movers)
    for row in tables.raw.table("decisions_outgoingtext", "state = 'waiting'"):
        movers = tables.holding("manager", about=(uuid.UUID(str(row["contact_id"])),))
        yield Matter("read a text before it goes out", frozenset({row["reference"]}), movers)
    for row in tables.raw.table("contacts_staffmatch", "settled_at IS NULL AND told_at IS NOT NULL"):
        contact = tables.contacts[uuid.UUID(str(row["contact_id"]))]
        about, refers = (contact["id"],), frozenset({row["reference"], contact["reference"]})
        yield Matter("settle a match with the staff list", refers, tables.holding("manager", about=about))
    for row in tables.raw.table("notices_deadletter", "seen_to_at IS NULL AND reference <> ''"):
        refers = frozenset({row["reference"]})
        yield Matter(
            "see to a mail about a child that did not leave", refers, tables.holding("manager", "social_worker")
        )


def _of_corrections(tables: Tables) -> Iterator[Matter]:
    for row in tables.raw.table("decisions_correctionnotice", "told_at IS NULL"):
        contact = tables.contacts[uuid.UUID(str(row["contact_id"]))]
        about, refers = (contact["id"], _key(contact["enquiry_id"])), frozenset({row["reference"]})
        agency, team = str(row["agency_id"]), str(row["team_id"])
        if row["agency_id"] is None and row["team_id"] is None:
            if row["kind"] in {"feedback", "letter"}:
                outside = refers | {contact["reference"]}
                yield Matter("say a correction to somebody outside", outside, tables.desk("front_door", *about))
            continue
        movers = tables.who(
            lambda one, agency=agency, team=team: (
                (str(one.agency) == agency and one.holds(*ASKED))  # type: ignore[misc]
                or (str(one.team) == team and one.holds("receiving_worker"))
            ),
            *about,
        )
        if movers:
            yield Matter("read a correction", refers, movers)
        else:
            yield Matter(f"read a correction, {NOBODY_IS}", refers, tables.holding("manager", about=about))


DUTIES: tuple[Callable[[Tables], Iterator[Matter]], ...] = (
    *(_of_contacts, _of_danger, _of_enquiries, _of_agreement, _of_requests),
    *(_of_teams, _of_handovers, _of_endings, _of_corrections, _of_the_rest),
)
