"""What the database keeps for the list of work follows what was told, corrected and written, in whatever order."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

import information_sharing.actions as sharing
from agencies.access.identity import acting_as
from contacts.choices import PersonKind, RelationKind
from contacts.models import Relation, Subject
from decisions import actions
from decisions.actions import Word
from decisions.choices import FeedbackState
from decisions.models import FamilyLetter
from decisions.reads.corrections import kept_untold, untold
from tests.decisions.test_corrections import LATER, corrected, passed_on
from tests.people import Person
from tests.scenes import screening as contacts
from tests.scenes.case import Case

pytestmark = pytest.mark.django_db

HUB, BOTH = (True, False), (True, True)
SAID = Word(FeedbackState.SPOKEN, "The hub, 01632 960000", "Ring again if it goes on.", "By telephone.")
HELD = Word(FeedbackState.HELD_BACK, reason="It would raise the risk.")


def kept(case: Case) -> list[tuple[bool, bool]]:
    """Return what is kept of the corrections of a case: still to be told by the hub, and by the front door."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT u.of_hub, u.of_front_door FROM decisions_untold u JOIN contacts_correction c ON c.id ="
            " u.correction_id WHERE c.contact_id = %s ORDER BY c.made_at",
            [case.contact.pk],
        )
        return [(of_hub, of_front_door) for of_hub, of_front_door in cursor.fetchall()]


def found(who: Person) -> int:
    """Return how many corrections wait for somebody, having looked among all and among those that are kept."""
    with acting_as(who.viewer) as viewer:
        among_all = set(untold(viewer).values_list("pk", flat=True))
        assert among_all == set(untold(viewer).filter(pk__in=kept_untold()).values_list("pk", flat=True)), who.user
    return len(among_all)


def asked(case: Case) -> None:
    case.in_mash()
    case.asked()


def handed_over(case: Case) -> None:
    handover = contacts.handed_over(case.who("fiona_front"), case.who("sunita_screener"), case.at)
    case.contact = handover.contact


def told(case: Case, word: Word = SAID) -> None:
    contact = case.ended()
    with acting_as(case.who("fiona_front").viewer) as viewer:
        actions.give_feedback(contact, word, viewer=viewer, at=case.at, told_before=0)


def begun(case: Case, name: str = "Mira") -> FamilyLetter:
    parent = Subject.objects.get(contact=case.contact, given_name=name)
    with acting_as(case.who("fiona_front").viewer) as viewer:
        return actions.begin_letter(case.contact, parent.pk, viewer=viewer, at=case.at)


def written(case: Case) -> None:
    case.ended()
    letter = begun(case)
    with acting_as(case.who("fiona_front").viewer) as viewer:
        actions.send_letter(letter, viewer=viewer, at=case.at, version=letter.version)


TELLINGS: list[tuple[Callable[[Case], object], list[tuple[bool, bool]], dict[str, int]]] = [
    (Case.in_mash, [], {}),
    (asked, [HUB], {"maeve_manager": 1, "saira_worker": 1}),
    (handed_over, [BOTH], {"maeve_manager": 1, "fiona_front": 1}),
    (Case.out, [HUB], {"maeve_manager": 1, "saira_worker": 1}),
    (lambda case: told(case, HELD), [HUB], {"maeve_manager": 1, "saira_worker": 1}),
    (told, [BOTH], {"maeve_manager": 1, "saira_worker": 1, "fiona_front": 1}),
    (written, [BOTH], {"maeve_manager": 1, "saira_worker": 1, "fiona_front": 1}),
]
EVERYBODY = ("maeve_manager", "saira_worker", "sean_worker", "fiona_front", "sunita_screener", "police_researcher")


@pytest.mark.parametrize(("tell", "sides", "waits"), TELLINGS)
def test_who_was_told_before_a_correction_has_to_be_told_of_it(
    case: Case, tell: Callable[[Case], object], sides: list[tuple[bool, bool]], waits: dict[str, int]
) -> None:
    tell(case)
    assert kept(case) == []
    correction = corrected(case, case.manager)
    assert kept(case) == sides
    assert {key: count for key in EVERYBODY if (count := found(case.who(key)))} == waits
    if sides:
        passed_on(case, case.manager, correction)
    assert kept(case) == []
    assert [found(case.who(key)) for key in EVERYBODY] == [0] * len(EVERYBODY)


@pytest.mark.parametrize(("tell", "sides", "waits"), [one for one in TELLINGS if one[0] is not handed_over])
def test_what_is_written_down_late_counts_from_when_it_was_told(
    case: Case,
    tell: Callable[[Case], object],
    sides: list[tuple[bool, bool]],
    waits: dict[str, int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The correction is there first, and says a later moment."""
    case.received()
    corrected(case, case.manager)
    monkeypatch.setattr(case, "received", lambda: case)  # It is logged already.
    tell(case)
    assert kept(case) == sides
    assert {key: count for key in EVERYBODY if (count := found(case.who(key)))} == waits


def test_the_front_door_tells_its_own_and_each_correction_counts_for_itself(case: Case) -> None:
    told(case)
    first = corrected(case, case.manager)
    passed_on(case, case.who("fiona_front"), first)
    assert kept(case) == []
    second = corrected(case, case.manager, at=case.at + 2 * LATER)
    assert kept(case) == [BOTH]
    passed_on(case, case.manager, second)
    assert kept(case) == []


def test_a_request_that_is_withdrawn_told_nobody(case: Case) -> None:
    case.in_mash()
    request = case.asked()
    corrected(case, case.manager)
    assert kept(case) == [HUB]
    with acting_as(case.worker.viewer) as viewer:
        sharing.withdraw_request(request, viewer=viewer, at=case.at, version=None)
    assert kept(case) == []
    assert found(case.manager) == 0


def test_nobody_reads_what_is_kept_but_through_its_functions(case: Case) -> None:
    told(case)
    corrected(case, case.manager)
    for key, count in {"maeve_manager": 1, "fiona_front": 1, "sean_worker": 0, "police_researcher": 0}.items():
        with acting_as(case.who(key).viewer), connection.cursor() as cursor:
            assert len(kept_untold()) == count, key
            cursor.execute("SELECT has_table_privilege('decisions_untold', 'SELECT, INSERT, UPDATE, DELETE')")
            assert cursor.fetchone() == (False,)
            cursor.execute("SELECT has_table_privilege('decisions_letterowed', 'SELECT, INSERT, UPDATE, DELETE')")
            assert cursor.fetchone() == (False,)


def owed(case: Case) -> list[datetime]:
    """Return since when a letter is kept as owed, or nothing; the same as what the rows themselves say."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT ended_at FROM decisions_letterowed WHERE contact_id = %s", [case.contact.pk])
        kept = [row[0] for row in cursor.fetchall()]
    with acting_as(case.who("fiona_front").viewer), connection.cursor() as cursor:
        cursor.execute("SELECT fw.letters_owed(10)")
        assert cursor.fetchone() == ([case.contact.pk] if kept else [],)
    return kept


def test_a_letter_is_owed_from_the_end_of_the_contact_until_each_parent_has_theirs(case: Case) -> None:
    case.in_mash()
    assert owed(case) == []
    case = Case(case.at)
    since = [case.ended().ended_at]
    assert owed(case) == since
    for name in ("Mira", "Tom"):
        letter = begun(case, name)
        assert owed(case) == since
        with acting_as(case.who("fiona_front").viewer) as viewer:
            actions.hold_letter_back(letter, "It would raise the risk.", viewer=viewer, at=case.at, version=1)
    assert owed(case) == []
    children = Subject.objects.filter(contact=case.contact, kind=PersonKind.CHILD).order_by("position")
    step = Subject(contact=case.contact, kind=PersonKind.ADULT, position=9)
    step.save(force_insert=True)
    relation = Relation(contact=case.contact, subject=step, to=children[0], kind=RelationKind.CARER)
    relation.save(force_insert=True)
    assert owed(case) == []
    for kind, is_owed in ((RelationKind.STEP_PARENT, True), (RelationKind.SIBLING, False), (RelationKind.PARENT, True)):
        relation.kind = kind
        relation.save(update_fields=["kind"])
        assert owed(case) == (since if is_owed else []), kind
    step.kind = PersonKind.CHILD
    step.save(update_fields=["kind"])
    assert owed(case) == []


def test_a_contact_that_ended_without_parents_owes_no_letter(case: Case) -> None:
    handed_over(case)
    assert owed(case) == []


COSTS = {"maeve_manager": 9, "saira_worker": 9, "fiona_front": 8}


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_work_with_letters_and_corrections_asks_as_often(
    count: int, case: Case, client_of: Callable[[Person], Client], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(count):
        one = Case(case.at)
        told(one)
        corrected(one, one.manager)
        correction = corrected(one, one.manager)
        passed_on(one, one.manager, correction)
    costs = {}
    for key in COSTS:
        client = client_of(case.who(key))
        with django_assert_max_num_queries(30) as asked_for:
            page = client.get(reverse("work")).content.decode()
        assert page.count(": Tell those who were told a wrong fact</span>") == count, key
        costs[key] = len(asked_for) - 7
    assert costs == COSTS
