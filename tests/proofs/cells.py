"""The cells of the access matrix: person, address, record in every state and method, with what must come of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from http.cookies import SimpleCookie

from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from psycopg2.extensions import connection as Connection

from agencies.access.table.meaning import audiences_of, opened
from agencies.access.table.whole import ADDRESSES, RECORDS
from agencies.access.table.words import EVERY_ROLE, Address, Audience
from agencies.models import Membership, User
from tests.architecture.addresses import SAMPLES, UUID, Route, routes
from tests.architecture.planting import CANARY, World, codes
from tests.drawn import TOKENS
from tests.proofs import ledger, oracle
from tests.proofs.ledger import Written
from tests.proofs.people import WITHOUT_PART, address, viewer
from tests.sending import Browser

ROUTES = {route.name: route for route in routes()}
PLACES = {number: place for place, number in codes().items()}
PLANTED = re.compile(rf"{CANARY}(\d{{3}})([0-9a-f]{{8}})")
REFERENCE = re.compile(r"[A-Z]-[0-9A-Z]{4}-[0-9A-Z]{4}|[0-9a-f]{8}-[0-9a-f-]{27}")
SHOWN, SENT, OTHER = "GET", "POST", "HEAD PUT DELETE"
REACHED = {200, 204, 302, 400, 409}
LED_AWAY = 401
"""Stands for a redirect to signing in, or to choosing a membership."""

WITHOUT_MEMBERSHIP = {"live", "ready", "agencies:choose_membership", "agencies:kept_texts", "agencies:kept_here"}
"""What an account without a membership reaches, besides its own pages (`account_`)."""

REFUSED = {LED_AWAY, 403, 404, 405}
ABSENT = {"reference": "C-2222-2222", "item": UUID, "earlier": "C-3333-3333", "complaint": "K-2222-2222"}


Known = tuple[tuple[str, object], ...]


@dataclass(frozen=True)
class Record:
    """A record that stands for others.

    Attributes:
        known: what of an address it settles.
        only: it stands for those alone of this audience; everybody else has been tried on another one.
    """

    state: str
    key: str
    known: Known = ()
    only: Audience | None = None


Chosen = dict[str, list[Record]]
"""By the label of a record or the name of a route."""


@dataclass(frozen=True)
class Cell:
    """One address for one record, met in one way."""

    route: Route
    row: Address
    arguments: Known
    record: Record
    method: str

    @property
    def state(self) -> str:
        """The state of its record."""
        return self.record.state

    @property
    def key(self) -> str:
        """The key of its record."""
        return self.record.key

    @property
    def path(self) -> str:
        """Where it is."""
        return reverse(self.route.name, kwargs=dict(self.arguments))

    @property
    def path_of_nothing(self) -> str:
        """The same address for a record that is not there."""
        return reverse(self.route.name, kwargs={name: ABSENT.get(name, value) for name, value in self.arguments})


@dataclass(frozen=True)
class Answer:
    """What came of it."""

    status: int
    body: str
    canaries: frozenset[tuple[str, str]]
    written: Written


class Person:
    """Somebody at a browser, and the rows that the access table opens to them."""

    def __init__(self, name: str, superuser: Connection) -> None:
        self.name, self._superuser = name, superuser
        self.viewer = viewer(name)
        played = audiences_of(oracle.as_the_rows_say(self.viewer, superuser))
        self.audiences = frozenset() if name in {"suspended", "superuser"} else played
        self.client = self._signed_in()
        self._cookies = {cookie: morsel.value for cookie, morsel in self.client.cookies.items()}
        self._rows: dict[tuple[str, frozenset[Audience]], frozenset[str]] = {}
        self._nothing: dict[tuple[str, str, str], Answer] = {}

    def _signed_in(self) -> Client:
        client = Browser(raise_request_exception=False)
        if self.name == "public":
            return client
        user = User.objects.get(email=address(self.name))
        client.force_login(user)
        member = Membership.objects.filter(user=user).order_by("starts_on", "id").first()
        if member is not None:
            session = client.session
            session["membership"] = str(member.pk)
            session.save()
        return client

    def rows(self, label: str, reach: tuple[Audience, ...]) -> frozenset[str]:
        """Return the rows of a record that are open to them in one of the audiences that reach an address."""
        audiences = self.audiences & frozenset(reach)
        if (label, audiences) not in self._rows:
            condition = opened(label, oracle.as_the_rows_say(self.viewer, self._superuser), audiences)
            self._rows[label, audiences] = oracle.keys(oracle.model_of(label), condition, self._superuser)
        return self._rows[label, audiences]

    def sees(self, cell: Cell) -> bool:
        """Say whether the record is open to them at all."""
        return not cell.row.record or cell.key in self.rows(cell.row.record, tuple(Audience))

    def reaches(self, cell: Cell) -> bool:
        """Say whether they get the page."""
        if self.name == "superuser":
            return cell.route.name in WITHOUT_MEMBERSHIP
        if self.name in WITHOUT_PART:
            return Audience.PUBLIC in cell.row.reach
        if frozenset(EVERY_ROLE) <= frozenset(cell.row.reach) and not cell.row.record:
            return True  # Also somebody whose agency's signature has lapsed, and who holds no role for the time being.
        if not self.audiences & frozenset(cell.row.reach):
            return False
        return not cell.row.record or cell.key in self.rows(cell.row.record, cell.row.reach)

    def audiences_reaching(self, cell: Cell) -> set[Audience]:
        """Return the audiences of theirs by which they get the page."""
        label = cell.row.record
        played = self.audiences & frozenset(cell.row.reach)
        return {audience for audience in played if not label or cell.key in self.rows(label, (audience,))}

    def may_read(self, column: tuple[str, str], row: str) -> bool:
        """Say whether a text of a row may be shown to them."""
        label, name = column
        if self.audiences & frozenset(RECORDS[label].in_passing.get(name, ())):
            return True
        if not self.audiences & frozenset(RECORDS[label].texts[name]):
            return False
        return any(key.startswith(row) for key in self.rows(label, tuple(Audience)))

    def visits(self, path: str, method: str) -> Answer:
        """Send one request, count what it wrote, and undo it.

        A transaction of its own for each: inside one for all, every statement would take longer than the one before.
        """
        watch, client = ledger.Watch(), self.client
        with transaction.atomic(durable=True):
            mark = ledger.mark()
            form = {"version": "1"} if method == SENT else None
            with connection.execute_wrapper(watch):
                response: HttpResponse = getattr(client, method.lower())(path, form)
            wrote = ledger.written(mark, every=watch.may_have_written)
            transaction.set_rollback(True)
        client.cookies = SimpleCookie(self._cookies)
        body = b"".join(response) if response.streaming else response.content
        text = body.decode(errors="replace") + str(response.headers)
        plain = TOKENS.sub("", f"{response.headers.get('Location', '')}\n{body.decode(errors='replace')}")
        away = response.headers.get("Location", "").startswith(("/account/login", "/membership/choose"))
        status = LED_AWAY if away and response.status_code == 302 else response.status_code
        for name in REFERENCE.findall(path):
            plain = plain.replace(name, "REFERENCE")
        return Answer(status, plain.replace(path, "PATH"), frozenset(PLANTED.findall(text)), wrote)

    def nothing(self, cell: Cell, method: str, *, anew: bool = False) -> Answer:
        """Return what they get at the same address for a record that is not there."""
        key = (cell.route.name, method, "".join(name for name, _ in cell.arguments))
        if anew or key not in self._nothing:
            self._nothing[key] = self.visits(cell.path_of_nothing, method)
        return self._nothing[key]


def cells(world: World, chosen: Chosen, *, quick: bool) -> Iterator[Cell]:
    """Yield every cell: each address, for each record of its kind that was chosen, in each way to meet it."""
    methods = (SHOWN, SENT) if quick else (SHOWN, SENT, OTHER)
    for name, row in ADDRESSES.items():
        route = ROUTES[name]
        records = [*chosen[row.record], *chosen.get(name, [])] if row.record else [Record("", "")]
        for number, record in enumerate(records[:1] if quick else records):
            if record.only and record.only not in row.reach:
                continue
            for arguments in further_arguments(route, world, record.known):
                for method in methods if number == 0 else methods[:2]:
                    yield Cell(route, row, arguments, record, method)


def further_arguments(route: Route, world: World, known: Known) -> list[Known]:
    """Return what an address may name besides its record: such as belong to that, else one that names nothing."""
    given = dict(known)
    reference = str(given.get("reference", ""))
    lists = {"item": world.items, "complaint": world.complaints, "earlier": world.earlier}
    options: list[dict[str, object]] = [{}]
    for name in route.arguments:
        if name in given:
            options = [{**one, name: given[name]} for one in options]
        elif name in lists and reference:
            found = lists[name].get(reference, [])[:1] or [ABSENT[name]]
            options = [{**one, name: value} for one in options for value in found]
        else:
            options = [{**one, name: _sample(name)} for one in options]
    return [tuple(one.items()) for one in options]


def _sample(name: str) -> object:
    emails = {"account": User, "membership": Membership}
    if name in emails:
        where = {"user__email" if name == "membership" else "email": address("auditor")}
        return emails[name]._default_manager.get(**where).pk
    return SAMPLES.get(name, UUID)
