"""Rights that end while their holder reads and writes: after the commit nothing is read and nothing is written."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

import agencies.actions as directory
from agencies.access.identity import acting_as
from agencies.models import Membership
from screening import actions as screening
from screening.models import Enquiry
from screening.queries.conflicts import case_of_enquiry
from screening.rules import Whom
from tests.architecture.people import visitor
from tests.architecture.planting import PLAIN, enter_world
from tests.proofs.crawling import enter_as
from tests.proofs.figures import add, is_quick, report
from tests.proofs.kinds import manager
from tests.proofs.racing import Race, Right, run, seconds_of_a_round
from tests.proofs.scenes import Scene, ask, change, scene, viewer
from tests.proofs.test_twins import twins

__all__ = ["twins"]

ALL_RACES, QUICK_RACES = 1000, 24
SAIRA = "Saira Malik"

number = itertools.count(1)


def membership_ended() -> tuple[Right, str]:
    """Let the administrator end a front-door worker's membership while she raises the alarm."""
    reference, contact = ask("SELECT reference, id FROM contacts_contact WHERE state = 'received' ORDER BY id LIMIT 1")[
        0
    ]
    person = visitor("front_door").viewer
    assert person

    def write(client: Client) -> None:
        client.post(reverse("contacts:protect", args=[reference]), {"reason": f"Alarm {next(number)}"})

    def end() -> None:
        administrator = viewer(_membership_of("anton.admin"))
        with acting_as(administrator, to_write=True):
            row = Membership.objects.get(pk=str(person.membership_id))
            directory.end_membership(row, viewer=administrator, at=timezone.now())

    def restore() -> None:
        change("UPDATE agencies_membership SET ended_at = NULL WHERE id = %s", person.membership_id)

    written = (
        "SELECT (SELECT count(*) FROM contacts_protection), (SELECT count(*) FROM contacts_furtherreason),"
        f" (SELECT count(*) FROM audit_event WHERE record_id = '{contact}')"
    )
    return Right(reverse("contacts:contact", args=[reference]), write, written, end, restore), "front_door"


def agreement_lapsed() -> tuple[Right, str]:
    """Let the police's signature lapse while their researcher seals one thing after another."""
    case = scene("without anything sealed")
    reference, request = ask(
        "SELECT r.reference, r.id FROM information_sharing_informationrequest r JOIN agencies_agency a"
        " ON a.id = r.agency_id WHERE r.enquiry_id = %s AND a.kind = 'police' ORDER BY r.id LIMIT 1",
        case.enquiry_id,
    )[0]
    of_police = "agency_id IN (SELECT id FROM agencies_agency WHERE kind = 'police')"

    def write(client: Client) -> None:
        form = {"text": f"Intelligence {next(number)}", "theme": "offending", "precision": "unknown", "door": "no"}
        client.post(reverse("information_sharing:seal", args=[reference]), form)

    def end() -> None:
        change(
            f"UPDATE agencies_signature SET signed_on = signed_on - 900, ends_on = current_date - 800 WHERE {of_police}"
        )

    def restore() -> None:
        change(f"UPDATE agencies_signature SET signed_on = signed_on + 900, ends_on = NULL WHERE {of_police}")

    written = f"SELECT count(*) FROM information_sharing_item WHERE request_id = '{request}'"
    return Right(reverse("information_sharing:request", args=[reference]), write, written, end, restore), "researcher"


def worker_changed() -> tuple[Right, str]:
    """Let the manager give an enquiry to another social worker while the first one types the analysis."""
    case: Scene = scene("with something sealed")
    worker = case.worker
    reference = case.references["screening_enquiry"][0]
    address = reverse("decisions:analysis", args=[reference])
    other = _membership_of("sean.worker" if worker.name == SAIRA else "saira.worker")

    def write(client: Client) -> None:
        page = client.get(address).content.decode()
        form = dict(re.findall(r'<input[^>]*type="hidden"[^>]*name="(\w+)"[^>]*value="([^"]*)"', page))
        client.post(reverse("decisions:analysis_draft", args=[reference]), form | {"summary": f"Draft {next(number)}"})

    def give(to: str) -> None:
        acting = manager()
        with acting_as(acting, to_write=True):
            enquiry = Enquiry.objects.get(pk=case.enquiry_id)
            screening.assign_social_worker(enquiry, viewer(to).membership_id, viewer=acting, at=timezone.now())  # type: ignore[arg-type]

    of_case = f"FROM decisions_analysis a WHERE enquiry_id = '{case.enquiry_id}'"
    written = f"SELECT md5(string_agg(a::text, '' ORDER BY a.id)) {of_case}"
    right = Right(address, write, written, lambda: give(other), lambda: give(str(worker.membership_id)))
    return right, "social_worker" if worker.name == SAIRA else "other_worker"


def conflict_entered() -> tuple[Right, str]:
    """Let the manager close a case to its own social worker while they type the analysis."""
    right, name = worker_changed()
    case: Scene = scene("with something sealed")
    worker = case.worker
    assert worker.user_id
    whom = Whom("user", worker.user_id)

    def end() -> None:
        with acting_as(manager(), to_write=True) as acting:
            enquiry = Enquiry.objects.get(pk=case.enquiry_id)
            screening.close_to(
                case_of_enquiry(enquiry), whom, reason="They are cousins.", viewer=acting, at=timezone.now()
            )

    def restore() -> None:
        change("DELETE FROM agencies_conflictofinterest WHERE enquiry_id = %s", case.enquiry_id)
        acting = manager()
        with acting_as(acting, to_write=True):
            enquiry = Enquiry.objects.get(pk=case.enquiry_id)
            screening.assign_social_worker(enquiry, worker.membership_id, viewer=acting, at=timezone.now())  # type: ignore[arg-type]

    return replace(right, end=end, restore=restore), name


def _membership_of(person: str) -> str:
    return str(
        ask(
            "SELECT m.id FROM agencies_membership m JOIN agencies_user u ON u.id = m.user_id WHERE u.email = %s"
            " ORDER BY m.starts_on LIMIT 1",
            f"{person}@demo.invalid",
        )[0][0]
    )


RIGHTS: dict[str, Callable[[], tuple[Right, str]]] = {
    "membership ended": membership_ended,
    "agreement lapsed": agreement_lapsed,
    "worker changed": worker_changed,
    "conflict entered": conflict_entered,
}


@pytest.mark.parametrize("kind", list(RIGHTS))
def test_nothing_is_read_or_written_after_a_right_has_ended(kind: str, twins: None) -> None:
    enter_world(PLAIN)
    right, name = RIGHTS[kind]()
    client = enter_as(name).client
    wanted = -(-(QUICK_RACES if is_quick() else ALL_RACES) // len(RIGHTS))
    pace = seconds_of_a_round(right, client)
    races: list[Race] = [run(right, client, round_seconds=pace) for _ in range(wanted)]
    add("revocation: races", len(races), f">= {QUICK_RACES if is_quick() else ALL_RACES}")
    # Races in which nothing could be read or written would prove nothing.
    busy = sum(race.reads > 0 and race.writes > 0 for race in races)
    report(f"revocation: busy races, {kind}", busy, f">= {wanted // 4}", ok=busy >= wanted // 4)
    add("revocation: rows read after", sum(r.rows_after for r in races), "0")
    add("revocation: writes after", sum(r.writes_after for r in races), "0")
