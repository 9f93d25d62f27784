"""When things were done, by whom, in which order, and what became of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise

from common.moments import LONDON, london_day
from demo.plausible.rule import Rule
from demo.plausible.seen import ActSeen, HubSeen

NIGHT, POLICE = "out_of_hours", "police"
EARLIEST, LATEST = 7, 22
"""From and to which hour the police's people are at work, every day."""

TOO_LONG, A_BUSY_DAY = timedelta(days=21), 36
"""A borough's hub has up to forty contacts on a working day."""
SHARES = {
    "colours": {"red": (0.15, 0.45), "amber": (0.25, 0.65), "green": (0.08, 0.4)},
    "sources": {"professional": (0.4, 0.75), "school": (0.1, 0.3), "anonymous": (0.02, 0.12), "self": (0.02, 0.12)},
    "outcomes": {
        "assessment": (0.2, 0.55), "early_help": (0.1, 0.4), "no_further_action": (0.04, 0.35),
        "strategy": (0.02, 0.25),
    },
}  # fmt: skip
"""From and to which share, where a hub's leaflets and returns agree roughly."""


def _is_late(act: ActSeen, hub: HubSeen) -> bool:
    if act.member is None or act.verb.startswith("account."):
        return False
    is_open = hub.calendar.is_open(act.at) or hub.calendar.is_open(act.at - timedelta(minutes=30))
    if NIGHT in act.roles:
        return is_open and hub.calendar.is_open(act.at - timedelta(minutes=30))
    if act.agency_kind == POLICE:
        return not EARLIEST <= london_hour(act) < LATEST
    return not is_open


def london_hour(act: ActSeen) -> int:
    """Return the hour in London in which somebody acted."""
    return act.at.astimezone(LONDON).hour


def outside_hours(hub: HubSeen) -> Iterator[str]:
    """Somebody of the office acts while the hub is closed, or the night while it is open."""
    for act in hub.acts:
        if _is_late(act, hub):
            yield f"{act.at:%a %d %b %H:%M} {', '.join(sorted(act.roles))}: {act.verb} {act.reference}."


def not_a_member(hub: HubSeen) -> Iterator[str]:
    """Somebody acts before their membership began or after it ended."""
    for act in hub.acts:
        if act.member is None:
            continue
        day, (first, last) = london_day(act.at), act.member
        if day < first or (last is not None and day > last):
            yield f"{act.at:%d %b %Y}: {act.verb} {act.reference}."


def before_its_cause(hub: HubSeen) -> Iterator[str]:
    """Something is done before that of which it follows."""
    for one in hub.contacts:
        for (first, before), (then, after) in pairwise(one.moments):
            if after < before:
                yield f"{one.reference}: {then} at {after:%d %b %H:%M}, {first} at {before:%d %b %H:%M}."


def in_the_future(hub: HubSeen) -> Iterator[str]:
    """Something was done after now."""
    yield from (f"{act.verb} {act.reference}, {act.at}." for act in hub.acts if act.at > hub.at)


def dead_ends(hub: HubSeen) -> Iterator[str]:
    """Something of a contact waits that came weeks ago."""
    for one in hub.contacts:
        if hub.at - one.arrived > TOO_LONG:
            yield from (f"{one.reference}, {one.day:%d %b}: {what}." for what in one.waits)


def idle_days(hub: HubSeen) -> Iterator[str]:
    """Far too many contacts come on one day of the past, or nothing for a fortnight."""
    today = london_day(hub.at)
    days = sorted(one.day for one in hub.contacts if one.day < today)
    yield from (f"{day}: {times} contacts." for day, times in Counter(days).items() if times > A_BUSY_DAY)
    gaps = pairwise(days)
    yield from (f"Nothing from {one} to {other}." for one, other in gaps if other - one > timedelta(days=14))


def out_of_proportion(hub: HubSeen) -> Iterator[str]:
    """Colours, sources or outcomes are not shared out as in a hub."""
    counted = {
        "colours": Counter(one.colour for one in hub.contacts if one.colour),
        "sources": Counter(one.kind for one in hub.contacts),
        "outcomes": Counter(outcome for one in hub.contacts for outcome in one.outcomes),
    }
    for what, ranges in SHARES.items():
        total = sum(counted[what].values())
        for value, (least, most) in ranges.items():
            share = counted[what][value] / total if total else 0
            if not least <= share <= most:
                yield f"{what}: {value} {share:.0%}, not {least:.0%} to {most:.0%}."


def six_cases(hub: HubSeen) -> Iterator[str]:
    """One of the six cases is not there, or is not finished with its word back."""
    for title, reported in hub.titles:
        found = [one for one in hub.contacts if any(text.text == reported for text in one.texts)]
        if len(found) != 1:
            yield f"{title}: {len(found)} times."
        elif found[0].state != "ended" or not found[0].feedback or found[0].waits:
            yield f"{title}: {found[0].state}, {', '.join(found[0].waits) or 'no word back'}."


RULES = (
    Rule(
        "hours",
        "The office acts in its hours, the duty team outside them, the police from 7 to 22.",
        outside_hours,
        of_acts=True,
    ),
    Rule("members", "Who acts is a member on that day.", not_a_member, of_acts=True),
    Rule("order", "Nothing is done before what it follows from.", before_its_cause),
    Rule("future", "Nothing was done after now.", in_the_future, of_acts=True),
    Rule("dead ends", "Nothing waits of a contact that came more than three weeks ago.", dead_ends),
    Rule("days", "Contacts come spread over the days.", idle_days),
    Rule("shares", "Colours, sources and outcomes are shared out as in a hub.", out_of_proportion),
    Rule("six cases", "The six cases are there, finished, each with its word back.", six_cases),
)
