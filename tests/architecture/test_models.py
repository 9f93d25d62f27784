"""Every table: classed, guarded, named by no name, and constrained where two columns belong together."""

from __future__ import annotations

import re
from typing import Any

import pytest
from auditlog.registry import auditlog
from django.apps import apps
from django.db import connection, models

from agencies.access.firewall import Kind, guarded_models, kind_of, rule_for
from agencies.access.viewer import NOBODY
from agencies.querysets import CaseQuerySet
from common.encryption import EncryptedTextField
from tests.architecture.planting import texts

MODELS = {model._meta.label: model for model in apps.get_models()}
LIBRARIES = {"django", "allauth", "guardian", "auditlog", "rest_framework"}
OURS = {label: model for label, model in MODELS.items() if model.__module__.partition(".")[0] not in LIBRARIES}
CASE = {label: model for label, model in MODELS.items() if kind_of(model) == Kind.CASE}
LOGS = {"audit_event", "audit_reading", "audit_refusal"}
OWN_LIST = {Kind.CASE, Kind.GRANT, Kind.RIGHTS}
OWNERS = {"agencies_datakey": {"mash_owner"}, "auth_permission": {"mash_owner"}}
"""Who beside the product's own roles stands in a table's policies."""
GUARDED = {model._meta.db_table for model in MODELS.values() if kind_of(model) in OWN_LIST and model._meta.managed}

REFERENCE = re.compile(r"[A-Z]-[0-9A-Z]{4}-[0-9A-Z]{4}")


def test_every_model_is_classed() -> None:
    unclassed = [label for label, model in OURS.items() if kind_of(model) is None]
    assert unclassed == [], "Say in a visibility.py what kind of table each is (agencies.access.firewall.classify)."


def test_case_records_and_rules_are_the_same_set() -> None:
    assert {model._meta.label for model in guarded_models()} == set(CASE)


IN_BULK = {"notices.Notice"}
"""What the sweep claims and sends is bookkeeping: many rows at once, and each keeps when it was sent."""


@pytest.mark.parametrize("label", sorted(set(CASE) - IN_BULK))
def test_case_record_is_read_through_its_rule_and_written_one_by_one(label: str) -> None:
    manager: Any = CASE[label]._default_manager
    assert callable(manager.visible_to)
    assert isinstance(manager.all(), CaseQuerySet)
    for refused in (manager.all().update, manager.bulk_create, manager.all().delete, manager.bulk_update):
        with pytest.raises(TypeError):
            refused()


@pytest.mark.parametrize("label", sorted(CASE))
def test_key_of_a_case_record_is_random(label: str) -> None:
    key: Any = CASE[label]._meta.pk
    assert isinstance(key, models.UUIDField) or (key.remote_field and isinstance(key.target_field, models.UUIDField))


KEYS = {"kind", "reference", "subject_reference"}
"""Columns that are made to be shown."""


@pytest.mark.parametrize("label", sorted(CASE))
def test_record_is_called_by_reference_or_key_and_never_by_name(label: str) -> None:
    model = CASE[label]
    written = {column.name: "A Name" for column in texts(model) if column.name not in KEYS}
    assert "A Name" not in str(model(**written))


@pytest.mark.parametrize("label", sorted(CASE))
def test_audit_log_holds_no_word_of_a_case_record(label: str) -> None:
    model = CASE[label]
    if not auditlog.contains(model):
        return
    followed = auditlog.get_model_fields(model)["include_fields"]
    assert followed != []
    for name in followed:
        column: Any = model._meta.get_field(name)
        text = isinstance(column, models.CharField | models.TextField) and not column.choices
        assert (name, text or isinstance(column, EncryptedTextField)) == (name, False)


def _pairs(model: type[models.Model]) -> list[tuple[str, str]]:
    names = {column.name for column in model._meta.concrete_fields}
    stems = [name.removesuffix("_at") for name in names if name.endswith("_at")]
    return [(f"{stem}_at", f"{stem}_by") for stem in stems if f"{stem}_by" in names]


ALONE = {("contacts.Contact", "logged_at"): "the public form logs a contact, and nobody is there who did"}
"""Moments that may stand without a person, and why."""

PAIRS = [(label, *pair) for label, model in OURS.items() for pair in _pairs(model)]


@pytest.mark.parametrize(("label", "when", "by"), sorted(PAIRS))
def test_moment_and_person_stand_together(label: str, when: str, by: str) -> None:
    """Both required, or a constraint that has one only with the other."""
    model = OURS[label]
    columns: list[Any] = [model._meta.get_field(name) for name in (when, by)]
    if not any(column.null for column in columns) or (label, when) in ALONE:
        return
    checks = [str(one.condition) for one in model._meta.constraints if isinstance(one, models.CheckConstraint)]
    assert [check for check in checks if when in check and by in check] != [], f"{label}: constrain {when} with {by}."


def test_guarded_tables_are_under_forced_policies_and_no_other_role_slips_by(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, relforcerowsecurity FROM pg_class"
            " WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relrowsecurity"
        )
        found = dict(cursor.fetchall())
        assert {*GUARDED, *LOGS} - found.keys() == set()
        assert [table for table, is_forced in found.items() if not is_forced] == []
        cursor.execute("SELECT tablename, array_agg(DISTINCT r::text) FROM pg_policies, unnest(roles) r GROUP BY 1")
        for table, roles in cursor.fetchall():
            allowed = {"mash_web", "mash_sweep", *OWNERS.get(table, ())} | (
                {"mash_auditor"} if table in LOGS else set()
            )
            assert (table, set(roles) - allowed) == (table, set())


def test_no_view_stands_beside_the_tables(db: None) -> None:
    """A view runs with its owner's rights: it would be a way around both walls."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relnamespace IN ('public'::regnamespace, 'fw'::regnamespace)"
            " AND relkind IN ('v', 'm')"
        )
        assert cursor.fetchall() == []


@pytest.mark.parametrize("label", sorted(CASE))
def test_case_record_keeps_no_number_to_count(label: str, db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_class s JOIN pg_depend d ON d.objid = s.oid JOIN pg_class t ON t.oid = d.refobjid"
            " WHERE s.relkind = 'S' AND t.relname = %s",
            [CASE[label]._meta.db_table],
        )
        assert cursor.fetchone() == (0,)


def test_nobody_sees_a_row_without_a_role(db: None) -> None:
    seen = {label: model._default_manager.filter(rule_for(model)(NOBODY)).exists() for label, model in CASE.items()}
    assert [label for label, any_ in seen.items() if any_] == []
