"""The auditor judges in their own words: asked for, kept closed, shown to managers and auditors alone."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from agencies.access.identity import acting_as
from agencies.models import BrokenGlass, ConflictOfInterest, EmergencyUse, FindingReason
from audit.models import Event
from notices.models import Notice
from screening import actions
from tests.drawn import text
from tests.information_sharing.signatures import let_in, now_of
from tests.people import ClientOf, Person, person
from tests.scenes.enquiries import Case, open_case
from tests.scenes.screening import REASON

pytestmark = pytest.mark.django_db
WORDS = "Josie Larch's worker was ill; nobody else could be reached."
Use = BrokenGlass | EmergencyUse


@pytest.fixture
def case(db: None) -> Case:
    """Return an Amber enquiry of another social worker."""
    return open_case(colour="amber", worker="sean_worker")


def glass(case: Case) -> BrokenGlass:
    with acting_as(person("saira_worker").viewer) as viewer:
        actions.break_glass(case.enquiry.reference, REASON, viewer=viewer, at=timezone.now())
    return BrokenGlass.objects.get()


def emergency(case: Case) -> EmergencyUse:
    return let_in(case.enquiry, "voluntary")


USES: list[Callable[[Case], Use]] = [glass, emergency]


def judged(use: Use) -> tuple[str, str]:
    """Return what was found of a use, and why."""
    use.refresh_from_db()
    return use.finding, "".join(FindingReason.objects.filter(pk=use.pk).values_list("text", flat=True))


@pytest.mark.parametrize("begin", USES)
@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"finding": "justified"}, "Answer “What are your reasons?”"),
        ({"finding": "justified", "words": "Yes.     "}, "Say in your own words why, in at least 10 characters."),
        ({"words": WORDS}, "Answer “Was it justified?”"),
        ({"finding": "perhaps", "words": WORDS}, "perhaps"),
    ],
)
def test_nothing_is_judged_without_a_finding_and_words(
    begin: Callable[[Case], Use],
    said: dict[str, str],
    sentence: str,
    case: Case,
    auditor: Person,
    client_of: ClientOf,
) -> None:
    use, before = begin(case), Event.objects.count()
    page = client_of(auditor).post(f"/exceptions/{use.pk}/finding/", said)
    assert (page.status_code, judged(use), Event.objects.count()) == (200, ("", ""), before)
    assert sentence in text(page)
    assert said.get("words", "").strip() in text(page).replace("&#x27;", "'")
    assert f'href="#use_{use.pk}_' in text(page)


@pytest.mark.parametrize("begin", USES)
def test_words_stand_beside_the_finding_for_managers_and_auditors(
    begin: Callable[[Case], Use], case: Case, auditor: Person, mash_manager: Person, client_of: ClientOf
) -> None:
    use, client = begin(case), client_of(auditor)
    assert f'action="/exceptions/{use.pk}/finding/"' in text(client.get("/exceptions/"))
    sent = client.post(f"/exceptions/{use.pk}/finding/", {"finding": "not_justified", "words": f" {WORDS} "})
    assert (sent.status_code, judged(use)) == (302, ("not_justified", WORDS))
    for who in (auditor, mash_manager):
        page = text(client_of(who).get("/exceptions/")).replace("&#x27;", "'").replace("&#39;", "'")
        assert (page.count(WORDS), page.count("Not justified"), "finding/" in page) == (1, 1, False)
    assert WORDS in text(client_of(mash_manager).get("/morning/")).replace("&#x27;", "'")
    assert WORDS not in str(list(Event.objects.values_list("details", flat=True)))
    assert [one for one in Notice.objects.all() if "Larch" in one.subject + one.body] == []


@pytest.mark.parametrize(
    ("name", "seen"),
    [
        ("auditor", 1),
        ("mash_manager", 1),
        ("social_worker", 0),
        ("front_door", 0),
        ("police_officer", 0),
        ("reviewer", 0),
        ("administrator", 0),
    ],
)
def test_both_walls_show_words_to_managers_and_auditors_alone(
    name: str, seen: int, case: Case, auditor: Person, request: pytest.FixtureRequest
) -> None:
    use = glass(case)
    with acting_as(auditor.viewer) as viewer:
        actions.review_use(use.pk, "justified", WORDS, viewer=viewer, at=timezone.now())
    who: Person = request.getfixturevalue(name)
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM agencies_findingreason")
        assert "Larch" not in cursor.fetchone()[0]
    assert FindingReason.objects.visible_to(who.viewer).count() == seen
    with acting_as(who.viewer):
        assert FindingReason.objects.count() == seen


def test_words_are_closed_with_their_enquiry(case: Case, auditor: Person, mash_manager: Person) -> None:
    use = glass(case)
    with acting_as(auditor.viewer) as viewer:
        actions.review_use(use.pk, "justified", WORDS, viewer=viewer, at=timezone.now())
    ConflictOfInterest.objects.create(
        enquiry_id=case.enquiry.pk,
        user=auditor.user,
        source="entered",
        entered_at=timezone.now(),
        entered_by=mash_manager.membership,
    )
    shut = now_of(auditor)
    with acting_as(shut):
        assert (FindingReason.objects.count(), FindingReason.objects.visible_to(shut).count()) == (0, 0)


def _plant(key: uuid.UUID, enquiry: uuid.UUID) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO agencies_findingreason (id, enquiry_id, text) VALUES (%s, %s, 'x')", [key, enquiry])


def test_the_database_takes_words_only_from_whoever_found_it(case: Case, auditor: Person, mash_manager: Person) -> None:
    use, enquiry = glass(case), case.enquiry.pk
    tries: list[tuple[Person, Any]] = [(auditor, use.pk), (mash_manager, use.pk), (auditor, uuid.uuid4())]
    for who, key in tries:
        with acting_as(who.viewer), pytest.raises(ProgrammingError):
            _plant(key, enquiry)
    with acting_as(auditor.viewer) as viewer:
        actions.review_use(use.pk, "justified", WORDS, viewer=viewer, at=timezone.now())
        for statement in ("UPDATE agencies_findingreason SET text = 'x'", "DELETE FROM agencies_findingreason"):
            with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)
    assert judged(use) == ("justified", WORDS)
