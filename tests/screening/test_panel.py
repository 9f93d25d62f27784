"""Screening by a panel: who sees, whose view is missing, when it decides and when the manager does."""

from __future__ import annotations

from datetime import datetime

import pytest

from agencies.access.identity import acting_as
from common.errors import MoveNotAllowed, NotPermitted, NotVisible, RuleBroken, StaleRecord
from contacts.choices import ContactState
from contacts.models import Contact
from notices.models import Notice
from screening import actions, queries
from screening.choices import ScreeningState
from screening.models import PanelView, Screening
from tests.people import Person
from tests.scenes import screening as cases
from tests.scenes.stages import screened

pytestmark = pytest.mark.django_db

WHY = "The marks need a paediatrician and a check by the police."


@pytest.fixture
def sitting(contact: Contact, screener: Person, administrator: Person, at: datetime) -> Contact:
    """Return a contact that lies before the panel."""
    cases.with_panel_of_several(administrator)
    with acting_as(screener.viewer):
        actions.send_to_panel(contact, viewer=screener.viewer, at=at)
    return contact


def gives(who: Person, contact: Contact, exit_: str, at: datetime, reason: str = WHY) -> PanelView:
    with acting_as(who.viewer):
        return actions.give_view(contact, exit_, reason, viewer=who.viewer, at=at)


def test_the_panel_sees_what_is_sent_to_it(sitting: Contact, panel_police: Person) -> None:
    sitting.refresh_from_db()
    assert sitting.state == ContactState.WITH_PANEL
    assert Contact.objects.visible_to(panel_police.viewer).get() == sitting
    told = set(Notice.objects.filter(kind="screening.sent_to_panel").values_list("membership_id", flat=True))
    assert panel_police.membership.pk in told


def test_a_hub_without_a_panel_sends_nothing_to_one(contact: Contact, screener: Person, at: datetime) -> None:
    with acting_as(screener.viewer), pytest.raises(RuleBroken):
        actions.send_to_panel(contact, viewer=screener.viewer, at=at)
    assert Contact.objects.get(pk=contact.pk).state == ContactState.RECEIVED


def test_an_agency_has_one_view_and_may_change_it(sitting: Contact, panel_police: Person, at: datetime) -> None:
    gives(panel_police, sitting, "advice", at)
    gives(panel_police, sitting, "mash", at)
    assert [(view.exit, view.reason) for view in PanelView.objects.all()] == [("mash", WHY)]


@pytest.mark.parametrize(("exit_", "reason", "field"), [("", WHY, "exit"), ("mash", "so", "reason")])
def test_a_view_needs_an_exit_and_a_reason(
    sitting: Contact, panel_police: Person, at: datetime, exit_: str, reason: str, field: str
) -> None:
    with pytest.raises(RuleBroken) as error:
        gives(panel_police, sitting, exit_, at, reason)
    assert error.value.field == field
    assert not PanelView.objects.exists()


def test_nobody_gives_a_view_before_the_panel_sits(contact: Contact, screener: Person, at: datetime) -> None:
    with pytest.raises(MoveNotAllowed):
        gives(screener, contact, "mash", at)


def test_a_stranger_gives_no_view(sitting: Contact, stranger: Person, at: datetime) -> None:
    with pytest.raises(NotPermitted):
        gives(stranger, sitting, "mash", at)


def test_the_page_says_who_is_missing(sitting: Contact, screener: Person, panel_police: Person, at: datetime) -> None:
    gives(screener, sitting, "mash", at)
    with acting_as(panel_police.viewer):
        page = queries.screening_page(panel_police.viewer, sitting.reference, at=at)
    assert page.panel is not None
    assert [agency.short_name for agency in page.panel.missing] == ["Health", "Police"]
    assert not page.panel.standing.has_quorum
    assert page.panel.own is None


def test_the_panel_decides_when_it_agrees(
    sitting: Contact, screener: Person, panel_police: Person, at: datetime
) -> None:
    gives(screener, sitting, "mash", at)
    gives(panel_police, sitting, "mash", at)
    screening = screened(sitting, screener, cases.decision("mash"), at)
    assert (screening.state, screening.exit) == (ScreeningState.DECIDED, "mash")


@pytest.mark.parametrize("police", ["", "advice", "early_help"])
def test_without_agreement_or_quorum_the_panel_does_not_decide(
    sitting: Contact, screener: Person, panel_police: Person, at: datetime, police: str
) -> None:
    gives(screener, sitting, "mash", at)
    if police:
        gives(panel_police, sitting, police, at)
    with pytest.raises(RuleBroken) as error:
        screened(sitting, screener, cases.decision("mash"), at)
    assert error.value.field == "exit"
    assert Screening.objects.get().state == ScreeningState.WITH_PANEL


def test_the_panels_decision_is_what_the_views_say(
    sitting: Contact, screener: Person, panel_police: Person, at: datetime
) -> None:
    gives(screener, sitting, "advice", at)
    gives(panel_police, sitting, "advice", at)
    with pytest.raises(RuleBroken):
        screened(sitting, screener, cases.decision("mash"), at)


def test_only_a_registered_social_worker_closes(
    sitting: Contact, screener: Person, panel_police: Person, at: datetime
) -> None:
    gives(screener, sitting, "advice", at)
    gives(panel_police, sitting, "advice", at)
    with pytest.raises(RuleBroken) as error:
        screened(sitting, panel_police, cases.decision("advice"), at)
    assert "registered social worker" in error.value.sentence
    screened(sitting, screener, cases.decision("advice"), at)
    assert Contact.objects.get(pk=sitting.pk).state == ContactState.ENDED


def test_a_disagreement_goes_to_the_manager(
    sitting: Contact, screener: Person, panel_police: Person, mash_manager: Person, at: datetime
) -> None:
    gives(screener, sitting, "mash", at)
    gives(panel_police, sitting, "advice", at)
    with acting_as(panel_police.viewer):
        actions.put_to_manager(sitting, viewer=panel_police.viewer, at=at)
    with pytest.raises(NotPermitted):
        screened(sitting, screener, cases.decision("mash"), at)
    screening = screened(sitting, mash_manager, cases.decision("mash"), at)
    assert (screening.state, screening.decided_by_id) == (ScreeningState.DECIDED, mash_manager.membership.pk)


def test_an_agreement_is_not_put_to_the_manager(
    sitting: Contact, screener: Person, panel_police: Person, at: datetime
) -> None:
    gives(screener, sitting, "mash", at)
    gives(panel_police, sitting, "mash", at)
    with acting_as(screener.viewer), pytest.raises(RuleBroken):
        actions.put_to_manager(sitting, viewer=screener.viewer, at=at)
    assert Screening.objects.get().state == ScreeningState.WITH_PANEL


def test_a_view_that_comes_in_meanwhile_is_noticed(
    sitting: Contact, screener: Person, panel_police: Person, at: datetime
) -> None:
    seen = Screening.objects.get().version
    gives(panel_police, sitting, "mash", at)
    with acting_as(screener.viewer), pytest.raises(StaleRecord):
        actions.put_to_manager(sitting, viewer=screener.viewer, at=at, version=seen)


def test_no_view_after_the_decision(
    sitting: Contact, screener: Person, panel_police: Person, panel_health: Person, at: datetime
) -> None:
    gives(screener, sitting, "mash", at)
    gives(panel_police, sitting, "mash", at)
    screened(sitting, screener, cases.decision("mash"), at)
    with pytest.raises((MoveNotAllowed, NotVisible)):
        gives(panel_health, sitting, "advice", at)
    assert PanelView.objects.count() == 2


def test_the_front_door_does_not_take_away_what_the_panel_sits_on(
    sitting: Contact, front_door: Person, screener: Person, at: datetime
) -> None:
    running = cases.opened(front_door, screener, at)
    with acting_as(front_door.viewer), pytest.raises(RuleBroken):
        actions.join_enquiry(running, sitting, viewer=front_door.viewer, at=at)
    assert Contact.objects.get(pk=sitting.pk).state == ContactState.WITH_PANEL


def test_the_front_door_sees_no_views(
    sitting: Contact, screener: Person, front_door: Person, mash_manager: Person, at: datetime
) -> None:
    gives(screener, sitting, "mash", at)
    assert PanelView.objects.visible_to(front_door.viewer).count() == 0
    assert PanelView.objects.visible_to(mash_manager.viewer).count() == 1


def test_the_views_are_read_while_the_panel_sits_and_by_the_manager_after(
    sitting: Contact, screener: Person, panel_police: Person, mash_manager: Person, at: datetime
) -> None:
    def seen() -> dict[str, tuple[int, int]]:
        """Count what each sees of the views: by the rule, and in the database."""
        found = {}
        for name, who in (("police", panel_police), ("screener", screener), ("manager", mash_manager)):
            with acting_as(who.viewer) as viewer:
                found[name] = (PanelView.objects.visible_to(viewer).count(), PanelView.objects.count())
        return found

    gives(screener, sitting, "mash", at)
    gives(panel_police, sitting, "mash", at)
    assert seen() == {"police": (2, 2), "screener": (2, 2), "manager": (2, 2)}
    screened(sitting, screener, cases.decision("mash"), at)
    assert seen() == {"police": (0, 0), "screener": (0, 0), "manager": (2, 2)}
    with acting_as(screener.viewer) as viewer:
        assert queries.screening_page(viewer, sitting.reference, at=at).panel is None
