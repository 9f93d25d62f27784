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
from contacts.rules.leaks import (
    NOBODY,
    PRIVATELY_WORRIED,
    PROTECTED,
    Referring,
    names_of,
    places_of,
    secrets_of_referrer,
)


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
    protected = _addresses(contacts, people, is_protected=True)
    return Guarded(
        forbidden=[*_private(contacts, shown, texts), *protected],
        permitted=[
            *names_of(people, but_not=[shown[one.pk].name for one in private if one.pk in shown]),
            *places_of(people),
            *_named_referrers(one for one in shown.values() if not one.is_private),
            *_unprotected(_addresses(contacts, people, is_protected=False), protected),
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


def _addresses(contacts: Iterable[Contact], people: Iterable[Subject], *, is_protected: bool) -> list[Secret]:
    """Return the addresses that stand in those of the contacts that protect them, or in the others."""
    keys = {one.pk for one in contacts if bool(one.address_is_protected) == is_protected}
    homes = [contact.address for contact in contacts if contact.pk in keys]
    homes += [one.address for one in people if one.contact_id in keys]
    return [Secret(Kind.ADDRESS, home, whose=PROTECTED) for home in dict.fromkeys(filter(None, homes))]


def _unprotected(homes: Iterable[Secret], protected: Iterable[Secret]) -> list[Secret]:
    """Leave out what another contact of the same people protects."""
    kept = [one.value for one in protected]
    return [home for home in homes if not any(same_address(home.value, one) for one in kept)]


def _named_referrers(referrers: Iterable[Referrer]) -> list[Secret]:
    return [
        secret for one in referrers for secret in (Secret(Kind.NAME, one.name), Secret(Kind.PLACE, one.organisation))
    ]
