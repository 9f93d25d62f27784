"""What the contacts of an enquiry let an agency be told: who was worried, schools and practices, where to search."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from agencies.access.viewer import Viewer
from common.leaks import find_leaks
from contacts.models import Contact, Referrer, Subject
from contacts.reads.leaks import Guarded, guarded_in
from contacts.rules.protected import Shield, places_in, shield_of, shield_of_home
from information_sharing import rules
from information_sharing.choices import ReferrerNamed

A_PROFESSIONAL = "A professional"
LONGEST = 120


@dataclass(frozen=True)
class ToldPlaces:
    """Where a child or an adult goes, as far as an agency may be told."""

    school: str
    practice: str


@dataclass(frozen=True)
class Sheltered:
    """Protected addresses, for an agency that needs them to search: a field of their own."""

    address: str = ""
    protected_from: str = ""


@dataclass(frozen=True)
class Picture:
    """What an enquiry's contacts say that every request of a batch needs."""

    people: dict[uuid.UUID, Subject]
    contacts: dict[uuid.UUID, Contact]
    referrers: list[Referrer]
    guarded: Guarded

    def address_for(self, subjects: Sequence[Subject]) -> str:
        """Return where to search for these people, without a protected address, in whichever contact it stands."""
        homes = [home for home, shield in self._homes(subjects) if shield is None]
        return "\n".join(home for home in dict.fromkeys(homes) if not find_leaks(home, self.guarded.forbidden))

    def protected_for(self, subjects: Sequence[Subject]) -> Sheltered:
        """Return the protected addresses of these people, and from whom they are protected."""
        held = [(home, shield) for home, shield in self._homes(subjects) if shield is not None]
        return Sheltered(
            "\n".join(dict.fromkeys(home for home, _ in held)),
            rules.joined([shield.from_whom for _, shield in held], most=LONGEST),
        )

    def _homes(self, subjects: Sequence[Subject]) -> list[tuple[str, Shield | None]]:
        found: list[tuple[str, Shield | None]] = []
        for key in dict.fromkeys(one.contact_id for one in subjects if one.contact_id in self.contacts):
            contact = self.contacts[key]
            of_contact = [one for one in self.people.values() if one.contact_id == key]
            found.append((contact.address, shield_of_home(contact, of_contact)))
        known = [one for one in subjects if one.contact_id in self.contacts]
        found += [(one.address, shield_of(one, self.contacts[one.contact_id])) for one in known]
        return [(home, shield) for home, shield in found if home.strip()]

    def referrer_for(self, subjects: Sequence[Subject], wanted: str) -> str:
        """Return what is told of who was worried about these people: never who asked to stay unknown.

        Who was worried about a sibling is not this agency's to know. Where an address is protected, the organisation
        may be the place itself, or lead there: the agency then learns at most that it was a professional.
        """
        about = {subject.contact_id for subject in subjects}
        named = [one for one in self.referrers if not one.is_private and one.contact_id in about and one.organisation]
        if wanted == ReferrerNamed.LEFT_OUT or not named:
            return ""
        if wanted == ReferrerNamed.PROFESSIONAL:
            return A_PROFESSIONAL
        said = [one.organisation if self.may_be_named(one) else A_PROFESSIONAL for one in named]
        return rules.joined(said, most=LONGEST)

    def may_be_named(self, referrer: Referrer) -> bool:
        """Say whether the organisation that was worried gives away no protected place."""
        contact = self.contacts.get(referrer.contact_id)
        people = [one for one in self.people.values() if one.contact_id == referrer.contact_id]
        is_home = contact is None or any(one.shield for one in places_in(contact, people))
        return not is_home and not find_leaks(referrer.organisation, self.guarded.forbidden)

    def places_for(self, subject: Subject) -> ToldPlaces:
        """Return school and practice of somebody; empty where they are protected, also by another contact."""
        contact = self.contacts.get(subject.contact_id)
        if contact is None or shield_of(subject, contact) is not None:
            return ToldPlaces("", "")
        return ToldPlaces(*(self._if_open(place) for place in (subject.school, subject.practice)))

    def _if_open(self, place: str) -> str:
        return "" if find_leaks(place, self.guarded.forbidden) else place


def picture_of(enquiry_id: uuid.UUID, viewer: Viewer) -> Picture:
    """Return the picture of an enquiry for whoever asks agencies on it."""
    contacts = list(Contact.objects.visible_to(viewer).filter(enquiry_id=enquiry_id))
    keys = [one.pk for one in contacts]
    people = Subject.objects.visible_to(viewer).filter(enquiry_id=enquiry_id)
    referrers: Iterable[Referrer] = Referrer.objects.visible_to(viewer).filter(contact_id__in=keys)
    return Picture(
        people={subject.pk: subject for subject in people},
        contacts={one.pk: one for one in contacts},
        referrers=list(referrers),
        guarded=guarded_in(viewer, contacts),
    )
