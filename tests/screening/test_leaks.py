"""What is handed to a team gives nobody away, as far as whoever hands it over may know."""

from __future__ import annotations

from datetime import datetime

import pytest

from agencies.access.identity import acting_as
from common.errors import RuleBroken
from contacts.choices import ReferrerKind
from contacts.rules.intake import ReportedReferrer
from screening import actions
from screening.models import Handover
from tests.people import Person
from tests.scenes.families import THORNBURY, worry_about
from tests.scenes.screening import handed_to
from tests.scenes.stages import logged, screened

pytestmark = pytest.mark.django_db

SAID = "I stand at my sink and hear him shout at the child. The girl cries at night."


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("They hear: I stand at my sink and hear him shout at the child.", "who told the hub and is not to be named"),
        ("Please visit them at 14 Elm Rd before Friday comes.", "a protected address"),
    ],
)
def test_a_handover_says_what_it_gives_away(
    front_door: Person, screener: Person, at: datetime, text: str, said: str
) -> None:
    worry = worry_about(THORNBURY, at, report=SAID, address_is_protected=True)
    contact = logged(worry, front_door, at)
    decision = handed_to("early_help_team", "early_help", handover_text=text)
    with pytest.raises(RuleBroken, match=f"This gives away {said}") as broken:
        screened(contact, screener, decision, at)
    assert broken.value.field == "handover_text"
    assert not Handover.objects.exists()


def test_an_answer_to_the_team_is_checked_too(
    front_door: Person, screener: Person, early_help_worker: Person, mash_manager: Person, at: datetime
) -> None:
    worry = worry_about(
        THORNBURY, at, referrer_kind=ReferrerKind.NEIGHBOUR, referrer=ReportedReferrer(name="Olive Brandt")
    )
    screening = screened(logged(worry, front_door, at), screener, handed_to("early_help_team", "early_help"), at)
    with acting_as(early_help_worker.viewer) as viewer:
        handover = Handover.objects.get(screening=screening)
        actions.query_handover(handover, "Who told the hub of this?", viewer=viewer, at=at, version=1)
    with acting_as(mash_manager.viewer) as viewer:
        handover = Handover.objects.get(screening=screening)
        with pytest.raises(RuleBroken, match="who told the hub and is not to be named: “It was Mrs Brandt next door"):
            actions.answer_handover(
                handover, "It was Mrs Brandt next door.", viewer=viewer, at=at, version=handover.version
            )
