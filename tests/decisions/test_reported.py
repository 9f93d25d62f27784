"""The report goes out with the summary, as it was worded, or stays with the hub and says why."""

from __future__ import annotations

import pytest

from agencies.access.identity import acting_as
from contacts.models import Contact
from contacts.rules.intake import ReportedReferrer
from decisions import queries
from decisions.reads.reported import OTHERS, PRIVATE, PROTECTED
from tests.scenes.case import Case
from tests.scenes.families import ANA, BO, QUILL, worry_about

SAID = "She said that the children are frightened at home."


def read(case: Case, summary: object, key: str = "asha_assessment") -> str:
    with acting_as(case.who(key).viewer) as viewer:
        return queries.summary_seen(viewer, queries.get_summary(viewer, str(summary)), at=case.at).report


def test_the_team_reads_what_was_reported_as_the_manager_saw_it_before(case: Case) -> None:
    case.in_mash()
    case.recommended()
    case.decided()
    summary = case.with_manager(case.prepared()[0])
    before = read(case, summary, "maeve_manager")
    case.released(summary)
    assert (before, read(case, summary)) == (SAID, SAID)


@pytest.mark.parametrize(
    ("reported", "places", "held_back"),
    [
        ("Nora Feld heard him shout.", (0, 1), PRIVATE),
        ("They hide at 4 Near Street, Aldermere.", (0, 1), PROTECTED),
        ("Somebody was crying.", (0,), OTHERS),
        ("Somebody was crying.", (0, 1), "Somebody was crying."),
    ],
)
def test_what_is_not_the_teams_stays_with_the_hub(
    case: Case, monkeypatch: pytest.MonkeyPatch, reported: str, places: tuple[int, ...], held_back: str
) -> None:
    case.children, case.kind = (ANA, BO), "neighbour"
    case.referrer = ReportedReferrer(name="Nora Feld")
    monkeypatch.setattr("tests.scenes.case.worry_about", lambda *of, **also: worry_about(*of, **also, report=reported))
    case.in_mash()
    with acting_as(case.who("fiona_front").viewer):
        contact = Contact.objects.get(pk=case.contact.pk)
        contact.address_is_protected = True
        contact.save(update_fields=["address_is_protected"])
    case.recommended()
    case.decided()
    summary = case.released(case.with_manager(case.prepared(dict.fromkeys(places, "assessment"))[0]))
    assert read(case, summary) == held_back
    assert QUILL.report == SAID
