"""The kinds of secret in which two worlds differ, and who may know each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from agencies.access.identity import acting_as
from agencies.access.viewer import Viewer
from common.data_keys import key_of, seal_under
from common.moments import london_day
from contacts.models import Referrer
from decisions.models import SealedReasons
from information_sharing import actions
from information_sharing.actions import NewItem, Revision
from information_sharing.choices import Handling
from information_sharing.models import InformationRequest, Item
from information_sharing.transitions import UNANSWERED
from screening import actions as screening
from screening.models import Enquiry
from screening.queries.conflicts import case_of_enquiry
from screening.rules import Whom
from tests.proofs.crawling import PRINCIPALS, instant
from tests.proofs.scenes import Scene, ask, change, viewer

OTHER_WORDS = "Something else that nobody without need may ever read"
MANAGER, POLICE, LEAD = "manager", "researcher", "lead"
WORKERS = frozenset({"social_worker", "other_worker"})
"""One of them has the case."""

HUB = frozenset({"front_door", "screener", "panel", MANAGER, "out_of_hours"}) | WORKERS


@dataclass(frozen=True)
class Kind:
    """One secret.

    Attributes:
        name: what differs.
        scene: the case it is put on.
        keep: puts it into the second world; may return keys and references that only that world has.
        may_know: to whom the base matrix opens it; everybody else must not be able to tell the worlds apart.
    """

    name: str
    scene: str
    keep: Callable[[Scene], NewRecords]
    may_know: frozenset[str]

    @property
    def without_need(self) -> list[str]:
        """Everybody who must not be able to tell."""
        return [name for name in PRINCIPALS if name not in self.may_know]


@dataclass(frozen=True)
class NewRecords:
    """What only the second world has: an address of it must look like that of nothing."""

    references: dict[str, list[str]] = field(default_factory=dict)
    items: list[str] = field(default_factory=list)


NOTHING_NEW = NewRecords()


def member_of(kind: str, role: str) -> Viewer:
    """Return somebody of an agency of a kind, by role."""
    return viewer(
        ask(
            "SELECT m.id FROM agencies_membership m JOIN agencies_agency a ON a.id = m.agency_id"
            " WHERE a.kind = %s AND %s = ANY (m.roles) ORDER BY m.id LIMIT 1",
            kind,
            role,
        )[0][0]
    )


def manager() -> Viewer:
    """Return the MASH manager whom the crawl knows."""
    return viewer(
        ask(
            "SELECT m.id FROM agencies_membership m JOIN agencies_user u ON u.id = m.user_id"
            " WHERE u.email = 'maeve.manager@demo.invalid' ORDER BY m.starts_on LIMIT 1"
        )[0][0]
    )


def request_to(case: Scene, police: bool) -> tuple[InformationRequest, str]:
    """Return a request of a case that was not withdrawn, and the kind of agency it went to."""
    found = ask(
        "SELECT r.id, a.kind FROM information_sharing_informationrequest r JOIN agencies_agency a ON a.id = r.agency_id"
        f" WHERE r.enquiry_id = %s AND r.state <> 'withdrawn' AND a.kind {'=' if police else '<>'} 'police'"
        " ORDER BY r.answered_at IS NOT NULL, r.reference LIMIT 1",
        case.enquiry_id,
    )
    with acting_as(manager()):
        return InformationRequest.objects.get(pk=found[0][0]), str(found[0][1])


def deposit(case: Scene) -> NewRecords:
    """Seal something for the manager alone."""
    request, _ = request_to(case, police=True)
    new = NewItem(
        text=OTHER_WORDS, handling=Handling.MANAGER_ONLY, theme="offending", occurred_on=london_day(instant())
    )
    with acting_as(member_of("police", "researcher")) as author:
        item = actions.deposit_sealed(request, new, viewer=author, at=instant())
    return NewRecords(items=[str(item.pk)])


def deposit_another(case: Scene) -> NewRecords:
    """Seal something where something is sealed already; by the agency that was asked, whichever it is."""
    request, kind = request_to(case, police=False)
    new = NewItem(text=OTHER_WORDS, handling=Handling.MANAGER_ONLY)
    with acting_as(member_of(kind, "researcher")) as author:
        item = actions.deposit_sealed(request, new, viewer=author, at=instant())
    return NewRecords(items=[str(item.pk)])


def reword_sealed(case: Scene) -> NewRecords:
    """Let its author write what is sealed anew, at greater length."""
    with acting_as(manager()):
        item = Item.objects.get(pk=sealed_item(case))
    with acting_as(viewer(item.author_id)) as author:
        actions.revise_item(item, Revision(OTHER_WORDS * 9, item.handling, item.theme), viewer=author, at=instant())
    return NOTHING_NEW


def sealed_item(case: Scene) -> str:
    """Return the key of something sealed."""
    of_case = "enquiry_id = %s AND handling = 'manager_only'"
    statement = f"SELECT id FROM information_sharing_item WHERE {of_case} ORDER BY id LIMIT 1"
    return str(ask(statement, case.enquiry_id)[0][0])


def rewritten(rows: models.QuerySet[Any], text: str, *columns: str) -> NewRecords:
    """Write other texts into encrypted columns, closed as the product closes them; there must be some."""
    written = 0
    for row in rows:
        for column in columns:
            field: Any = row._meta.get_field(column)
            closed = seal_under(key_of(field.owner_of(row)), f"{text} {column}", place=field.place, row=row.pk)
            table, key = row._meta.db_table, row._meta.pk.column
            written += change(f"UPDATE {table} SET {column} = %s WHERE {key} = %s", closed, row.pk)
    assert written > 0
    return NOTHING_NEW


def changed(statement: str, *values: object) -> NewRecords:
    """Change rows, and make sure that there were any."""
    assert change(statement, *values) > 0
    return NOTHING_NEW


def propose(case: Scene) -> NewRecords:
    """Let the manager propose an instruction from what is sealed."""
    with acting_as(manager()) as acting:
        item = Item.objects.get(pk=sealed_item(case))
        made = actions.propose_instruction(item, "Never knock alone.", viewer=acting, at=instant())
    return NewRecords(references={"information_sharing_safetyinstruction": [made.reference]})


def name_reader(case: Scene) -> NewRecords:
    """Let the police's lead name the researcher for what may be sealed."""
    request, _ = request_to(case, police=True)
    named = member_of("police", "researcher").membership_id
    assert named
    with acting_as(member_of("police", "lead")) as acting:
        actions.name_reader(request, named, viewer=acting, at=instant())
    return NOTHING_NEW


def withdraw_request(case: Scene) -> NewRecords:
    """Let the social worker take a request back that another agency has not answered."""
    request, _ = request_to(case, police=False)
    assert request.state in UNANSWERED, request.state
    with acting_as(case.worker) as acting:
        actions.withdraw_request(request, viewer=acting, at=instant(), version=None)
    return NOTHING_NEW


def other_request_words(case: Scene) -> NewRecords:
    """Let another agency have been asked something else."""
    request, _ = request_to(case, police=False)
    return changed(
        "UPDATE information_sharing_informationrequest SET asks = %s, purpose = %s, concern = %s WHERE id = %s",
        *[OTHER_WORDS] * 3,
        request.pk,
    )


def widen_handling(case: Scene) -> NewRecords:
    """Let another agency have chosen another handling for everything that it gave."""
    return changed(
        "UPDATE information_sharing_item SET handling = CASE handling WHEN 'onward' THEN 'hub_only' ELSE 'onward' END"
        " WHERE enquiry_id = %s AND handling <> 'manager_only' AND agency_id IN"
        " (SELECT id FROM agencies_agency WHERE kind <> 'police')",
        case.enquiry_id,
    )


def other_referrer(case: Scene) -> NewRecords:
    """Let somebody else have been worried, who asked to stay unknown."""
    rows = Referrer.objects.filter(contact__enquiry_id=case.enquiry_id, is_private=True)
    return rewritten(rows, OTHER_WORDS, "name", "email", "telephone", "address")


def other_sealed_reasons(case: Scene) -> NewRecords:
    """Let the manager have sealed other reasons."""
    return rewritten(SealedReasons.objects.filter(decision__enquiry_id=case.enquiry_id), OTHER_WORDS * 7, "text")


def no_sealed_reasons(case: Scene) -> NewRecords:
    """Let the manager have sealed no reasons at all."""
    return changed(
        "DELETE FROM decisions_sealedreasons WHERE decision_id IN"
        " (SELECT id FROM decisions_decision WHERE enquiry_id = %s)",
        case.enquiry_id,
    )


def other_analysis(case: Scene) -> NewRecords:
    """Let the social worker have drawn another conclusion."""
    return changed(
        "UPDATE decisions_analysis SET summary = %s, risks = %s WHERE enquiry_id = %s",
        OTHER_WORDS,
        OTHER_WORDS,
        case.enquiry_id,
    )


def unasked_child(case: Scene) -> NewRecords:
    """Let everybody in the family about whom nobody asked the police have another name."""
    return changed(
        "UPDATE contacts_subject SET given_name = %s WHERE contact_id IN (SELECT id FROM contacts_contact WHERE"
        " enquiry_id = %s) AND id NOT IN (SELECT s.subject_id FROM information_sharing_requestsubject s JOIN"
        " information_sharing_informationrequest r ON r.id = s.request_id JOIN agencies_agency a ON a.id = r.agency_id"
        " WHERE a.kind = 'police')",
        OTHER_WORDS[:60],
        case.enquiry_id,
    )


def enter_conflict(case: Scene) -> NewRecords:
    """Let the manager close the case to a social worker who has no part in it."""
    statement = (
        "SELECT u.id FROM agencies_user u WHERE u.email IN ('saira.worker@demo.invalid', 'sean.worker@demo.invalid')"
        " AND u.id <> %s"
    )
    whom = Whom("user", ask(statement, case.worker.user_id)[0][0])
    with acting_as(manager()) as acting:
        enquiry = Enquiry.objects.get(pk=case.enquiry_id)
        screening.close_to(case_of_enquiry(enquiry), whom, reason=OTHER_WORDS, viewer=acting, at=instant())
    return NOTHING_NEW


NAMING = (
    "information_sharing:instruction",
    "information_sharing:refuse_instruction",
    "information_sharing:refuse_for_agency",
    "information_sharing:edit_item",
    "information_sharing:withdraw_item",
    "information_sharing:propose_instruction",
)
"""Addresses that name an item or an instruction: what only one world has must look like nothing there."""

PLAIN, SEALED, DECIDED = "without anything sealed", "with something sealed", "decided"
GIVEN, PRIVATE = "with something that others gave", "with a private referrer"
WAITING = "with a request that another agency has not answered"
UNASKED = "with somebody about whom the police were not asked"
ASKED = frozenset({"other_researcher"})
AUDIT = frozenset({"auditor"})
"""Sees that something was done, by whom and when, never what it says: that it was done is no secret to the audit."""

KINDS = (
    Kind("something sealed where nothing was", PLAIN, deposit, frozenset({MANAGER, POLICE}) | WORKERS | AUDIT),
    Kind("a request taken back", WAITING, withdraw_request, frozenset({MANAGER}) | WORKERS | ASKED | AUDIT),
    Kind("a reader named for what may be sealed", PLAIN, name_reader, frozenset({POLICE, LEAD}) | AUDIT),
    Kind("what another agency was asked", PLAIN, other_request_words, frozenset({MANAGER}) | WORKERS | ASKED),
    Kind("handling of another agency's items", GIVEN, widen_handling, frozenset({MANAGER}) | WORKERS | ASKED),
    Kind("a conflict of interest", PLAIN, enter_conflict, frozenset({MANAGER}) | AUDIT),
    Kind("a private referrer", PRIVATE, other_referrer, frozenset({MANAGER, "front_door"}) | WORKERS),
    Kind("a second sealed item", SEALED, deposit_another, frozenset({MANAGER}) | ASKED | AUDIT),
    Kind("the text of a sealed item", SEALED, reword_sealed, frozenset({MANAGER, POLICE}) | AUDIT),
    Kind("an instruction for the manager alone", SEALED, propose, frozenset({MANAGER, POLICE}) | AUDIT),
    Kind("an analysis", SEALED, other_analysis, frozenset({MANAGER}) | WORKERS),
    Kind("sealed reasons", DECIDED, other_sealed_reasons, frozenset({MANAGER})),
    Kind("that reasons were sealed", DECIDED, no_sealed_reasons, frozenset({MANAGER})),
    Kind("the name of a child who was not asked about", UNASKED, unasked_child, HUB | ASKED | {"receiving_worker"}),
)
QUICK = ("something sealed where nothing was", "the text of a sealed item")
