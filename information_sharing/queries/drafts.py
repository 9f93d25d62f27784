"""What is drafted into requests for whoever words them: nothing that the leak check would refuse."""

from __future__ import annotations

from dataclasses import dataclass

from agencies.access.viewer import Viewer
from common.leaks import find_leaks
from information_sharing import rules
from information_sharing.choices import ReferrerNamed
from information_sharing.reads.wording import LONGEST, Picture, picture_of
from screening.models import Enquiry


@dataclass(frozen=True)
class Draft:
    """The start of a wording.

    Attributes:
        concern: the concerns for sharing; those that would give somebody or something away are left out.
        left_out: how many were.
        referrers: what may be said of who was worried, as choices; none where nobody may be named.
        referrer: which of them is chosen at first: the organisation, or nothing where an address is protected.
        has_protected: an address of the enquiry is protected.
    """

    concern: str
    left_out: int
    referrers: list[tuple[str, str]]
    referrer: str
    has_protected: bool


def draft_of(viewer: Viewer, enquiry: Enquiry) -> Draft:
    """Return what a wording starts from."""
    picture = picture_of(enquiry.pk, viewer)
    ordered = sorted(picture.contacts.values(), key=lambda one: (one.arrived_at, str(one.pk)))
    said = [one.concern for one in ordered if one.concern.strip()]
    guarded = picture.guarded
    kept = [one for one in said if not find_leaks(one, guarded.forbidden, guarded.permitted)]
    has_protected = bool(picture.protected_for(list(picture.people.values())).address)
    referrers = _referrers(picture)
    named = any(value == ReferrerNamed.ORGANISATION for value, _ in referrers)
    return Draft(
        concern="\n\n".join(kept),
        left_out=len(said) - len(kept),
        referrers=referrers,
        referrer=ReferrerNamed.ORGANISATION if named and not has_protected else ReferrerNamed.LEFT_OUT,
        has_protected=has_protected,
    )


def _referrers(picture: Picture) -> list[tuple[str, str]]:
    """Return what may be said of who was worried; an organisation that gives away a protected place is no choice."""
    named = [one for one in picture.referrers if not one.is_private and one.organisation]
    if not named:
        return []
    choices = [(value, str(label)) for value, label in ReferrerNamed.choices if value != ReferrerNamed.ORGANISATION]
    open_ones = [one.organisation for one in named if picture.may_be_named(one)]
    if open_ones:
        choices.append((ReferrerNamed.ORGANISATION, f"The organisation: {rules.joined(open_ones, most=LONGEST)}"))
    return choices
