"""A request and a safety instruction give nobody away, as far as whoever words them may know."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from agencies.access.identity import acting_as
from common.errors import RuleBroken
from contacts.choices import ReferrerKind
from contacts.rules.intake import ReportedReferrer
from information_sharing import actions
from tests.people import Person
from tests.scenes.enquiries import MORNING, Case, answer, ask, new, open_case, seal

LATER = MORNING + timedelta(hours=1)
HOME = "Flat 2, 14 Elm Road, Aldermere, AB1 2CD"
WATCHED = "Officers watched the lodger sell pills behind the bowling green in April."
pytestmark = pytest.mark.django_db


@pytest.fixture
def case() -> Case:
    """Return an enquiry after the word of a neighbour who stays private, with a protected address."""
    return open_case(
        referrer_kind=ReferrerKind.NEIGHBOUR,
        referrer=ReportedReferrer(name="Olive Brandt", telephone="07700 900313"),
        report="I see their balcony from my kitchen window. The children are cold.",
        address=HOME,
        address_is_protected=True,
    )


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        (
            "asks",
            "Search for Mrs Brandt's calls.",
            "who told the hub and is not to be named: “Search for Mrs Brandt's calls.”",
        ),
        (
            "purpose",
            "Number ending 900313 rang.",
            "who told the hub and is not to be named: “Number ending 900313 rang.”",
        ),
        (
            "concern",
            "I see their balcony from my window.",
            "who told the hub and is not to be named: “I see their balcony",
        ),
        ("concern", "They live in AB12CD.", "a protected address: “They live in AB12CD.” (postcode)"),
        ("asks", "Calls to 14 Elm Rd", "a protected address: “Calls to 14 Elm Rd” (house and street)"),
    ],
)
def test_a_request_says_what_it_gives_away_and_where(case: Case, field: str, text: str, said: str) -> None:
    changes: dict[str, Any] = {field: text}
    with pytest.raises(RuleBroken) as broken:
        ask(case, "police", **changes)
    assert broken.value.sentence.startswith(f"This gives away {said}")
    assert broken.value.field == field


def test_a_request_may_say_what_gives_nobody_away(case: Case) -> None:
    assert len(ask(case, "police", concern="The children are cold.")) == 1


def test_what_one_agency_told_is_not_in_the_wording_for_another(case: Case, police_officer: Person) -> None:
    answer(ask(case, "police")[0], police_officer, new(WATCHED))
    with pytest.raises(RuleBroken, match="what an agency told the hub and did not clear for this"):
        ask(case, "education", asks="Who else does sell pills behind the bowling green in April?")


def test_words_for_the_door_give_nobody_away(case: Case, police_officer: Person, mash_manager: Person) -> None:
    item = seal(ask(case, "police")[0], police_officer)
    with acting_as(mash_manager.viewer) as viewer:
        for words in ("Mrs Brandt will let you in.", "It is 14 Elm Road."):
            with pytest.raises(RuleBroken, match="This gives away") as broken:
                actions.propose_instruction(item, words, viewer=viewer, at=LATER)
            assert broken.value.field == "words"
        proposed = actions.propose_instruction(item, "Go in twos.", viewer=viewer, at=LATER)
    with acting_as(police_officer.viewer) as viewer:
        agreed = actions.agree_instruction(proposed, "Do not go alone.", viewer=viewer, at=LATER, version=1)
        assert agreed.agreed_text == "Do not go alone."
