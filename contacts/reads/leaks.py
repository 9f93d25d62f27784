"""What of some contacts a recipient may not have, as far as whoever writes to them may know it."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from agencies.access.viewer import Viewer
from common.leaks import Kind, Secret
from common.normal.addresses import same_address
from contacts.choices import ReferrerKind
from contacts.models import Contact, Referrer, Report, Subject
from contacts.reads.whereabouts import hidden_children
from contacts.rules.leaks import (
    NOBODY,
    PRIVATELY_WORRIED,
    Referring,
    names_of,
    secrets_of_referrer,
)
from contacts.rules.protected import Place, places_in, protected_secrets


@dataclass(frozen=True)
class Guarded:
    """What the leak check of a text about some contacts is asked.

    Attributes:
        forbidden: private referrers and protected addresses.
        permitted: who is named in the contacts, where they go, and addresses that nobody protects.
        reports: of private referrers, whole: a parent reads nothing of them.
        people: of the contacts.
    """

    forbidden: list[Secret]
    permitted: list[Secret]
    reports: list[Secret]
    people: list[Subject]


def guarded_in(viewer: Viewer, contacts: Sequence[Contact]) -> Guarded:
    """Return what a text about these contacts may not give away, and what it may say.

    Whoever sees a contact sees its referrer too, unless they stay private: one that is not shown is one of those.
    """
    people = list(Subject.objects.visible_to(viewer).filter(contact__in=contacts))
    shown = {one.contact_id: one for one in Referrer.objects.visible_to(viewer).filter(contact__in=contacts)}
    texts = dict(Report.objects.visible_to(viewer).filter(contact__in=contacts).values_list("contact_id", "text"))
    strangers = [one for one in contacts if one.referrer_kind != ReferrerKind.SELF]
    private = [one for one in strangers if one.pk not in shown or shown[one.pk].is_private]
    reports = [Secret(Kind.TEXT, texts[one.pk], whose=PRIVATELY_WORRIED) for one in private if one.pk in texts]
    places = [place for one in contacts for place in _places(one, people, shown.get(one.pk))]
    protected = protected_secrets([*places, *hidden_children(viewer, contacts, people)])
    return Guarded(
        forbidden=[*_private(contacts, shown, texts), *protected],
        permitted=[
            *names_of(people, but_not=[shown[one.pk].name for one in private if one.pk in shown]),
            *_named_referrers(one for one in shown.values() if not one.is_private),
            *_unprotected(places, protected),
        ],
        reports=reports,
        people=people,
    )


def _private(
    contacts: Iterable[Contact], shown: Mapping[uuid.UUID, Referrer], texts: Mapping[uuid.UUID, str]
) -> list[Secret]:
    """Return what would give away those who stay private, and the sentences in which those who are not shown speak."""
    found = []
    for contact in contacts:
        who: Referring | None = shown.get(contact.pk)
        is_self = contact.referrer_kind == ReferrerKind.SELF
        if contact.pk not in shown or shown[contact.pk].is_private:
            found += secrets_of_referrer(who or NOBODY, texts.get(contact.pk, ""), is_self=is_self)
    return found


def places_of_contacts(viewer: Viewer, contacts: Sequence[Contact]) -> list[Place]:
    """Return the places of some contacts, with what protects each."""
    people = list(Subject.objects.visible_to(viewer).filter(contact__in=contacts))
    shown = {one.contact_id: one for one in Referrer.objects.visible_to(viewer).filter(contact__in=contacts)}
    reported = [place for one in contacts for place in _places(one, people, shown.get(one.pk))]
    return [*reported, *hidden_children(viewer, contacts, people)]


def _places(contact: Contact, people: Iterable[Subject], referrer: Referrer | None) -> list[Place]:
    """Return the places of one contact; who stays private is looked for anyhow."""
    worker = None if referrer is None or referrer.is_private else referrer
    return places_in(contact, [one for one in people if one.contact_id == contact.pk], worker)


def _unprotected(places: Iterable[Place], protected: Iterable[Secret]) -> list[Secret]:
    """Return the places that may be written, without what another contact of the same people protects."""
    kept = [one.value for one in protected]
    found = dict.fromkeys((one.kind, one.value) for one in places if one.shield is None)
    return [
        Secret(kind, place)
        for kind, place in found
        if not any(same_address(place, one) or place.casefold() == one.casefold() for one in kept)
    ]


def _named_referrers(referrers: Iterable[Referrer]) -> list[Secret]:
    return [Secret(Kind.NAME, one.name) for one in referrers]
