"""The protected places of the children of a summary, for whoever visits them."""

from __future__ import annotations

import uuid
from collections.abc import Collection

from agencies.access.viewer import Viewer
from common.leaks import Kind
from contacts.models import Whereabouts
from contacts.queries.people import people_of_enquiry
from contacts.reads.whereabouts import shield_said
from contacts.rules.protected import HOME, Place, place_of_child, shield_of, shield_of_home

KIND = Kind.ADDRESS
OWN = (("Address", "address"), ("School or nursery", "school"), ("GP practice", "practice"))


def places_for_visitor(viewer: Viewer, enquiry_id: uuid.UUID, children: Collection[uuid.UUID]) -> str:
    """Return each protected place of some children as a line: what it is, where, from whom it is protected.

    Args:
        children: of the summary, each by the key of `Child.subject`.
    """
    people = people_of_enquiry(viewer, enquiry_id, sees_contacts=True)
    named = {one.person_id or one.pk for one in people if one.pk in children}
    rows = [one for one in people if (one.person_id or one.pk) in named]
    found: list[Place] = []
    for one in rows:
        contact, whose = one.contact, one.name
        home = shield_of_home(contact, [each for each in people if each.contact_id == contact.pk])
        if one.lives_in_household is not False:
            found.append(Place(HOME, contact.address, KIND, home))
        own = shield_of(one, contact)
        found += [Place(f"{what} of {whose}", getattr(one, column), KIND, own) for what, column in OWN]
    known = {one.pk: one for one in rows}
    said = Whereabouts.objects.visible_to(viewer).filter(subject_id__in=list(known)).order_by("recorded_at", "id")
    for row in said:
        child = known[row.subject_id]
        found.append(place_of_child(child, child.contact, row.place, shield_said(row)))
    held = dict.fromkeys((one.what, one.value, one.protected_words) for one in found if one.shield and one.value)
    return "\n".join(f"{what}: {value}. {words}" for what, value, words in held)
