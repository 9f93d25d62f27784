"""What keeps people safe is said anew once a contact is over: letters and feedback go out only then."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction

from agencies.access import transitions
from agencies.access.viewer import Viewer
from common.errors import RuleBroken
from contacts.actions.amending import as_reported, change_referrer
from contacts.actions.rows import keep_earlier, refuse, renew_keys
from contacts.models import Contact, Referrer, Subject
from contacts.rules.intake import protected_problems, safe_way_problems
from contacts.rules.protected import shield_of_home
from contacts.transitions import CONTACT

EVENT = "contact.kept_safe"
NOBODY_TO_REACH = "You do not see who was worried. Ask the front door to say how it is safe to reach them"


@dataclass(frozen=True)
class Protected:
    """Whether places are protected.

    Attributes:
        is_protected: None where nobody knows; for a person, where it is as the contact says.
        from_whom: needed where they are.
    """

    is_protected: bool | None
    from_whom: str = ""

    @property
    def columns(self) -> dict[str, Any]:
        """What stands of it in a contact or a person."""
        return {
            "address_is_protected": self.is_protected,
            "protected_from": self.from_whom.strip() if self.is_protected else "",
        }


@dataclass(frozen=True)
class Reaching:
    """How it is safe to reach the referrer.

    Attributes:
        safe_by: the ways; nobody was asked where there is none.
        safe_ways: when, and what else counts.
    """

    safe_by: Sequence[str]
    safe_ways: str = ""


@transaction.atomic
def keep_home_safe(
    contact: Contact,
    home: Protected,
    *,
    viewer: Viewer,
    at: datetime,
    version: int | None = None,
    referrer: Reaching | None = None,
) -> Contact:
    """Say whether the home is protected, and how it is safe to reach the referrer, of a contact that is over.

    What waits to leave against it is taken back; letters and feedback obey it from now on.

    Args:
        referrer: None leaves it as it is.

    Raises:
        NotPermitted: the viewer's role does not complete contacts.
        MoveNotAllowed: it is not over; it is completed then.
        StaleRecord: somebody saved it since.
        RuleBroken: nobody is named from whom it is protected; ways contradict each other; the referrer is not seen.
    """
    refuse(protected_problems(home.is_protected, home.from_whom))
    known = Referrer.objects.visible_to(viewer).filter(contact_id=contact.pk).first() if referrer else None
    if referrer is not None and known is None:
        raise RuleBroken(NOBODY_TO_REACH, field="safe_by")
    before, columns = copy(contact), home.columns
    changed = {name: value for name, value in columns.items() if getattr(contact, name) != value}
    details = {"changed": " ".join(sorted({*changed, *(["referrer"] if referrer else [])}))}
    saved: Contact = transitions.apply(
        contact, EVENT, table=CONTACT, viewer=viewer, at=at, version=version, details=details, **changed
    )
    keep_earlier(before, changed, viewer=viewer, at=at)
    _renew(saved)
    if referrer is not None and known is not None:
        refuse(safe_way_problems(referrer.safe_by))
        said = replace(as_reported(known), safe_by=list(referrer.safe_by), safe_ways=referrer.safe_ways.strip())
        change_referrer(saved, known, said, at=at)
    return saved


@transaction.atomic
def keep_person_safe(
    subject: Subject,
    places: Protected,
    safe_by: Sequence[str],
    *,
    viewer: Viewer,
    at: datetime,
    version: int | None = None,
) -> Subject:
    """Say whether somebody's own places are protected, and how it is safe to reach them, of a contact that is over.

    Args:
        version: of the contact, as the page was drawn.

    Raises:
        NotPermitted: the viewer's role does not complete contacts.
        MoveNotAllowed: it is not over; the person is completed then.
        StaleRecord: somebody saved the contact since.
        RuleBroken: nobody is named from whom they are protected; ways contradict each other.
    """
    refuse([*protected_problems(places.is_protected, places.from_whom), *safe_way_problems(safe_by)])
    details: dict[str, str | int | bool | None] = {"changed": "person_kept_safe", "position": subject.position}
    saved: Contact = transitions.apply(
        subject.contact, EVENT, table=CONTACT, viewer=viewer, at=at, version=version, details=details
    )
    columns = {**places.columns, "safe_by": list(safe_by)}
    keep_earlier(subject, columns, viewer=viewer, at=at)
    for name, value in columns.items():
        setattr(subject, name, value)
    subject.save(update_fields=list(columns))
    _renew(saved)
    return subject


def _renew(contact: Contact) -> None:
    """Let homes be found by their addresses only while nobody there is protected."""
    people = list(Subject.objects.filter(contact_id=contact.pk))
    renew_keys(contact, people, shield_of_home(contact, people))
