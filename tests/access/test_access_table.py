"""The access table: whole, printed as it stands, and naming nothing that is not there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.apps import apps

from agencies.access.firewall import guarded_models
from agencies.access.table.columns import column
from agencies.access.table.page import names, page
from agencies.access.table.whole import ADDRESSES, LINES, RECORDS
from agencies.access.table.words import AUDIENCE_NAMES, CLOCK, EVERY_ROLE, EVERYBODY, RESEARCHER, Audience
from agencies.choices import Role, SystemRole
from tests.access.printing import is_written_and_checked
from tests.architecture.addresses import routes
from tests.architecture.planting import NOT_PLANTED, texts

ROOT = Path(__file__).resolve().parents[2]
ROUTES = {route.name: route for route in routes()}
MOST_NEVER = 20
"""Columns that stand on no page for a reason of their own; all others that do not are of a kind."""

WHERE = "<app>/access_table.py"
ADD = "Add each to its Record: what somebody types to `texts`, everything else to `shown`, `copies` or `never`,"


def test_every_guarded_record_has_its_row() -> None:
    guarded = {model._meta.label for model in guarded_models()}
    assert guarded - set(RECORDS) == set(), f"Add a Record to {WHERE} for each."
    assert set(RECORDS) - guarded == set(), f"Take the Record out of {WHERE}: there is no such rule."


def test_every_text_has_its_line() -> None:
    written = {
        (model._meta.label, column.name)
        for model in guarded_models()
        if model not in NOT_PLANTED
        for column in texts(model)
    }
    told = {(record.label, name) for record in RECORDS.values() for name in record.texts}
    assert written - told == set(), f"{ADD} in {WHERE}."
    assert told - written == set(), f"Take each out of `texts` in {WHERE}: nobody writes there."


def test_every_column_has_its_word() -> None:
    without = []
    for model in guarded_models():
        for field in model._meta.concrete_fields:
            try:
                column(RECORDS[model._meta.label], field)
            except KeyError as missing:
                without.append(str(missing))
    assert without == [], f"{ADD} in {WHERE}."


def test_no_column_is_named_that_is_not_there_or_twice() -> None:
    for label, record in RECORDS.items():
        copied = set(record.copies) - set(record.texts)  # A text that is copied has its readers, too.
        named = [*record.texts, *record.shown, *record.narrower, *copied, *record.never]
        there = {field.name for field in apps.get_model(label)._meta.concrete_fields}
        assert (sorted(set(named)), set(named) - there) == (sorted(named), set()), label
        assert set(record.with_purpose) <= {*record.texts, *record.shown, *record.narrower}, label


def test_few_columns_are_never_shown_for_a_reason_of_their_own() -> None:
    assert sum(len(record.never) for record in RECORDS.values()) <= MOST_NEVER


def test_every_address_has_its_line() -> None:
    assert set(ROUTES) - set(ADDRESSES) == set(), f"Add an Address to {WHERE} for each: who reaches it?"
    assert set(ADDRESSES) - set(ROUTES) == set(), f"Take each out of {WHERE}: there is no such route."
    assert len(LINES) == len(ADDRESSES)


def test_address_with_a_reference_says_on_which_record() -> None:
    odd = [
        name
        for name, row in ADDRESSES.items()
        if bool(row.record) != bool({"reference", "item"} & set(ROUTES[name].arguments))
    ]
    assert odd == [], f"Say in {WHERE} on which record each is."
    assert {row.record for row in ADDRESSES.values()} - {""} <= set(RECORDS)


def test_what_opens_with_another_record_names_one() -> None:
    other = {one.like[0] for record in RECORDS.values() for one in record.openings if one.like}
    assert other <= set(RECORDS)
    assert {apps.get_model(label)._meta.label for label in RECORDS} == set(RECORDS)


def test_parts_are_the_roles_and_those_of_the_system() -> None:
    roles = {*Role.values, SystemRole.PUBLIC, SystemRole.CLOCK}
    assert set(Audience) - {"panel", "emergency_access", "let_in"} == roles
    assert set(AUDIENCE_NAMES) == set(Audience)


def test_parts_read_as_words() -> None:
    assert names(EVERYBODY) == "Everybody"
    assert names((*EVERY_ROLE, CLOCK)) == "Everybody with an account, The clock, which is no person"
    assert [names((RESEARCHER,)), names(())] == ["Researcher", "Nobody"]


def test_printed_page_is_the_committed_one() -> None:
    committed = (ROOT / "docs" / "reference" / "access.md").read_text(encoding="utf-8")
    assert committed == page(), "Run ./run manage print_access and commit the page."


def test_page_is_written_and_checked(tmp_path: Path, settings: Any) -> None:
    settings.ROOT = tmp_path
    is_written_and_checked("print_access", tmp_path / "docs" / "reference" / "access.md", page(), "access table says")
