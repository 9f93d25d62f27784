"""What goes wrong in the box: people leave or are away, records turn, machines stand still, the world outside changes.

A mishap of a person goes through the page on which they do it; one of the world outside is written past the product.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, timedelta

from django.urls import reverse

from demo.borough.hands import Answers
from demo.borough.hub import successor
from demo.borough.life import Borough
from demo.borough.markup import Form, Page
from demo.borough.moving import Outcome, Taken, route_of, take
from demo.borough.visitors import Visitor

Mishap = Callable[[Borough], str | None]
"""Lets something happen and says what; None where it could not happen now."""

LISTS = {"contact": "/contacts/", "enquiry": "/enquiries/", "request": "/requests/"}
PAGES = {
    "contact": "contacts:contact",
    "enquiry": "screening:enquiry",
    "request": "information_sharing:request",
}


def _somebody(borough: Borough, *roles: str, at_work: bool = True) -> Visitor | None:
    here = borough.at_work() if at_work else [one for one in borough.people if one.ended_at is None]
    found = [one for one in here if set(one.membership.roles) & set(roles)]
    return borough.draw.choice(found) if found else None


def _open(borough: Borough, visitor: Visitor, kind: str, query: str = "") -> str | None:
    """Let somebody choose a record from a list of theirs; return its reference."""
    page = visitor.get(LISTS[kind] + query)
    found = [one for one in page.links if route_of(one) == PAGES[kind]]
    return borough.draw.choice(found).split("/")[2] if found else None


def _send(borough: Borough, visitor: Visitor, page: Page, route: str, said: Answers | None = None) -> Taken | None:
    """Let somebody send a form of a page; what they have in mind goes before habit."""
    form = next((one for one in page.forms if route_of(one.action) == route), None)
    if form is None:
        return None
    visitor.hand.wishes = dict(said or {})
    try:
        taken = take(visitor, form)
    finally:
        visitor.hand.wishes = {}
    borough.keep(visitor.name, "", page.path.split("/")[2] if page.path.count("/") > 1 else "", taken)
    return taken


def _on_record(kind: str, route: str, *roles: str, query: str = "", said: Answers | None = None, words: str) -> Mishap:
    """Make the mishap that somebody does something to a record that they choose from a list."""

    def happen(borough: Borough) -> str | None:
        visitor = _somebody(borough, *roles)
        reference = _open(borough, visitor, kind, query) if visitor else None
        if visitor is None or reference is None:
            return None
        page = visitor.get(reverse(route, args=[reference]))
        taken = _send(borough, visitor, page, route, said) if page.status == 200 else None
        if taken is None or taken.outcome != Outcome.DONE:
            return None
        return f"{visitor.name} {words} {reference}"

    return happen


def _leave(borough: Borough, gone: Visitor, *, back_after: timedelta) -> bool:
    """Let an administrator end a membership on its page; a colleague begins in their place some time later."""
    administrator = next(one for one in borough.people if "administrator" in one.membership.roles)
    route = "agencies:end_membership"
    page = administrator.get(reverse(route, args=[gone.membership.pk]))
    taken = _send(borough, administrator, page, route)
    if taken is None or taken.outcome != Outcome.DONE:
        return False
    gone.ended_at = borough.clock.now
    borough.later.append((borough.clock.now + back_after, lambda: _replace(borough, gone)))
    return True


def _replace(borough: Borough, gone: Visitor) -> None:
    begun = successor(gone, len(borough.people), borough.clock, borough.draw)
    borough.people.append(begun)
    borough.keep(begun.name, "", "", Taken("agencies:join", Outcome.DONE, 302))


def a_holder_leaves(borough: Borough) -> str | None:
    """End the membership of somebody who holds work."""
    gone = _somebody(borough, "social_worker", "front_door", "screener", "receiving_worker", at_work=False)
    if gone and _leave(borough, gone, back_after=timedelta(hours=20)):
        return f"{gone.name} leaves the hub"
    return None


def is_absent(borough: Borough) -> str | None:
    """Let somebody be ill for three days: a manager marks them absent, with a cover or without one."""
    away = _somebody(borough, "social_worker", "manager", "researcher", "receiving_worker", "screener")
    managers = [one for one in borough.at_work() if "manager" in one.membership.roles and one is not away]
    if away is None or not managers:
        return None
    route, manager = "screening:mark_absent", borough.draw.choice(managers)
    page = manager.get(reverse(route, args=[away.membership.pk]))
    taken = _send(borough, manager, page, route) if page.status == 200 else None
    if taken is None or taken.outcome != Outcome.DONE:
        return None
    midnight = borough.clock.london.replace(hour=0, minute=0, second=0, microsecond=0)
    away.idle_until = (midnight + timedelta(days=3)).astimezone(UTC)
    return f"{away.name} is ill for three days"


def changes_agency(borough: Borough) -> str | None:
    """Let a researcher leave for another agency: the membership ends, another begins there."""
    gone = _somebody(borough, "researcher", at_work=False)
    if gone and _leave(borough, gone, back_after=timedelta(hours=26)):
        return f"{gone.name} goes to another agency"
    return None


def the_last_manager_leaves(borough: Borough) -> str | None:
    """End the membership of every manager at once; the first of the new ones begins the next day."""
    managers = [one for one in borough.people if one.ended_at is None and "manager" in one.membership.roles]
    left = [_leave(borough, one, back_after=timedelta(hours=16)) for one in managers]
    return "The last manager leaves" if left and all(left) else None


def an_agency_has_nobody(borough: Borough) -> str | None:
    """End every researcher and lead of one agency."""
    agencies = sorted({one.membership.agency.name for one in borough.people if "researcher" in one.membership.roles})
    name = borough.draw.choice(agencies)
    theirs = [
        one for one in borough.people
        if one.ended_at is None and one.membership.agency.name == name
        and {"researcher", "lead"} & set(one.membership.roles)
    ]  # fmt: skip
    left = [_leave(borough, one, back_after=timedelta(hours=30)) for one in theirs]
    return f"Nobody is left at {name}" if left and all(left) else None


def a_desk_stands_empty(borough: Borough) -> str | None:
    """End everybody at the front door, or every decision maker; the first of the new ones begins the next day."""
    role, kind = borough.draw.choice((("front_door", ""), ("screener", "social_care")))
    theirs = [
        one for one in borough.people
        if one.ended_at is None and role in one.membership.roles and "manager" not in one.membership.roles
        and kind in ("", one.membership.agency.kind)
    ]  # fmt: skip
    left = [_leave(borough, one, back_after=timedelta(hours=20)) for one in theirs]
    return f"Nobody is left who is {role.replace('_', ' ')}" if left and all(left) else None


def an_agreement_lapses(borough: Borough) -> str | None:
    """Let an agency's signature end yesterday; it is given again after two days."""
    names = sorted({one.membership.agency.name for one in borough.people if "researcher" in one.membership.roles})
    name = borough.draw.choice(names)
    yesterday = borough.clock.london.date() - timedelta(days=1)
    where = "WHERE agency_id = (SELECT id FROM agencies_agency WHERE name = %s) AND signed_on <= %s"
    borough.outside(f"UPDATE agencies_signature SET ends_on = %s {where}", [yesterday, name, yesterday])  # noqa: S608
    again = f"UPDATE agencies_signature SET ends_on = NULL {where}"  # noqa: S608
    back = borough.clock.now + timedelta(days=2)
    borough.later.append((back, lambda: borough.outside(again, [name, yesterday])))
    return f"The signature of {name} lapses"


def workers_stop(borough: Borough) -> str | None:
    """Let the workers stand still for a day."""
    if borough.sweeps_again_at is not None and borough.sweeps_again_at > borough.clock.now:
        return None
    borough.sweeps_again_at = borough.clock.now + timedelta(days=1)
    return "The workers stop for a day"


def mail_fails(borough: Borough) -> str | None:
    """Let the mail server refuse every address for good, for six hours."""
    borough.mail_again_at = borough.clock.now + timedelta(hours=6)
    return "The mail server refuses everything for six hours"


def a_storm(borough: Borough) -> str | None:
    """Close the hub tomorrow."""
    day = borough.clock.london.date() + timedelta(days=1)
    statement = (
        "INSERT INTO clock_closure (id, day, name) VALUES (gen_random_uuid(), %s, 'Storm') ON CONFLICT DO NOTHING"
    )
    borough.outside(statement, [day])
    return f"The hub closes for a storm on {day:%d %B}"


def policy_changes(borough: Borough) -> str | None:
    """Put a new rating policy in force from now on, a little shorter or longer."""
    measure, colour, unit = borough.draw.choice(
        (
            ("decision", "green", "working_days"),
            ("full_answer", "amber", "hub_minutes"),
            ("acceptance", "", "working_days"),
        )
    )
    quantity = borough.draw.choice((1, 2, 4)) if unit == "working_days" else borough.draw.choice((180, 240, 300))
    borough.outside(
        "INSERT INTO clock_ratingpolicy (id, measure, colour, unit, quantity, start, waits_for_opening,"
        " runs_past_closing, effective_from) SELECT gen_random_uuid(), measure, colour, unit, %s, start,"
        " waits_for_opening, runs_past_closing, %s FROM clock_ratingpolicy WHERE measure = %s AND colour = %s"
        " ORDER BY effective_from DESC LIMIT 1",
        [quantity, borough.clock.now, measure, colour],
    )
    return f"From now on {measure} {colour} has {quantity} {unit.replace('_', ' ')}"


def a_stale_form(borough: Borough) -> str | None:
    """Let two people open the same form; the second to send it is late, and gets the text back."""
    first, second = _somebody(borough, "front_door"), _somebody(borough, "manager")
    reference = _open(borough, first, "contact", "?state=received") if first else None
    if first is None or second is None or reference is None:
        return None
    route = "contacts:amend"
    pages = [one.get(reverse(route, args=[reference])) for one in (first, second)]
    forms: list[Form] = [form for page in pages for form in page.forms if route_of(form.action) == route]
    if len(forms) != 2:
        return None
    take(second, forms[1])
    said = {**first.hand.fill(forms[0]), "agreement_reason": ["They were asked by telephone, and this came too late."]}
    late = first.send(forms[0], said)
    borough.keep(first.name, "", reference, Taken(route, Outcome.LATE, late.status))
    given_back = "this came too late" in late.html
    borough.counts["stale: given back" if given_back or late.status == 302 else "stale: lost"] += 1
    return f"{first.name} sends a form about {reference} that {second.name} had saved before"


def a_conflict(borough: Borough) -> str | None:
    """Let somebody declare a conflict of interest about a case on their list."""
    visitor = _somebody(borough, "social_worker", "front_door", "screener", "manager")
    reference = _open(borough, visitor, "contact") if visitor else None
    if visitor is None or reference is None:
        return None
    route = "screening:contact_interest"
    page = visitor.get(reverse(route, args=[reference]))
    taken = _send(borough, visitor, page, route) if page.status == 200 else None
    done = taken is not None and taken.outcome == Outcome.DONE
    return f"{visitor.name} declares an interest in {reference}" if done else None


def _by_team(route: str, words: str) -> Mishap:
    def happen(borough: Borough) -> str | None:
        for visitor in sorted(borough.at_work(), key=lambda one: one.key):
            lines = borough.list_of(visitor) if "receiving_worker" in visitor.membership.roles else []
            for line in lines:
                page = visitor.get(line.url)
                form = [one for one in page.forms if route_of(one.action) == route]
                if form and (taken := _send(borough, visitor, page, route)) and taken.outcome == Outcome.DONE:
                    return f"{visitor.name} {words} {line.reference}"
        return None

    return happen


def _of_an_item(route: str, words: str) -> Mishap:
    """Let a researcher change or take back an item of an answer."""

    def happen(borough: Borough) -> str | None:
        visitor = _somebody(borough, "researcher")
        reference = _open(borough, visitor, "request", "?done") if visitor else None
        if visitor is None or reference is None:
            return None
        page = visitor.get(reverse("information_sharing:request", args=[reference]))
        if route == "information_sharing:edit_item":
            found = [one for one in page.links if route_of(one) == route]
            page = visitor.get(found[0]) if found else page
        taken = _send(borough, visitor, page, route)
        return f"{visitor.name} {words} {reference}" if taken and taken.outcome == Outcome.DONE else None

    return happen


MISHAPS: Mapping[str, Mishap] = {
    "a holder leaves": a_holder_leaves,
    "somebody is absent": is_absent,
    "somebody changes agency": changes_agency,
    "the last manager leaves": the_last_manager_leaves,
    "an agency has nobody": an_agency_has_nobody,
    "an agreement lapses": an_agreement_lapses,
    "a desk stands empty": a_desk_stands_empty,
    "a conflict is declared": a_conflict,
    "a team declines": _by_team("decisions:decline", "declines"),
    "a team queries": _by_team("decisions:query", "queries"),
    "an owner withdraws": _of_an_item("information_sharing:withdraw_item", "takes back an item of"),
    "an owner corrects": _of_an_item("information_sharing:edit_item", "rewords an item of"),
    "a contact is corrected": _on_record(
        "contact", "contacts:correct", "front_door", "manager", words="corrects a fact of"
    ),
    "a family refuses": _on_record(
        "contact", "contacts:amend", "front_door", "manager", query="?state=in_enquiry",
        said={"agreement": ["refused"], "agreement_reason": ["The mother rang: she does not agree any more."]},
        words="records that the family refuses, in",
    ),
    "a stale form": a_stale_form,
    "danger is raised": _on_record(
        "contact", "contacts:protect", "front_door", "manager", words="raises the alarm for"
    ),
    "a rating changes": _on_record("enquiry", "screening:rerate", "manager", words="rates again"),
    "an own deadline": _on_record("enquiry", "screening:own_deadline", "manager", words="sets another deadline for"),
    "a complaint": _on_record("contact", "decisions:complaint", "front_door", query="?state=ended",
                              words="records a complaint about"),
    "workers stop": workers_stop,
    "mail fails": mail_fails,
    "a storm": a_storm,
    "a policy changes": policy_changes,
}  # fmt: skip
"""Every kind; the change of the clocks comes by itself, where a seed lives through it."""

SELDOM = {
    "the last manager leaves",
    "workers stop",
    "a storm",
    "mail fails",
    "an agency has nobody",
    "a desk stands empty",
}
"""What a hub does not survive every day: at most one of these at a time."""
