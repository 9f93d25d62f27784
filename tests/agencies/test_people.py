"""The people of the tests are who they say."""

from tests.people import Person


def test_each_person_holds_the_role_of_their_name(
    front_door: Person, screener: Person, mash_manager: Person, police_officer: Person, assessment_worker: Person
) -> None:
    held = [one.viewer.roles for one in (front_door, screener, mash_manager, police_officer, assessment_worker)]
    assert held == [
        frozenset({"front_door"}),
        frozenset({"screener"}),
        frozenset({"manager"}),
        frozenset({"researcher"}),
        frozenset({"receiving_worker"}),
    ]


def test_grants_count_only_for_researchers_and_receiving_workers(
    front_door: Person, police_officer: Person, assessment_worker: Person
) -> None:
    assert front_door.viewer.groups == []
    assert police_officer.viewer.groups == [police_officer.membership.agency.group_id]
    team = assessment_worker.membership.team
    assert team is not None
    assert assessment_worker.viewer.groups == [team.group_id]
