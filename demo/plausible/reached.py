"""Where people live, and how they and those who write are reached."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date

from common.normal.telephones import telephones_in
from demo.plausible.rule import Rule
from demo.plausible.seen import ContactSeen, HubSeen

FICTIONAL = re.compile(
    r"(01632960|0113496|0114496|0115496|0116496|0117496|0118496|0121496|0131496|0141496|0151496|0161496|0191498"
    r"|0207946|02079460|0289649|0292018|03069990|07700900|08081570|09098790)\d+"
)
"""Source: Ofcom, telephone numbers for use in television and radio drama."""
POSTCODE = re.compile(r"\b([A-Z]{1,2})\d[A-Z\d]? \d[A-Z]{2}\b")
AREAS = frozenset(
    [
        "AB",
        "AL",
        "B",
        "BA",
        "BB",
        "BD",
        "BH",
        "BL",
        "BN",
        "BR",
        "BS",
        "BT",
        "CA",
        "CB",
        "CF",
        "CH",
        "CM",
        "CO",
        "CR",
        "CT",
        "CV",
        "CW",
        "DA",
        "DD",
        "DE",
        "DG",
        "DH",
        "DL",
        "DN",
        "DT",
        "DY",
        "E",
        "EC",
        "EH",
        "EN",
        "EX",
        "FK",
        "FY",
        "G",
        "GL",
        "GU",
        "HA",
        "HD",
        "HG",
        "HP",
        "HR",
        "HS",
        "HU",
        "HX",
        "IG",
        "IP",
        "IV",
        "KA",
        "KT",
        "KW",
        "KY",
        "L",
        "LA",
        "LD",
        "LE",
        "LL",
        "LN",
        "LS",
        "LU",
        "M",
        "ME",
        "MK",
        "ML",
        "N",
        "NE",
        "NG",
        "NN",
        "NP",
        "NR",
        "NW",
        "OL",
        "OX",
        "PA",
        "PE",
        "PH",
        "PL",
        "PO",
        "PR",
        "RG",
        "RH",
        "RM",
        "S",
        "SA",
        "SE",
        "SG",
        "SK",
        "SL",
        "SM",
        "SN",
        "SO",
        "SP",
        "SR",
        "SS",
        "ST",
        "SW",
        "SY",
        "TA",
        "TD",
        "TF",
        "TN",
        "TQ",
        "TR",
        "TS",
        "TW",
        "UB",
        "W",
        "WA",
        "WC",
        "WD",
        "WF",
        "WN",
        "WR",
        "WS",
        "WV",
        "YO",
        "ZE",
    ]
)
"""Areas of postcodes that somebody lives in."""
NOT_AN_AGENCY = frozenset({"mail", "work", "example"})
SMALL_WORDS = frozenset(["the", "of", "and", "s", "st", "for"])


def real_numbers(hub: HubSeen) -> Iterator[str]:
    """A telephone number may be somebody's."""
    told = [(one.reference, text.text) for one in hub.contacts for text in one.texts]
    told += [(one.reference, one.referrer.telephone) for one in hub.contacts]
    told += [("the hub", number) for number in hub.telephones]
    for where, text in told:
        for number in telephones_in(text):
            plain = "0" + number.removeprefix("+44").removeprefix("0")
            if not FICTIONAL.fullmatch(plain):
                yield f"{where}: {number}."


def shared_numbers(hub: HubSeen) -> Iterator[str]:
    """One number is that of several who write."""
    bearers: dict[str, set[str]] = defaultdict(set)
    for one in hub.contacts:
        if one.referrer.telephone:
            bearers[one.referrer.telephone].add(one.referrer.name)
    yield from (f"{number}: {', '.join(sorted(names))}." for number, names in bearers.items() if len(names) > 1)
    yield from (f"{number}: {times} desks." for number, times in Counter(hub.telephones).items() if times > 1)


def _addresses(one: ContactSeen) -> Iterator[str]:
    yield one.address
    yield from (person.address for person in one.people)


def real_postcodes(hub: HubSeen) -> Iterator[str]:
    """A postcode is of a place that there is, or an address has none."""
    for one in hub.contacts:
        for address in filter(None, _addresses(one)):
            areas = POSTCODE.findall(address)
            if not areas or set(areas) & AREAS:
                yield f"{one.reference}: {address}."


def one_home(hub: HubSeen) -> Iterator[str]:
    """Families that are nothing to each other live at one address."""
    families: dict[str, set[frozenset[tuple[str, str, date | None]]]] = defaultdict(set)
    for one in hub.contacts:
        names = frozenset(child.identity for child in one.children if child.given)
        if one.address and names:
            families[one.address].add(names)
    for address, found in families.items():
        if len(found) > 1 and not frozenset.intersection(*found):
            yield f"{address}: {len(found)} families."


def one_postcode(hub: HubSeen) -> Iterator[str]:
    """One postcode stands for several streets."""
    streets: dict[str, set[str]] = defaultdict(set)
    for address in {address for one in hub.contacts for address in _addresses(one) if address}:
        whole = POSTCODE.search(address)
        if whole:
            streets[whole.group()].add(re.sub(r"^\W*(Flat \w+, )?\d+\w? ", "", address).partition(",")[0])
    yield from (f"{code}: {', '.join(sorted(found))}." for code, found in streets.items() if len(found) > 1)


def several_posts(hub: HubSeen) -> Iterator[str]:
    """Somebody writes for several organisations, or is a professional here and a neighbour there."""
    posts: dict[str, set[str]] = defaultdict(set)
    for one in hub.contacts:
        if one.referrer.name:
            posts[one.referrer.name].add(one.referrer.organisation or "nobody")
    yield from (f"{name}: {', '.join(sorted(found))}." for name, found in posts.items() if len(found) > 1)


def foreign_mailbox(hub: HubSeen) -> Iterator[str]:
    """Who writes for an organisation has a mailbox of another."""
    for one in hub.contacts:
        who = one.referrer
        if not (who.organisation and who.email):
            continue
        domain = who.email.partition("@")[2].partition(".")[0].replace("-", "")
        words = [word for word in re.findall(r"[a-z]+", who.organisation.lower()) if word not in SMALL_WORDS]
        if domain in NOT_AN_AGENCY or not any(word in domain for word in words):
            yield f"{one.reference}: {who.organisation}, {who.email}."


def one_minute(hub: HubSeen) -> Iterator[str]:
    """Too many contacts reach the hub in one minute of the day."""
    minutes = Counter(f"{one.arrived:%H:%M}" for one in hub.contacts)
    yield from (f"{times} at {minute}." for minute, times in minutes.items() if times > 3)


RULES = (
    Rule("fictional numbers", "Every telephone number is one that Ofcom keeps for fiction.", real_numbers),
    Rule("own numbers", "A telephone number belongs to one person or desk.", shared_numbers),
    Rule("fictional postcodes", "Every address has a postcode, of an area that does not exist.", real_postcodes),
    Rule("homes", "No two unrelated families live at one address.", one_home),
    Rule("postcodes", "A postcode stands for one street.", one_postcode),
    Rule("posts", "Who writes, writes for one organisation.", several_posts),
    Rule("mailboxes", "Who writes for an organisation has a mailbox there.", foreign_mailbox),
    Rule("minutes", "No more than three contacts arrive in one minute of the day.", one_minute),
)
