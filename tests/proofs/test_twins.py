"""Twin worlds: two hubs that differ in one secret answer everybody who must not know it alike, byte for byte."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

import pytest
from pytest_django.plugin import DjangoDbBlocker

from tests.architecture.planting import PLAIN, enter_world
from tests.database import replace_database
from tests.proofs.crawling import Crawl, Difference, compare, crawl, standing_clock, visits
from tests.proofs.figures import add, is_quick
from tests.proofs.kinds import KINDS, NAMING, QUICK, Kind
from tests.proofs.outbox import mail_to
from tests.proofs.scenes import scene

CHOSEN = [kind for kind in KINDS if not is_quick() or kind.name in QUICK]
SCENES = list(dict.fromkeys(kind.scene for kind in CHOSEN))
"""Secrets of one case are tried by one worker, which then knows the first world's answers already."""

QUICK_PEOPLE = {"front_door", "social_worker", "lead", "other_researcher", "auditor"}
MOST_TOLD = 30


@pytest.fixture
def twins(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Let worlds be entered and left, with actions that are kept; the plain database comes back afterwards."""
    with django_db_blocker.unblock():
        yield
        replace_database()


_first = Crawl()
"""The first world's answers: there nothing ever differs, so each worker asks for each of them once."""


@pytest.mark.parametrize("on", SCENES)
def test_twin_worlds_are_not_told_apart(on: str, twins: None) -> None:
    found = {kind.name: told_apart(kind) for kind in CHOSEN if kind.scene == on}
    assert {name: places[:MOST_TOLD] for name, places in found.items() if places} == {}


def told_apart(kind: Kind) -> list[str]:
    """Return the places by which a secret shows; the figures are added."""
    who = [name for name in kind.without_need if not is_quick() or name in QUICK_PEOPLE]
    enter_world(PLAIN)
    with standing_clock():
        case = scene(kind.scene)
        wanted = visits(case.references, case.items)
        new = kind.keep(case)
        fresh = [one for one in visits(new.references, new.items, only=NAMING) if one not in wanted]
        second, told = crawl(who, [*wanted, *fresh]), mail_to(who)
        enter_world(PLAIN)
        first = crawl(who, [*wanted, *fresh], into=_first)
        difference = compare(first, second, who, [*wanted, *fresh])
        differing_mail = told ^ mail_to(who)
    tell(difference, len(who), len(differing_mail))
    return [*difference.where, *(str(one) for one in sorted(differing_mail))]


def tell(difference: Difference, people: int, mails: int) -> None:
    """Add one kind to the figures."""
    add("twin worlds: kinds of secret", 1, f">= {len(QUICK) if is_quick() else 8}")
    add("twin worlds: pages compared", difference.pages, f">= {1_500 if is_quick() else 20_000}")
    add("twin worlds: kinds times people", people, f">= {6 if is_quick() else 120}")
    for name, figure in {
        "twin worlds: bytes differing": difference.differing_bytes,
        "twin worlds: pages with other queries": difference.queries,
        "twin worlds: mails and notices differing": mails,
    }.items():
        with suppress(AssertionError):  # The test itself fails with the places.
            add(name, figure, "0")
