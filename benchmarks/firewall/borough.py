"""The borough that the figures are measured on: how many of what, whose, and where each stands.

The same number of contacts and the same moment give the same rows, so no row needs to be remembered from one table
to the next: what is not computed from a row's number stands in the arrays here.
"""

from __future__ import annotations

import random
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property

from common.references import ALPHABET

SEED = 20_260_212
YEARS = 6
MINUTES = YEARS * 365 * 24 * 60
"""How far back the first contact lies."""

MOSTLY_ASKED = ("police", "health", "education", "csc")
"""Four agencies are asked in nine of ten enquiries."""
SOMETIMES_ASKED = (
    "early_help", "gp", "camhs", "probation", "yos", "housing", "adults", "substance", "idva", "ambulance",
)  # fmt: skip
"""Each is asked in three of ten."""
SELDOM_ASKED = "fire"
"""Asked in one of three hundred."""

TO_RATE, GATHERING, DECIDING, DECIDED, CLOSED = "to_rate", "gathering", "deciding", "decided", "closed"
STANDING = ((0.001, TO_RATE), (0.021, GATHERING), (0.024, DECIDING), (0.025, DECIDED))
"""Which part of the enquiries, the latest first, stands where; the rest is closed."""

SENT, HEARD, ANSWERED = "sent", "heard", "answered"
SHARED, NOTHING, HELD = "shared", "nothing_to_share", "held_not_shared"
ONWARD, HUB_ONLY, MANAGER_ONLY = "onward", "hub_only", "manager_only"
COLOURS = ("red", "amber", "amber", "green", "green", "green")


class Keys:
    """The keys of one table's rows, by number."""

    def __init__(self, count: int, rng: random.Random) -> None:
        self.digits = rng.randbytes(16 * count).hex()

    def __getitem__(self, number: int) -> str:
        return self.digits[32 * number : 32 * number + 32]


class References:
    """References of the hub's form, each once: a number is sent to another by a step that has no common divisor."""

    def __init__(self) -> None:
        pairs = [a + b for a in ALPHABET for b in ALPHABET]
        self.fours = [a + b for a in pairs for b in pairs]

    def of(self, kind: str, number: int) -> str:
        """Return the reference of a row.

        Args:
            kind: the capital letter of its table.
        """
        count = len(self.fours)
        high, low = divmod((number * 368_000_000_003 + 271_828_182_845) % (count * count), count)
        return f"{kind}-{self.fours[high]}-{self.fours[low]}"


class Moments:
    """Minutes from the first contact, as COPY's text form has them."""

    def __init__(self, now: datetime) -> None:
        self.begin = now.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(minutes=MINUTES)
        self.now = int((now - self.begin).total_seconds() // 60)
        days = (self.begin.date() + timedelta(days=number) for number in range(YEARS * 365 + 60))
        self.days = [day.isoformat() for day in days]
        self.clock = [f" {minute // 60:02d}:{minute % 60:02d}:00+00" for minute in range(1440)]

    def __getitem__(self, minute: int) -> str:
        return self.days[minute // 1440] + self.clock[minute % 1440]


@dataclass(frozen=True)
class Directory:
    """Keys of agencies, groups and memberships, by the demo's names; the demo's builder has made them."""

    agencies: dict[str, str]
    groups: dict[str, int]
    members: dict[str, str]
    workers: list[str]
    asked_permission: int
    named_permission: int
    policies: dict[tuple[str, str], str]


@dataclass
class Borough:
    """All that the rows are computed from.

    Attributes:
        people_from: the number of each contact's first child or adult, and one more at the end.
        asked: agency of each request, as a place in `names`.
        enquiry_of: enquiry of each request.
        answers: 0 unanswered, 1 shared, 2 nothing, 3 held.
        request_of: request of each item.
    """

    contacts: int
    now: datetime
    directory: Directory
    names: tuple[str, ...] = (*MOSTLY_ASKED, *SOMETIMES_ASKED, SELDOM_ASKED)
    people_from: array[int] = field(default_factory=lambda: array("I", [0]))
    asked: array[int] = field(default_factory=lambda: array("B"))
    enquiry_of: array[int] = field(default_factory=lambda: array("I"))
    answers: array[int] = field(default_factory=lambda: array("B"))
    request_of: array[int] = field(default_factory=lambda: array("I"))

    def __post_init__(self) -> None:
        rng = random.Random(SEED)  # noqa: S311  # invented rows, the same in every run
        self.enquiries = self.contacts // 10 * 3
        self.moments = Moments(self.now)
        self.references = References()
        for contact in range(self.contacts):
            self.people_from.append(self.people_from[-1] + self.children(contact) + self.adults(contact))
        for enquiry in range(self.enquiries):
            if self.state(enquiry) != TO_RATE:
                self.ask(enquiry, rng)
        self.contact_keys = Keys(self.contacts, rng)
        self.person_keys = Keys(self.people_from[-1], rng)
        self.enquiry_keys = Keys(self.enquiries, rng)
        self.request_keys = Keys(len(self.asked), rng)
        self.item_keys = Keys(len(self.request_of), rng)
        self.rng = rng

    def ask(self, enquiry: int, rng: random.Random) -> None:
        """Ask the agencies of one enquiry, and let them answer."""
        waits = self.state(enquiry) == GATHERING
        for place, name in enumerate(self.names):
            share = 0.9 if name in MOSTLY_ASKED else 0.00335 if name == SELDOM_ASKED else 0.309
            if rng.random() >= share:
                continue
            draw = rng.random()
            answer = 0 if waits and draw < 0.5 else 1 if draw < 0.61 else 2 if draw < 0.95 else 3
            if waits and draw >= 0.5:
                answer = 1 if draw < 0.8 else 2
            request = len(self.asked)
            self.asked.append(place)
            self.enquiry_of.append(enquiry)
            self.answers.append(answer)
            if answer == 1:
                self.request_of.extend([request] * (1 + int(rng.random() * 4)))

    def children(self, contact: int) -> int:
        """Return how many children a contact is about: at least one."""
        return 1 + (contact % 3 == 0) + (contact % 7 == 0)

    def adults(self, contact: int) -> int:
        """Return how many adults a contact names."""
        return 1 + contact % 2

    def first_contact(self, enquiry: int) -> int:
        """Return the contact that opened an enquiry: three of ten do."""
        return enquiry // 3 * 10 + enquiry % 3 * 3

    def enquiry(self, contact: int) -> int | None:
        """Return the enquiry that a contact is in; one of fifty joined the enquiry of the contact before it."""
        if contact % 50 == 1:
            contact -= 1
        ten, place = divmod(contact, 10)
        enquiry = ten * 3 + place // 3
        return enquiry if place in {0, 3, 6} and enquiry < self.enquiries else None

    def state(self, enquiry: int) -> str:
        """Return where an enquiry stands: the latest are still open."""
        latest = self.enquiries - enquiry
        return next((state for part, state in STANDING if latest <= max(1, part * self.enquiries)), CLOSED)

    def waits(self, contact: int) -> str:
        """Return whether a contact outside an enquiry still waits: one of a thousand, the latest ones."""
        latest = self.contacts - contact
        if latest > max(20, self.contacts // 600):
            return ""
        return "with_panel" if contact % 3 == 0 else "received"

    def contact_state(self, contact: int) -> tuple[str, bool]:
        """Return where a contact stands, and whether that is its end."""
        enquiry = self.enquiry(contact)
        if enquiry is not None:
            return ("ended", True) if self.state(enquiry) == CLOSED else ("in_enquiry", False)
        waits = self.waits(contact)
        if waits:
            return waits, False
        return ("passed_on", True) if contact % 40 == 5 else ("ended", True)

    def arrived(self, contact: int) -> int:
        """Return the minute of a contact's arrival."""
        return contact * (self.moments.now - 600) // self.contacts

    def worker(self, enquiry: int) -> str | None:
        """Return the assigned social worker's membership."""
        if self.state(enquiry) == TO_RATE:
            return None
        return self.directory.workers[enquiry % len(self.directory.workers)]

    def colour(self, enquiry: int) -> str:
        """Return the rating."""
        return "" if self.state(enquiry) == TO_RATE else COLOURS[enquiry % len(COLOURS)]

    def due(self, number: int, *, begun: int, is_open: bool) -> int:
        """Return the minute at which something is due: one of ten open ones is overdue."""
        if not is_open:
            return begun + 1440
        return self.moments.now + (-1 - number % 599 if number % 10 == 0 else 1 + number * 7 % 4000)

    def request_state(self, request: int) -> str:
        """Return where a request stands."""
        return ANSWERED if self.answers[request] else SENT if request % 3 else HEARD

    def handling(self, item: int) -> str:
        """Return how far an item may go: one of a hundred is sealed."""
        return MANAGER_ONLY if item % 100 == 37 else HUB_ONLY if item % 4 == 1 else ONWARD

    def open_requests(self) -> Iterator[int]:
        """Yield the requests that wait for an answer."""
        return (number for number, answer in enumerate(self.answers) if not answer)

    @cached_property
    def researchers(self) -> list[str]:
        """A member of each asked agency who answers for it, by the place in `names`."""
        return [self.directory.members[name] for name in self.names]
