"""A whole hub for the browser tests: gunicorn, worker and beat as processes, real SMTP, a database of its own."""

from __future__ import annotations

import email
import email.policy
import os
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

import psycopg2
from psycopg2 import sql

from deploy.bootstrap import restrict_database
from deploy.local.places import python
from deploy.local.serving import answers, celery, gunicorn
from deploy.local.supervisor import Program, Supervisor
from deploy.local.surroundings import only
from deploy.local.valkey import free_port
from tests.database import ADMIN_URL, FOLDER, TEMPLATE, administrator, migrate_template
from tests.worker_environment import URLS, WORKER, with_path

PATIENCE_SECONDS = 40.0
"""Longer than a sweep: a mail whose task was lost comes with the next one."""


@dataclass(frozen=True)
class Stack:
    """Where the hub answers, the folder in which its mail arrives, and the name of its database."""

    address: str
    mail: Path
    database: str

    def let_go_of_what_was_typed(self) -> None:
        """Take away what people of an earlier test typed and did not send: it would stand on the pages of the next."""
        hub = psycopg2.connect(with_path(ADMIN_URL, self.database))
        with closing(hub), hub, hub.cursor() as cursor:
            cursor.execute("DELETE FROM agencies_kepttext")

    def mails(self) -> list[EmailMessage]:
        """Return every mail so far, oldest first."""
        files = sorted(self.mail.glob("*.eml")) if self.mail.is_dir() else []
        return [email.message_from_bytes(file.read_bytes(), policy=email.policy.default) for file in files]

    def mail_where(self, wanted: Callable[[EmailMessage], bool]) -> EmailMessage:
        """Wait for a mail and return it.

        Raises:
            AssertionError: none came in time; the message lists what did.
        """
        until = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until:
            for one in self.mails():
                if wanted(one):
                    return one
            time.sleep(0.2)
        came = [(one["X-Envelope-To"], one["Subject"]) for one in self.mails()]
        raise AssertionError(f"The mail did not come. These did: {came}")

    def mail_to(self, address: str, *, saying: str) -> EmailMessage:
        """Wait for the mail to an address that holds some words, and return it."""
        return self.mail_where(lambda one: one["X-Envelope-To"] == address and saying in body_of(one))


def body_of(message: EmailMessage) -> str:
    """Return a mail's text with its soft line breaks undone."""
    part = message.get_body(("plain",))
    return " ".join(part.get_content().split()) if part else ""


def own_database(name: str) -> None:
    """Clone the migrated template under another name; earlier ones of that name go."""
    migrate_template()
    with administrator() as connection, connection.cursor() as cursor:
        database, template = sql.Identifier(name), sql.Identifier(TEMPLATE)
        cursor.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(database))
        cursor.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER mash_owner").format(database, template))
        restrict_database(cursor, name)


@contextmanager
def running() -> Iterator[Stack]:
    """Start the hub for as long as the caller stays inside.

    Its queue is not the one of the tests beside it: a worker takes whatever it finds.
    """
    name = f"mash_browser_{WORKER}"
    own_database(name)
    port, mail_port, folder = free_port(), free_port(), FOLDER / f"browser-{WORKER}"
    env = {
        **os.environ,
        **{url: with_path(os.environ[url], name) for url in URLS},
        "MASH_EMAIL_URL": f"smtp://127.0.0.1:{mail_port}",
        "MASH_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "MASH_REDIS_URL": with_path(os.environ["MASH_REDIS_URL"], str(8 + int(WORKER.removeprefix("gw")) % 8)),
        "WEB_CONCURRENCY": "1",
    }
    web, worker = only(env, login="DATABASE_URL"), only(env, login="MASH_SWEEP_DATABASE_URL")
    sink = python("-m", "deploy.local.smtp_sink", "--folder", folder / "mail", "--port", str(mail_port))
    quick = ["--without-gossip", "--without-mingle", "--without-heartbeat", "--pool=solo"]
    supervisor = Supervisor(folder / "logs")
    with ExitStack() as stack:
        stack.callback(supervisor.stop)
        supervisor.start(
            [
                Program("mail", sink, web, lambda log: "listening" in log),
                Program("web", gunicorn(port), web, lambda _log: answers(port)),
                Program("worker", celery("worker", *quick), worker, lambda log: " ready." in log),
                Program("beat", celery("beat", "--pidfile="), worker),
            ]
        )
        yield Stack(address=f"http://127.0.0.1:{port}", mail=folder / "mail", database=name)
