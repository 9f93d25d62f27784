"""Who is acting, as Python sees it and as the database sees it: the same, or nobody."""

import contextlib
import hashlib
import hmac
import time
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from agencies.access.identity import acting_as, sign
from agencies.access.lookup import memberships_of, viewer_for
from agencies.access.viewer import BUILDER, CLOCK, NOBODY, PUBLIC, SYSTEM_VIEWERS, Viewer
from agencies.models import Agency, Membership, User
from common.errors import MembershipNeeded
from common.moments import london_day
from demo.people import PEOPLE
from tests.people import Person, person

Seen = tuple[uuid.UUID | None, set[str], uuid.UUID | None, set[int]]
SOON = 60
BREAK = "\n"


def seen_by_database() -> Seen:
    """Return membership, roles, agency and groups of whoever is acting, as the policies read them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT fw.membership(), fw.roles(), fw.agency(), fw.groups()")
        membership, roles, agency, groups = cursor.fetchone()
    return membership, set(roles), agency, set(groups)


def seen_by_python(viewer: Viewer) -> Seen:
    """Return the same four of a viewer."""
    agency = viewer.agency_id if viewer.has("researcher", "lead") else None
    return viewer.membership_id, set(viewer.roles), agency, set(viewer.groups)


def claim(setting: str) -> None:
    """Set an identity as an attacker with raw SQL would."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.identity', %s, true)", [setting])


NOBODY_SEEN: Seen = (None, set(), None, set())


@pytest.mark.parametrize("key", [one.key for one in PEOPLE])
def test_database_and_viewer_agree_on_everybody(key: str, db: None) -> None:
    who = person(key)
    viewer = viewer_for(who.user.pk, who.membership.pk, at=timezone.now())
    with acting_as(viewer):
        assert seen_by_database() == seen_by_python(viewer)


@pytest.mark.parametrize("system", [PUBLIC, CLOCK, BUILDER], ids=["public", "clock", "builder"])
def test_database_and_viewer_agree_on_the_systems_own(system: Viewer, db: None) -> None:
    with acting_as(system):
        assert seen_by_database() == seen_by_python(system)
    assert SYSTEM_VIEWERS[system.membership_id] is system


def test_second_membership_is_not_added_to_the_first(db: None) -> None:
    school = person("school_researcher")
    both = [
        viewer_for(school.user.pk, one.pk, at=timezone.now()) for one in Membership.objects.filter(user=school.user)
    ]
    assert sorted(sorted(one.roles) for one in both) == [["lead"], ["researcher"]]
    for viewer in both:
        with acting_as(viewer):
            assert seen_by_database() == seen_by_python(viewer)


def test_without_identity_the_database_knows_nobody(db: None) -> None:
    assert seen_by_database() == NOBODY_SEEN
    with acting_as(NOBODY):
        assert seen_by_database() == NOBODY_SEEN


def _hmac(message: str, key: str | None = None) -> str:
    return hmac.new((key or settings.MASH_IDENTITY_KEY).encode(), message.encode(), hashlib.sha256).hexdigest()


def _forgeries(me: uuid.UUID, other: uuid.UUID) -> dict[str, str]:
    later, past = int(time.time()) + SOON, int(time.time()) - 1
    good = sign(me, expires=later)
    signature = good.rpartition("|")[2]
    return {
        "empty": "",
        "words": "let me in",
        "membership alone": str(me),
        "two parts": f"{me}|{later}",
        "no signature": f"{me}|{later}|",
        "four parts": f"{good}|x",
        "four parts, signed": f"{me}|{later}|x|{_hmac(f'{me}|{later}|x')}",
        "four parts, empty first": f"|{good}",
        "other key": f"{me}|{later}|{_hmac(f'{me}|{later}', 'another key altogether')}",
        "somebody else's signature": f"{other}|{later}|{signature}",
        "longer life": f"{me}|{later + 1}|{signature}",
        "expired": sign(me, expires=past),
        "expired long ago": sign(me, expires=0),
        "negative expiry": f"{me}|-1|{_hmac(f'{me}|-1')}",
        "expiry beyond numbers": f"{me}|{'9' * 13}|{_hmac(f'{me}|' + '9' * 13)}",
        "expiry in words": f"{me}|soon|{_hmac(f'{me}|soon')}",
        "no expiry": f"{me}||{_hmac(f'{me}|')}",
        "capitals": f"{str(me).upper()}|{later}|{_hmac(f'{str(me).upper()}|{later}')}",
        "no membership": f"|{later}|{_hmac(f'|{later}')}",
        "line break": f"{me}{BREAK}|{later}|{_hmac(f'{me}{BREAK}|{later}')}",
        "signature in capitals": f"{me}|{later}|{signature.upper()}",
        "signature cut short": good[:-1],
        "signature with a space": f"{good} ",
        "signature of one part": f"{me}|{later}|{_hmac(str(me))}",
        "null in words": "NULL|NULL|NULL",
        "system's id, unsigned": f"{BUILDER.membership_id}|{later}|{'0' * 64}",
    }


@pytest.mark.parametrize("kind", list(_forgeries(uuid.uuid4(), uuid.uuid4())))
def test_malformed_or_forged_identity_is_nobody(kind: str, mash_manager: Person, police_officer: Person) -> None:
    claim(_forgeries(mash_manager.viewer.membership_id, police_officer.viewer.membership_id)[kind])  # type: ignore[arg-type]
    assert seen_by_database() == NOBODY_SEEN


def test_signature_counts_for_its_own_membership(mash_manager: Person) -> None:
    claim(sign(mash_manager.membership.pk, expires=int(time.time()) + SOON))
    assert seen_by_database() == seen_by_python(mash_manager.viewer)


def test_unknown_membership_holds_no_role(db: None) -> None:
    stray = uuid.uuid4()
    claim(sign(stray, expires=int(time.time()) + SOON))
    assert seen_by_database() == (stray, set(), None, set())


def _today() -> Any:
    return london_day(timezone.now())


ENDINGS: dict[str, Callable[[Membership], object]] = {
    "ended": lambda one: Membership.objects.filter(pk=one.pk).update(ended_at=timezone.now()),
    "over yesterday": lambda one: Membership.objects.filter(pk=one.pk).update(ends_on=_today() - timedelta(days=1)),
    "begins tomorrow": lambda one: Membership.objects.filter(pk=one.pk).update(starts_on=_today() + timedelta(days=1)),
    "account closed": lambda one: User.objects.filter(pk=one.user_id).update(is_active=False),
    "agency closed": lambda one: Agency.objects.filter(pk=one.agency_id).update(is_active=False),
}


@pytest.mark.parametrize("ending", list(ENDINGS))
@pytest.mark.parametrize("key", ["maeve_manager", "police_researcher", "asha_assessment"])
def test_membership_that_is_not_in_force_opens_nothing(ending: str, key: str, db: None) -> None:
    who = person(key)
    ENDINGS[ending](who.membership)
    with acting_as(who.viewer):  # As a request that began a moment before.
        assert seen_by_database() == (who.membership.pk, set(), None, set())
    later = viewer_for(who.user.pk, who.membership.pk, at=timezone.now())
    assert (later.membership_id, later.roles, later.user_id) == (None, frozenset(), who.user.pk)
    assert memberships_of(who.user.pk, at=timezone.now()) == []


@pytest.mark.parametrize(
    ("change", "counts"), [({"ends_on": 0}, True), ({"starts_on": 0}, True), ({"ends_on": -1}, False)]
)
def test_first_and_last_day_count_in_both_walls(change: dict[str, int], counts: bool, mash_manager: Person) -> None:
    days = {name: _today() + timedelta(days=offset) for name, offset in change.items()}
    Membership.objects.filter(pk=mash_manager.membership.pk).update(**days)
    python = viewer_for(mash_manager.user.pk, mash_manager.membership.pk, at=timezone.now())
    with acting_as(mash_manager.viewer):
        assert (bool(python.roles), bool(seen_by_database()[1])) == (counts, counts)


def test_membership_of_another_person_is_not_taken_over(mash_manager: Person, police_officer: Person) -> None:
    taken = viewer_for(police_officer.user.pk, mash_manager.membership.pk, at=timezone.now())
    assert (taken.membership_id, taken.roles, taken.is_signed_in) == (None, frozenset(), False)


def test_inner_identity_gives_way_to_the_outer_one(mash_manager: Person, police_officer: Person) -> None:
    with acting_as(mash_manager.viewer):
        with acting_as(police_officer.viewer) as inner:
            assert (inner, seen_by_database()) == (police_officer.viewer, seen_by_python(police_officer.viewer))
        assert seen_by_database() == seen_by_python(mash_manager.viewer)
        with acting_as(NOBODY):
            assert seen_by_database() == NOBODY_SEEN
        assert seen_by_database() == seen_by_python(mash_manager.viewer)


def test_exception_brings_the_outer_identity_back(mash_manager: Person, police_officer: Person) -> None:
    with acting_as(mash_manager.viewer):
        with pytest.raises(RuntimeError, match="halfway"), acting_as(police_officer.viewer):
            raise RuntimeError("halfway")
        assert seen_by_database() == seen_by_python(mash_manager.viewer)


def test_rollback_of_the_inner_brings_the_outer_identity_back(mash_manager: Person, police_officer: Person) -> None:
    with acting_as(mash_manager.viewer):
        with acting_as(police_officer.viewer):
            User.objects.filter(pk=police_officer.user.pk).update(name="Changed")
            transaction.set_rollback(True)
        assert seen_by_database() == seen_by_python(mash_manager.viewer)
        assert User.objects.get(pk=police_officer.user.pk).name == police_officer.user.name


def lose_work(who: Person) -> None:
    """Write, then catch a database error as if nothing had happened."""
    with acting_as(who.viewer), connection.cursor() as cursor:
        User.objects.filter(pk=who.user.pk).update(name="Lost")
        with contextlib.suppress(DatabaseError):
            cursor.execute("SELECT 1/0")


def test_swallowed_database_error_is_not_taken_for_success(mash_manager: Person) -> None:
    with pytest.raises(transaction.TransactionManagementError):
        lose_work(mash_manager)
    assert User.objects.get(pk=mash_manager.user.pk).name == mash_manager.user.name


@pytest.mark.django_db(transaction=True)
def test_identity_ends_with_the_transaction() -> None:
    who = person("maeve_manager")
    with acting_as(who.viewer):
        assert seen_by_database() == seen_by_python(who.viewer)
    assert seen_by_database() == NOBODY_SEEN
    with pytest.raises(RuntimeError), acting_as(who.viewer):
        raise RuntimeError
    assert seen_by_database() == NOBODY_SEEN
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('app.identity', true)")
        assert cursor.fetchone() == ("",)


@pytest.mark.django_db(transaction=True)
def test_callbacks_after_the_commit_have_no_identity() -> None:
    found: list[Seen] = []
    with acting_as(person("maeve_manager").viewer):
        transaction.on_commit(lambda: found.append(seen_by_database()))
    assert found == [NOBODY_SEEN]


def test_who_works_in_no_membership_signs_for_nothing(front_door: Person) -> None:
    assert front_door.viewer.member == front_door.membership.pk
    with pytest.raises(MembershipNeeded, match="Choose the membership"):
        _ = NOBODY.member
