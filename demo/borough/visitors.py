"""The people of the box at their browsers: each is one membership, signed in, with habits of their own."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from random import Random
from uuid import uuid4

from django.test import Client
from django.utils.http import urlencode

from agencies.access.lookup import viewer_of
from agencies.access.viewer import Viewer
from agencies.models import Membership
from demo.borough.box import VirtualClock
from demo.borough.hands import Answers, Hand
from demo.borough.markup import Form, Page

LONG_AGO, FOR_EVER = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
"""Sessions begin before anybody's identity is known, by the machine's clock; in the box they do not run out."""

LONGEST_WAY = 5
HANDS = count(1)


class BrokenPage(Exception):
    """A page of the hub ended in an error of its own; what was asked for, and the error."""

    def __init__(self, what: str, error: Exception) -> None:
        super().__init__(f"{what}: {type(error).__name__}: {error}")
        self.what, self.error = what, error


@dataclass
class Visitor:
    """A person in one membership.

    Attributes:
        pace: how many lines of their list they take up each time they look, at most.
        idle_looks: how often in a row they have found nothing to do.
        idle_until: on leave or ill; they neither look nor act.
        ended_at: when they left.
        seen_at: when they last looked at a line and could do no more.
    """

    key: str
    membership: Membership
    viewer: Viewer
    client: Client
    hand: Hand
    pace: int = 2
    looks_every: timedelta = timedelta(minutes=30)
    looks_at: datetime = LONG_AGO
    idle_looks: int = 0
    idle_until: datetime | None = None
    ended_at: datetime | None = None
    seen_at: dict[str, datetime] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Their name."""
        return self.viewer.name

    def get(self, address: str) -> Page:
        """Open a page.

        Raises:
            BrokenPage: the hub failed.
        """
        return self._follow(address, None)

    def send(self, form: Form, answers: Answers, *, button: tuple[str, str] | None = None) -> Page:
        """Send a form, by a button that has a name where it needs one.

        Raises:
            BrokenPage: the hub failed.
        """
        said = {**answers, **({button[0]: [button[1]]} if button else {})}
        address = f"{form.action}?{form.query}" if form.query else form.action
        if form.method == "get":
            return self._get_form(form, said)
        said.setdefault("submission_key", [str(uuid4())])
        return self._follow(address, said)

    def _get_form(self, form: Form, said: Answers) -> Page:
        try:
            response = self.client.get(form.action, said)
        except Exception as error:
            raise BrokenPage(f"GET {form.action}", error) from error
        asked = f"{form.action}?{urlencode(said, doseq=True)}"
        return Page(asked, response.status_code, response.content.decode())

    def _follow(self, address: str, said: Answers | None) -> Page:
        """Ask, and go where the hub leads; of a form that was taken the next page is not opened."""
        what = f"{'GET' if said is None else 'POST'} {address}"
        try:
            if said is not None:
                response = self.client.post(address, said)
                moved = response.status_code in {301, 302, 303}
                body = "" if moved else response.content.decode()
                return Page(response["Location"] if moved else address, response.status_code, body)
            for _ in range(LONGEST_WAY):
                response = self.client.get(address)
                if response.status_code not in {301, 302, 303}:
                    break
                address = response["Location"]
        except Exception as error:
            raise BrokenPage(what, error) from error
        return Page(address, response.status_code, response.content.decode())


def sign_in(key: str, membership: Membership, clock: VirtualClock, draw: Random) -> Visitor:
    """Sign somebody in, in one membership."""
    client = Client()
    client.force_login(membership.user)
    session = client.session
    session["membership"] = str(membership.pk)
    session.set_expiry(FOR_EVER)
    session.save()
    hand = Hand(draw, clock, slips=draw.choice((0, 1, 2, 6)), number=next(HANDS))
    every = timedelta(minutes=draw.choice((15, 30, 45, 60)))
    return Visitor(key, membership, viewer_of(membership), client, hand, draw.choice((3, 4, 6, 8)), every)
