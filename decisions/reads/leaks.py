"""What each kind of text that leaves at the end may not give away, and what it may say."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from agencies.access.viewer import Viewer
from common.leaks import Kind, Secret
from common.normal.addresses import same_address
from contacts.choices import PersonKind
from contacts.models import Contact, Referrer, Subject
from contacts.reads.leaks import guarded_in
from contacts.reads.unseen import unseen_referrers
from contacts.rules.leaks import names_of, places_of, secrets_of_referrer
from contacts.rules.outgoing import Checked
from contacts.rules.protected import names_a_place, shield_of, shield_of_home
from decisions.models import FamilyLetter, MashSummary, SummaryItem
from information_sharing.reads.leaks import items_cleared, items_of_others
from information_sharing.reads.unseen import unseen_items

ELSEWHERE = "where somebody else lives"
GOES_TO = "where the children can be found"
NEVER_IN_MAIL = "a name or an address of this contact or its enquiry, which an email never holds"


def of_contact(viewer: Viewer, contact: Contact, *, but_its_own: bool = False) -> Checked:
    """Return what a text about a contact and its enquiry may not give away.

    Args:
        but_its_own: it goes to who told the hub of this contact: they get back what they gave.
    """
    contacts = _with_its_enquiry(viewer, contact)
    guarded = guarded_in(viewer, contacts)
    items = [] if contact.enquiry_id is None else items_of_others(viewer, contact.enquiry_id)
    strangers = [one for one in contacts if one.pk != contact.pk]
    unseen = _unseen(viewer, strangers if but_its_own else contacts, contact.enquiry_id)
    if not but_its_own:
        return Checked([*guarded.forbidden, *items], guarded.permitted, unseen)
    others = guarded_in(viewer, strangers)
    protected = [one for one in guarded.forbidden if one.kind == Kind.ADDRESS]
    return Checked([*others.forbidden, *protected, *items], guarded.permitted, unseen)


def _unseen(viewer: Viewer, contacts: Sequence[Contact], enquiry_id: uuid.UUID | None) -> list[Secret]:
    """Return what none of these texts may give away and the writer may not know."""
    items = [] if enquiry_id is None else unseen_items(viewer, enquiry_id)
    return [*unseen_referrers(viewer, contacts), *items]


def _with_its_enquiry(viewer: Viewer, contact: Contact) -> list[Contact]:
    """Return a contact and the others of its enquiry: who reads of one of them may not learn of another."""
    if contact.enquiry_id is None:
        return [contact]
    rows = Contact.objects.visible_to(viewer).filter(enquiry_id=contact.enquiry_id)
    return [contact, *rows.exclude(pk=contact.pk)]


def of_enquiry(viewer: Viewer, enquiry_id: uuid.UUID, cleared: Collection[uuid.UUID] = ()) -> Checked:
    """Return what a MASH summary may not give away: to a manager also what is sealed.

    Args:
        cleared: the items that go out with it.
    """
    contacts = list(Contact.objects.visible_to(viewer).filter(enquiry_id=enquiry_id))
    guarded = guarded_in(viewer, contacts)
    concerns = [Secret(Kind.TEXT, one.concern) for one in contacts]
    return Checked(
        [*guarded.forbidden, *items_of_others(viewer, enquiry_id, cleared=cleared)],
        [*guarded.permitted, *concerns, *items_cleared(viewer, cleared)],
    )


def to_team(viewer: Viewer, summary: MashSummary) -> Checked:
    """Return what the hub may not write to a team about a released summary: it may say what went out with it."""
    cleared = SummaryItem.objects.visible_to(viewer).filter(summary=summary).values_list("item_id", flat=True)
    checked = of_enquiry(viewer, summary.enquiry_id, set(cleared))
    contacts = list(Contact.objects.visible_to(viewer).filter(enquiry_id=summary.enquiry_id))
    return checked._replace(unseen=_unseen(viewer, contacts, summary.enquiry_id))


def of_letter(viewer: Viewer, letter: FamilyLetter, own_address: str) -> Checked:
    """Return what a letter to one parent may not give away: who told the hub, what they said, where others live.

    It holds for every contact of the enquiry. Where a child's places are protected, a parent with whom the child does
    not live does not learn the school or the practice either.
    """
    contact, adult = letter.contact, letter.subject
    contacts = _with_its_enquiry(viewer, contact)
    guarded = guarded_in(viewer, contacts)
    people = [one for one in guarded.people if not _is_same(one, adult)]
    homes = dict.fromkeys(filter(None, [*(one.address for one in contacts), *(one.address for one in people)]))
    others = [home for home in homes if not same_address(home, own_address)]
    hidden, shown = _places_of_children(contacts, guarded.people, own_address)
    items = [] if contact.enquiry_id is None else items_of_others(viewer, contact.enquiry_id)
    return Checked(
        [
            *guarded.forbidden,
            *guarded.reports,
            *(Secret(Kind.ADDRESS, home, whose=ELSEWHERE) for home in others),
            *hidden,
            *items,
        ],
        [
            *(one for one in guarded.permitted if one.kind == Kind.NAME),
            *names_of([adult]),
            Secret(Kind.ADDRESS, own_address),
            *shown,
        ],
        _unseen(viewer, contacts, contact.enquiry_id),
    )


def _is_same(one: Subject, adult: Subject) -> bool:
    return one.pk == adult.pk or (adult.person_id is not None and one.person_id == adult.person_id)


def _places_of_children(
    contacts: Iterable[Contact], people: Sequence[Subject], own_address: str
) -> tuple[list[Secret], list[Secret]]:
    """Return where the children go whom somebody at an address may not find, and where the others go."""
    hidden: list[Subject] = []
    shown: list[Subject] = []
    for contact in contacts:
        of_contact = [one for one in people if one.contact_id == contact.pk]
        home = shield_of_home(contact, of_contact)
        is_home_hidden = home is not None and not same_address(contact.address, own_address)
        for child in (one for one in of_contact if one.kind == PersonKind.CHILD):
            lives_apart = not same_address(child.address or contact.address, own_address)
            is_hidden = is_home_hidden or (shield_of(child, contact) is not None and lives_apart)
            (hidden if is_hidden else shown).append(child)
    kept = places_of(hidden, whose=GOES_TO)
    values = {one.value.casefold() for one in kept}
    return kept, [one for one in places_of(shown) if one.value.casefold() not in values]


def named_in_contact(viewer: Viewer, contact: Contact) -> list[Secret]:
    """Return the names and addresses that no mail about a contact may hold: each name alone too, in small letters too.

    They are those of every contact of its enquiry, and of whoever told the hub of another one.
    """
    contacts = _with_its_enquiry(viewer, contact)
    people = list(Subject.objects.visible_to(viewer).filter(contact__in=contacts))
    names = [Secret(one.kind, one.value, one.also, NEVER_IN_MAIL, in_small_letters=True) for one in names_of(people)]
    homes = dict.fromkeys(filter(None, [*(one.address for one in contacts), *(one.address for one in people)]))
    return [
        *names,
        *(Secret(Kind.ADDRESS, home, whose=NEVER_IN_MAIL) for home in homes),
        *_other_referrers(viewer, contact, contacts[1:]),
    ]


def _other_referrers(viewer: Viewer, contact: Contact, others: Sequence[Contact]) -> list[Secret]:
    """Return what would tell one referrer who else told the hub; what both have in common is their own.

    An agency that is called by no place, such as the police, may be the one to ring.
    """
    own = Referrer.objects.visible_to(viewer).filter(contact=contact).first()
    given = [] if own is None else secrets_of_referrer(own)
    known = {(one.kind, one.value.casefold()) for one in given}
    found = [
        one
        for referrer in Referrer.objects.visible_to(viewer).filter(contact__in=others)
        for one in secrets_of_referrer(referrer)
        if one.kind != Kind.PLACE or names_a_place(one.value)
    ]
    return [replace(one, whose=NEVER_IN_MAIL) for one in found if (one.kind, one.value.casefold()) not in known]
