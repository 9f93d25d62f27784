"""The canary sweep: after a full run with a real worker, the planted words rest in their tables and nowhere else."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.test import Client
from django.urls import reverse

from common.encryption import EncryptedTextField
from tests.architecture.addresses import routes
from tests.architecture.people import PEOPLE, Visitor, addresses, visitor
from tests.architecture.planting import CANARY, NOT_PLANTED, case_records, enter_world
from tests.broker import call
from tests.proofs.figures import is_quick, report
from tests.proofs.scenes import ask
from tests.proofs.sweeping import Worker, dump, files_since, logged, own_folder, own_temporary_files, queue, sessions
from tests.proofs.test_twins import twins

__all__ = ["twins"]

PATIENCE_SECONDS = 90
QUICK_PEOPLE = ("social_worker", "lead")
MOST = 2


def walk(name: str, world: object) -> int:
    """Open every address as somebody, for records that they may see and some that they may not; nothing is undone."""
    one, seen = visitor(name), 0
    for route in routes():
        if route.name.startswith("account_"):
            continue
        for path in addresses(route, world, one.viewer)[:MOST]:  # type: ignore[arg-type]
            seen += CANARY.encode() in one.client.get(path).content
    return seen


def actions() -> None:
    """Write, so that events, notices, mails and tasks follow: an alarm, a deposit, an odd form, a search."""
    contact = ask("SELECT reference FROM contacts_contact WHERE state = 'received' ORDER BY id LIMIT 1")[0][0]
    request = ask(
        "SELECT r.reference FROM information_sharing_informationrequest r JOIN agencies_agency a ON a.id = r.agency_id"
        " WHERE a.kind = 'police' AND r.answered_at IS NULL AND r.state <> 'withdrawn' ORDER BY r.id LIMIT 1"
    )[0][0]
    front, police = visitor("front_door"), visitor("researcher")
    alarm = front.client.post(reverse("contacts:protect", args=[contact]), {"reason": f"{CANARY} protection reason"})
    sealed = {"text": f"{CANARY} sealedtext text", "theme": "offending", "door": "no"}
    deposit = police.client.post(reverse("information_sharing:seal", args=[request]), sealed)
    assert (alarm.status_code, deposit.status_code) == (302, 302)
    odd(front, police, request)


def odd(front: Visitor, police: Visitor, request: str) -> None:
    """Send what goes wrong: NUL bytes, too much, a wrong reference, a broken session."""
    for words in (f"{CANARY}\0", f"{CANARY} " * 3000):
        police.client.post(reverse("information_sharing:seal", args=[request]), {"text": words, "theme": words[:9]})
        front.client.post(reverse("contacts:suggest"), {"children-0-family_name": words[:200]})
    Client().get(f"/contacts/{CANARY}/")
    Client().post(reverse("account_login"), {"login": f"{CANARY}@mail.invalid", "password": CANARY})


def eventually(happened: Callable[[], bool]) -> None:
    """Wait until the worker has done something.

    Raises:
        AssertionError: it did not in time.
    """
    until = time.monotonic() + PATIENCE_SECONDS
    while not happened():
        assert time.monotonic() < until, "The worker sent no mail."
        time.sleep(0.2)


def test_planted_words_rest_in_their_tables_and_nowhere_else(twins: None) -> None:
    world, began = enter_world(), time.time()
    left = Worker(own_folder())
    with own_temporary_files(left.folder), logged() as kept:
        seen = sum(walk(name, world) for name in (QUICK_PEOPLE if is_quick() else PEOPLE))
        actions()
        waiting = queue()
        with left.running():
            call("notices.tasks.sweep", settings.CELERY_BROKER_URL)
            call("notices.tasks.send_waiting", settings.CELERY_BROKER_URL)
            eventually(lambda: len(left.mails) > 0)
    places = {
        # What somebody typed into the address bar stands in every access log; no address of ours holds such words.
        "application log": "\n".join(line for line in kept.lines if f"/contacts/{CANARY}/" not in line),
        "queue before the worker": waiting,
        "queue after it": queue(),
        "sessions": sessions(),
    }
    hits = [name for name, said in places.items() if CANARY in said]
    hits += [str(path) for path in files_since(began, left.folder) if CANARY.encode() in path.read_bytes()]
    assert min(len(kept.lines), len(waiting), len(places["sessions"]), len(left.mails)) > 0
    report("canary sweep: pages that showed it", seen, ">= 20", ok=seen >= 20)
    report("canary sweep: hits in logs, queue, mail, sessions and files", len(hits), "0", ok=hits == [])
    backup = dump()
    holding = {table for table, said in backup.items() if CANARY in said}
    beyond = sorted(holding - {m._meta.db_table for m in case_records() if m not in NOT_PLANTED})
    report("canary sweep: tables of the dump that should not hold it", len(beyond), "0", ok=beyond == [])
    assert len(holding) > 20
    clear = [words for words in sealed_words() if any(words in said for said in backup.values())]
    report("canary sweep: sealed texts readable in the dump", len(clear), "0", ok=clear == [])


def test_only_what_the_own_processes_write_is_searched() -> None:
    began, folder = time.time(), own_folder() / "searched"
    folder.mkdir(exist_ok=True)
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as anothers, own_temporary_files(folder):
        anothers.write(CANARY)
        anothers.flush()
        mine = Path(tempfile.mkstemp(suffix=".txt")[1])
        started = [sys.executable, "-c", "import tempfile; print(tempfile.mkstemp(suffix='.txt')[1])"]
        childs = Path(subprocess.run(started, check=True, capture_output=True, text=True).stdout.strip())
        (earlier := folder / "earlier.txt").touch()
        os.utime(earlier, (began - 60, began - 60))
        found = {path for path in files_since(began - 1, folder) if path.suffix == ".txt"}
    assert found == {mine, childs}


def sealed_words() -> list[str]:
    """Return what was planted into every encrypted column."""
    return [
        f"{CANARY} {model._meta.model_name} {column.name}"
        for model in apps.get_models()
        for column in model._meta.concrete_fields
        if isinstance(column, EncryptedTextField)
    ]
