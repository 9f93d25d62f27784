"""What each kind of text that leaves at the end may not give away, and what it may say."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence

from agencies.access.viewer import Viewer
from common.leaks import Kind, Secret
from common.normal.addresses import same_address
from contacts.choices import PersonKind
from contacts.models import Contact, Subject
from contacts.reads.leaks import guarded_in
from contacts.reads.unseen import unseen_referrers
from contacts.rules.leaks import names_of, places_of
from contacts.rules.outgoing import Checked
from contacts.rules.protected import shield_of_home
from decisions.models import FamilyLetter, MashSummary, SummaryItem
from information_sharing.reads.leaks import items_cleared, items_of_others
from information_sharing.reads.unseen import unseen_items

ELSEWHERE = "where somebody else lives"
GOES_TO = "where the children can be found"
NEVER_IN_MAIL = "a name or an address of this contact, which an email never holds"


def of_contact(viewer: Viewer, contact: Contact, *, but_its_own: bool = False) -> Checked:
    """Return what a text about a contact and its enquiry may not give away.

    Args:
        but_its_own: it goes to who told the hub of this contact: they get back what they gave.
    """
    contacts = [contact] if contact.enquiry_id is None else _of_enquiry(viewer, contact.enquiry_id, contact)
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


def _of_enquiry(viewer: Viewer, enquiry_id: uuid.UUID, contact: Contact) -> list[Contact]:
    return [contact, *Contact.objects.visible_to(viewer).filter(enquiry_id=enquiry_id).exclude(pk=contact.pk)]


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

    Where an address is protected, whoever does not live there does not learn the school or the practice either.
    """
    contact, adult = letter.contact, letter.subject
    guarded = guarded_in(viewer, [contact])
    homes = {contact.address, *(one.address for one in guarded.people if one.pk != adult.pk)}
    others = [home for home in homes if home and not same_address(home, own_address)]
    children = [one for one in guarded.people if one.kind == PersonKind.CHILD]
    home = shield_of_home(contact, guarded.people)
    is_hidden = home is not None and not same_address(contact.address, own_address)
    items = [] if contact.enquiry_id is None else items_of_others(viewer, contact.enquiry_id)
    return Checked(
        [
            *guarded.forbidden,
            *guarded.reports,
            *(Secret(Kind.ADDRESS, home, whose=ELSEWHERE) for home in others),
            *(places_of(children, whose=GOES_TO) if is_hidden else []),
            *items,
        ],
        [
            *(one for one in guarded.permitted if one.kind == Kind.NAME),
            *names_of([adult]),
            Secret(Kind.ADDRESS, own_address),
            *([] if is_hidden else places_of(children)),
        ],
        _unseen(viewer, [contact], contact.enquiry_id),
    )


def named_in_contact(viewer: Viewer, contact: Contact) -> list[Secret]:
    """Return the names and addresses that no mail may hold: each name alone too, in small letters too."""
    people = list(Subject.objects.visible_to(viewer).filter(contact=contact))
    names = [Secret(one.kind, one.value, one.also, NEVER_IN_MAIL, in_small_letters=True) for one in names_of(people)]
    homes = dict.fromkeys(filter(None, [contact.address, *(one.address for one in people)]))
    return [*names, *(Secret(Kind.ADDRESS, home, whose=NEVER_IN_MAIL) for home in homes)]
