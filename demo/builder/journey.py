"""One story on its way through the hub: what it is made of, and the records that it has become so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from agencies.access.viewer import Viewer
from contacts.models import Contact, Subject
from demo.builder.pace import Pace
from demo.directory import Directory
from demo.shapes import CaseText
from information_sharing.models import InformationRequest, SafetyInstruction
from screening.models import Enquiry, Handover

FRONT = ("fiona_front", "femi_front")
MANAGERS = ("maeve_manager", "maeve_manager", "maeve_manager", "martin_manager")
WORKERS = ("saira_worker", "sean_worker")


@dataclass
class Journey:
    """A story and its records.

    Attributes:
        number: sets who of several people does the work.
        born_from: the day from which the ages of the children count.
        own_due_at: the manager's own deadline, where the story needs one.
    """

    case: CaseText
    hub: Directory
    pace: Pace
    number: int
    born_from: date
    own_due_at: datetime | None = None
    _contact: Contact | None = None
    _enquiry: Enquiry | None = None
    handover: Handover | None = None
    people: dict[str, Subject] = field(default_factory=dict)
    requests: dict[str, InformationRequest] = field(default_factory=dict)
    instruction: SafetyInstruction | None = None

    @property
    def contact(self) -> Contact:
        """The contact, once it was received."""
        if self._contact is None:
            raise LookupError("This story has no contact yet.")
        return self._contact

    @contact.setter
    def contact(self, made: Contact) -> None:
        self._contact = made

    @property
    def enquiry(self) -> Enquiry:
        """The enquiry, once it was taken into the MASH."""
        if self._enquiry is None:
            raise LookupError("This story is not in the MASH.")
        return self._enquiry

    @enquiry.setter
    def enquiry(self, made: Enquiry) -> None:
        self._enquiry = made

    @property
    def is_in_mash(self) -> bool:
        """Say whether there is an enquiry."""
        return self._enquiry is not None

    def who(self, key: str) -> Viewer:
        """Return somebody of the directory, at work."""
        return self.hub.viewer(key)

    @property
    def front_door(self) -> Viewer:
        """Whoever of the front door sees to this story."""
        return self.who(FRONT[self.number % len(FRONT)])

    @property
    def screener(self) -> Viewer:
        """The decision maker of social care."""
        return self.who("sunita_screener")

    @property
    def manager(self) -> Viewer:
        """The manager of this story."""
        return self.who(MANAGERS[self.number % len(MANAGERS)])

    @property
    def worker(self) -> Viewer:
        """The social worker of this story."""
        return self.who(WORKERS[self.number % len(WORKERS)])

    def refresh(self) -> None:
        """Read contact and enquiry again, as whoever is at work: the database copies columns between them."""
        self.contact.refresh_from_db()
        if self._enquiry is not None:
            self._enquiry.refresh_from_db()
