"""What the directory says of people, agencies and teams is corrected; what happened before keeps its names."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from agencies import actions
from agencies.access.identity import acting_as
from agencies.access.links import way_in
from agencies.actions import Particulars
from agencies.models import Agency, FormerName, StaffRecord, Team, User
from agencies.queries import birth_and_home
from audit.models import Event
from common.errors import NotPermitted, RuleBroken, StaleRecord
from common.moments import london_day
from tests.people import Person, agency, person, team
from tests.scenes.enquiries import open_case

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def as_it_is(user: User) -> Particulars:
    return Particulars(
        user.name,
        user.email,
        user.telephone,
        user.job_title,
        user.is_registered_social_worker,
        user.sponsor,
        user.review_on,
    )


def correct(who: Person, by: Person, *, version: int | None = None, **said: Any) -> User:
    now = User.objects.get(pk=who.user.pk)
    with acting_as(by.viewer) as viewer:
        return actions.correct_account(
            now,
            replace(as_it_is(now), **said),
            viewer=viewer,
            at=timezone.now(),
            version=now.version if version is None else version,
        )


def test_everything_of_an_account_is_corrected_with_one_event(administrator: Person, front_door: Person) -> None:
    review = london_day(NOW) + timedelta(days=365)
    sponsor = person("maeve_manager").user
    correct(
        front_door,
        administrator,
        name="Fiona Newman",
        telephone="020 7946 0199",
        job_title="Contact officer",
        is_registered_social_worker=True,
        sponsor=sponsor,
        review_on=review,
    )
    now = User.objects.get(pk=front_door.user.pk)
    assert (now.name, now.telephone, now.job_title) == ("Fiona Newman", "020 7946 0199", "Contact officer")
    assert (now.is_registered_social_worker, now.sponsor, now.review_on) == (True, sponsor, review)
    event = Event.objects.get(record_id=now.pk, verb="account.corrected")
    assert event.membership_id == administrator.membership.pk
    assert event.details == {"changed": "is_registered_social_worker job_title name review_on sponsor telephone"}


def test_what_is_as_it_was_writes_nothing(administrator: Person, front_door: Person) -> None:
    before = Event.objects.count()
    assert correct(front_door, administrator).version == 1
    assert (Event.objects.count(), FormerName.objects.count()) == (before, 0)


def test_a_new_address_is_told_to_both_and_spends_the_old_link(administrator: Person, front_door: Person) -> None:
    old, link = front_door.user.email, way_in(front_door.user)
    changed = correct(front_door, administrator, email="Fiona.Newman@Demo.invalid")
    assert changed.email == "fiona.newman@demo.invalid"
    assert [one.to for one in mail.outbox] == [["fiona.newman@demo.invalid"], [old]]
    assert "no longer with this one" in str(mail.outbox[1].body)
    assert "fiona.newman" not in str(mail.outbox[1].body)
    assert way_in(changed).split("-")[-1] != link.split("-")[-1]


def test_an_address_that_nobody_can_be_told_of_is_not_changed(
    administrator: Person, front_door: Person, settings: Any
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    with pytest.raises(RuleBroken, match="could not be sent"):
        correct(front_door, administrator, email="f@demo.invalid")
    assert User.objects.get(pk=front_door.user.pk).email == front_door.user.email


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"email": "ANTON.ADMIN@demo.invalid"}, "email"),
        ({"review_on": date(2001, 1, 1)}, "review_on"),
        ({"sponsor": "self"}, "sponsor"),
        ({"sponsor": "suspended"}, "sponsor"),
    ],
    ids=str,
)
def test_a_correction_that_breaks_a_rule(
    said: dict[str, Any], field: str, administrator: Person, front_door: Person
) -> None:
    if "sponsor" in said:
        other = front_door.user if said["sponsor"] == "self" else person("maeve_manager").user
        User.objects.filter(pk=person("maeve_manager").user.pk).update(is_active=False)
        said = {"sponsor": User.objects.get(pk=other.pk)}
    with pytest.raises(RuleBroken) as refusal:
        correct(front_door, administrator, **said)
    assert (refusal.value.field, Event.objects.filter(verb="account.corrected").count()) == (field, 0)


def test_nobody_corrects_themself_nor_what_they_have_not_seen(administrator: Person, front_door: Person) -> None:
    with pytest.raises(RuleBroken, match="your own account"):
        correct(administrator, administrator, name="Anton Other")
    with pytest.raises(StaleRecord):
        correct(front_door, administrator, name="Fiona Newman", version=9)
    assert FormerName.objects.count() == 0


def test_an_event_keeps_the_name_of_its_time(
    administrator: Person, mash_manager: Person, social_worker: Person
) -> None:
    case = open_case()
    name = social_worker.user.name

    def who() -> set[str]:
        with acting_as(mash_manager.viewer), connection.cursor() as cursor:
            cursor.execute("SELECT who FROM fw.activity_of(%s, 100, 0)", [case.enquiry.pk])
            return {row[0] for row in cursor.fetchall()}

    before = who()
    assert before
    first = mash_manager.user.name
    assert first in before
    correct(mash_manager, administrator, name="Maeve Twice")
    correct(mash_manager, administrator, name="Maeve Thrice")
    assert who() == before
    assert list(FormerName.objects.order_by("until").values_list("name", flat=True)) == [first, "Maeve Twice"]
    assert social_worker.user.name == name


def test_a_new_name_asks_for_the_birth_again(administrator: Person, front_door: Person) -> None:
    with acting_as(administrator.viewer) as viewer:
        actions.record_birth_and_home(front_door.user, born=date(1980, 5, 4), viewer=viewer, at=NOW)
    keys = StaffRecord.objects.get(pk=front_door.user.pk).keys
    correct(front_door, administrator, name="Fiona Newman")
    held = birth_and_home(administrator.viewer, front_door.user)
    assert StaffRecord.objects.get(pk=front_door.user.pk).birth_form == 0
    assert (held.birth, held.is_of_earlier_form) == (True, True)
    assert StaffRecord.objects.get(pk=front_door.user.pk).keys == keys


@pytest.mark.parametrize("is_agency", [True, False])
def test_agency_and_team_are_renamed(is_agency: bool, administrator: Person) -> None:
    row = agency("police") if is_agency else team("lado")
    old = row.name
    with acting_as(administrator.viewer) as viewer:
        if isinstance(row, Agency):
            actions.correct_agency(row, name="Police North", short_name="North", viewer=viewer, at=NOW, version=1)
        else:
            actions.correct_team(row, name="Police North", viewer=viewer, at=NOW, version=1)
    row.refresh_from_db()
    former = FormerName.objects.get()
    assert (row.name, row.version, former.name, former.until) == ("Police North", 2, old, NOW)
    assert former.changed_by_id == administrator.membership.pk
    assert Event.objects.filter(record_id=row.pk, verb=f"{row._meta.model_name}.corrected").count() == 1


def test_a_name_that_another_has_and_a_page_of_before_are_refused(administrator: Person) -> None:
    police, lado, other = agency("police"), team("lado"), team("early_help_team")
    with acting_as(administrator.viewer) as viewer:
        with pytest.raises(RuleBroken, match="another agency"):
            actions.correct_agency(
                police, name=agency("housing").name.upper(), short_name="P", viewer=viewer, at=NOW, version=1
            )
        with pytest.raises(RuleBroken, match="another team"):
            actions.correct_team(lado, name=other.name.upper(), viewer=viewer, at=NOW, version=1)
        with pytest.raises(StaleRecord):
            actions.correct_team(lado, name="New", viewer=viewer, at=NOW, version=7)
    assert FormerName.objects.count() == 0


def test_a_team_closes_and_opens_once(administrator: Person) -> None:
    with acting_as(administrator.viewer) as viewer:
        for act in (actions.close_team, actions.close_team, actions.reopen_team, actions.reopen_team):
            act(team("lado"), viewer=viewer, at=NOW)
    verbs = Event.objects.filter(record_id=team("lado").pk).exclude(verb="team.created").values_list("verb", flat=True)
    assert sorted(verbs) == ["team.closed", "team.reopened"]
    assert Team.objects.get(pk=team("lado").pk).is_active


@pytest.mark.parametrize("statement", ["UPDATE agencies_formername SET name = 'X'", "DELETE FROM agencies_formername"])
def test_nobody_rewords_a_name_of_before(statement: str, administrator: Person, front_door: Person) -> None:
    correct(front_door, administrator, name="Fiona Newman")
    with pytest.raises(DatabaseError), transaction.atomic(), acting_as(administrator.viewer):
        connection.cursor().execute(statement)


def test_only_an_administrator_keeps_a_name_of_before(mash_manager: Person, front_door: Person) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), acting_as(mash_manager.viewer):
        FormerName(user=front_door.user, name="X", until=NOW, changed_by=mash_manager.membership).save(
            force_insert=True
        )
    with pytest.raises(NotPermitted):
        actions.close_team(team("lado"), viewer=mash_manager.viewer, at=NOW)
