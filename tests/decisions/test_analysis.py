"""The analysis: it saves itself, passes on with the enquiry, and is kept as it was sent."""

from __future__ import annotations

import uuid

import pytest

import screening.actions
from agencies.access.identity import acting_as
from common.errors import MoveNotAllowed, NotPermitted, NotVisible, RuleBroken, StaleRecord
from decisions import actions
from decisions.models import Analysis, AnalysisVersion, PickedItem
from screening.choices import EnquiryState
from tests.people import Person
from tests.scenes.case import Case

PAGE, OTHER_PAGE = uuid.UUID(int=1), uuid.UUID(int=2)


def save(case: Case, *, version: int, page: uuid.UUID, by: Person | None = None, **changes: object) -> Analysis:
    viewer = (by or case.worker).viewer
    with acting_as(viewer):
        return actions.save_analysis(
            case.enquiry, case.draft(**changes), viewer=viewer, at=case.at, version=version, page=page
        )


def test_a_page_saves_over_itself(case: Case) -> None:
    case.in_mash()
    assert [save(case, version=0, page=PAGE).version for _ in range(3)] == [1, 1, 1]


def test_an_older_page_is_refused_and_changes_nothing(case: Case) -> None:
    case.in_mash()
    save(case, version=0, page=PAGE)
    save(case, version=1, page=OTHER_PAGE, texts={"risks": "The newer text."})
    with pytest.raises(StaleRecord):
        save(case, version=0, page=PAGE, texts={"risks": "The older text."})
    with acting_as(case.worker.viewer):
        assert Analysis.objects.get().risks == "The newer text."


def test_a_draft_may_be_empty(case: Case) -> None:
    case.in_mash()
    saved = save(case, version=0, page=PAGE, texts={}, meanings={}, recommended_outcome="")
    assert (saved.summary, saved.recommended_outcome) == ("", "")


def test_only_the_assigned_social_worker_writes(case: Case, mash_manager: Person) -> None:
    case.in_mash()
    with pytest.raises(NotPermitted):
        save(case, version=0, page=PAGE, by=mash_manager)


def test_a_draft_passes_on_with_the_enquiry(case: Case, other_social_worker: Person) -> None:
    case.in_mash()
    save(case, version=0, page=PAGE, texts={"risks": "Begun by one."})
    with acting_as(case.manager.viewer):
        screening.actions.assign_social_worker(
            case.again(), other_social_worker.membership.pk, viewer=case.manager.viewer, at=case.at
        )
    case.again()
    with acting_as(case.worker.viewer):
        assert not Analysis.objects.visible_to(case.worker.viewer).exists()
    with acting_as(other_social_worker.viewer):
        assert Analysis.objects.visible_to(other_social_worker.viewer).get().risks == "Begun by one."


def test_an_item_is_picked_in_the_version_that_was_read_and_dropped_again(case: Case) -> None:
    case.in_mash()
    item = case.told()
    save(case, version=0, page=PAGE, items={item.pk: 1})
    with acting_as(case.worker.viewer):
        assert list(PickedItem.objects.values_list("item_version", "dropped_at")) == [(1, None)]
    save(case, version=1, page=PAGE, items={})
    with acting_as(case.worker.viewer):
        assert PickedItem.objects.get().dropped_at == case.at
    save(case, version=1, page=PAGE, items={item.pk: 1})
    with acting_as(case.worker.viewer):
        assert PickedItem.objects.get().dropped_at is None


def test_an_item_or_child_of_another_enquiry_is_not_there(case: Case) -> None:
    other = Case(case.at).in_mash()
    foreign = other.told()
    case.in_mash()
    with pytest.raises(NotVisible):
        save(case, version=0, page=PAGE, items={foreign.pk: 1})
    with pytest.raises(NotVisible):
        save(case, version=0, page=PAGE, meanings={other.subjects()[0].pk: "x"})
    with acting_as(case.worker.viewer):
        assert Analysis.objects.count() == 0


def test_a_sealed_item_cannot_be_picked(case: Case) -> None:
    case.in_mash()
    sealed = case.sealed(case.asked())
    with pytest.raises(NotVisible):
        save(case, version=0, page=PAGE, items={sealed.pk: 1})


@pytest.mark.parametrize("empty", [*actions.analysis.TEXTS, "recommended_outcome", "meaning"])
def test_what_goes_to_the_manager_is_whole(case: Case, empty: str) -> None:
    case.in_mash()
    whole = case.draft()
    changes: dict[str, object] = {
        "texts": {name: "" if name == empty else text for name, text in whole.texts.items()},
        "recommended_outcome": "" if empty == "recommended_outcome" else whole.recommended_outcome,
        "meanings": {key: "" if empty == "meaning" else text for key, text in whole.meanings.items()},
    }
    viewer = case.worker.viewer
    with acting_as(viewer), pytest.raises(RuleBroken) as broken:
        actions.send_analysis(case.enquiry, case.draft(**changes), viewer=viewer, at=case.at, version=0, page=PAGE)
    assert (broken.value.field or "").startswith(empty)
    assert case.again().state == EnquiryState.GATHERING


def test_every_sending_is_kept(case: Case) -> None:
    case.in_mash()
    first = case.recommended()
    assert (first.number, first.text["risks"], case.enquiry.state) == (1, "About risks.", EnquiryState.DECIDING)
    assert [row["text"] for row in first.text["meanings"]] == [
        "What it means for Ana Quill.",
        "What it means for Bo Quill.",
    ]
    with pytest.raises(MoveNotAllowed):
        save(case, version=1, page=OTHER_PAGE)
    with acting_as(case.worker.viewer):
        assert AnalysisVersion.objects.count() == 1
