"""Wall 1: the one rule of each model, and the primitives from which rules are made.

A rule is a query expression over the rows of one model. Lists filter by it and records are fetched through it,
so what a list shows and what can be opened cannot drift apart. A model without a rule is closed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import reduce
from operator import or_
from typing import Any, TypeVar

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models
from django.db.models import F, Func, OuterRef, Q, Subquery, Value

from agencies.access.conditions import NOTHING, is_everything, is_nothing, simplest
from agencies.access.viewer import Viewer
from common.errors import NotVisible

Rule = Callable[[Viewer], Q]
M = TypeVar("M", bound=models.Model)


class Kind(StrEnum):
    """What a table holds; every model is classed (`tests/architecture`)."""

    CASE = "case record"
    GRANT = "grant"
    REFERENCE = "reference"
    RIGHTS = "decides rights"
    POLICY = "decides deadlines"
    EVIDENCE = "evidence"


@dataclass(frozen=True)
class Case:
    """Which case the rows of a model belong to: paths to the keys of contact, enquiry and person, where it has them.

    A conflict of interest takes these rows away over every role and grant. A model that is only ever reached through
    another one's rule needs no case of its own.
    """

    contact: str = ""
    enquiry: str = ""
    person: str = ""
    reference: str = ""

    def open_to(self, model: type[models.Model], viewer: Viewer) -> Q:
        """Return the rows of the model that no conflict closes; an empty condition where the viewer has none."""
        access = viewer.case_access
        closed = (
            (self.contact, access.closed_contacts),
            (self.enquiry, access.closed_enquiries),
            (self.person, access.closed_persons),
            (self.reference, access.closed_references),
        )
        whole = Q()
        for path, keys in closed:
            if path and keys:
                whole &= ~_leads_to(model, path, keys)
        return whole


def _leads_to(model: type[models.Model], path: str, keys: Iterable[object]) -> Q:
    """Return the rows from which a path leads to one of these keys.

    Rows on the way are asked for in a query of their own: joined, one that the second wall hides would take with it
    what hangs on it and is open.
    """
    first, _, rest = path.partition("__")
    if not rest:
        return Q(**{f"{path}__in": keys})
    parent: Any = model._meta.get_field(first).related_model
    return Q(**{f"{first}__in": parent._default_manager.filter(**{f"{rest}__in": keys}).values("pk")})


_cases: dict[type[models.Model], Case] = {}
_openings: dict[type[models.Model], list[Rule]] = {}
_rules: dict[type[models.Model], Rule] = {}
_kinds: dict[type[models.Model], Kind] = {}


def classify(kind: Kind, *classes: type[models.Model]) -> None:
    """Say what kind of table each model is."""
    for model in classes:
        _kinds[model] = kind


def kind_of(model: type[models.Model]) -> Kind | None:
    """Return the kind of a model, or None if nobody has classed it."""
    return _kinds.get(model)


def rule(
    *classes: type[models.Model], contact: str = "", enquiry: str = "", person: str = "", reference: str = ""
) -> Callable[[Rule], Rule]:
    """Register the one rule of each of these case records.

    Args:
        contact: path to the key of the contact, where a conflict of interest may close rows of these models; likewise
            for the others. None where the rule goes through another model's rule, which closes them already.

    Raises:
        ValueError: the model has a rule already.
    """

    def register(function: Rule) -> Rule:
        for model in classes:
            if model in _rules:
                raise ValueError(f"{model.__name__} has its rule already.")
            _rules[model] = function
            _cases[model] = Case(contact, enquiry, person, reference)
            _kinds[model] = Kind.CASE
        return function

    return register


def opens(*classes: type[models.Model]) -> Callable[[Rule], Rule]:
    """Register what a later stage adds to an earlier stage's rule, such as "was asked about this child"."""

    def register(function: Rule) -> Rule:
        for model in classes:
            _openings.setdefault(model, []).append(function)
        return function

    return register


def rule_for(model: type[models.Model]) -> Rule:
    """Return the rule of a model, with what later stages open and without what is closed to the viewer by a conflict.

    Without a rule, nobody sees a row.
    """
    base = _rules.get(model)
    if base is None:
        return lambda viewer: NOTHING

    def whole(viewer: Viewer) -> Q:
        opened = simplest(base(viewer))
        if not is_everything(opened):
            opened = simplest(reduce(or_, (opening(viewer) for opening in _openings.get(model, [])), opened))
        return _unjoined(model, opened) & _cases[model].open_to(model, viewer)

    return whole


def _unjoined(model: type[models.Model], condition: Q, *, beside_others: bool = False) -> Q:
    """Return a condition in which a path over another table, beside others, is asked in a statement of its own.

    Django joins that table for the whole condition: a row of it that the second wall hides would take with it what
    another part of the condition opens. Not `Exists`: within an OR the planner would gather all rows of that table.
    """
    beside = beside_others or (condition.connector == Q.OR and len(condition.children) > 1)
    children = [
        _unjoined(model, child, beside_others=beside)
        if isinstance(child, Q)
        else _asked_apart(model, *child)
        if beside and isinstance(child, tuple)
        else child
        for child in condition.children
    ]
    return Q(*children, _connector=condition.connector, _negated=condition.negated)


def _asked_apart(model: type[models.Model], path: str, value: object) -> Q:
    first, _, rest = path.partition("__")
    field: Any = model._meta.pk if first == "pk" else model._meta.get_field(first)
    parent = field.related_model if field.concrete and first == field.name else None
    if not parent or not _is_a_column(parent, rest.partition("__")[0]):
        return Q(**{path: value})
    rows = parent._default_manager.filter(pk=OuterRef(field.attname)).order_by()
    # Three answers: yes, no, and nothing where the row is hidden, so that a denial opens nothing either.
    answer = models.Case(models.When(Q(**{rest: value}), then=Value(value=True)), default=Value(value=False))
    found = rows.annotate(is_found=answer).values("is_found")[:1]
    return Q(Subquery(found, output_field=models.BooleanField()))


def _is_a_column(model: type[models.Model], name: str) -> bool:
    """Say whether a name is a column of the model other than its key, which the row at hand holds itself."""
    try:
        return not getattr(model._meta.get_field(name), "primary_key", False)
    except FieldDoesNotExist:
        return False


def guarded_models() -> list[type[models.Model]]:
    """Return every model that has a rule."""
    return list(_rules)


def granted(grants: type[models.Model], viewer: Viewer, *, path: str = "pk") -> Q:
    """Return the rows that a grant opens to one of the viewer's groups.

    Args:
        grants: a table of guardian group grants with a real `content_object`.
        path: how to reach the granted record from the row at hand.
    """
    if not viewer.groups:
        return NOTHING
    open_to = grants._default_manager.filter(group_id__in=viewer.groups).values("content_object_id")
    return Q(**{f"{path}__in": open_to})


def asked(function: str, *columns: str) -> Q:
    """Return the rows for which a function of the database says yes: what it reads may be hidden from the viewer.

    A rule that joined such a table itself would find nothing there once the second wall stands.

    Args:
        function: in the schema `fw`; it asks the identity of the transaction.
        columns: paths from the row to its arguments.
    """
    return Q(Func(*(F(column) for column in columns), function=f"fw.{function}", output_field=models.BooleanField()))


def within(model: type[models.Model], viewer: Viewer, *, path: str, is_kept: bool = True) -> Q:
    """Return the rows that hang on a record which the viewer may see.

    Args:
        path: the column of the row that names the record.
        is_kept: whether the record stays for as long as the row names it, by a foreign key: then whoever sees every
            record sees every row, and nothing is looked up.
    """
    opened = rule_for(model)(viewer)
    if is_kept and is_everything(opened):
        return Q(**{f"{path}__isnull": False})
    if is_nothing(opened):
        return NOTHING
    return Q(**{f"{path}__in": model._default_manager.filter(opened).values("pk")})


def fetch(queryset: models.QuerySet[M], viewer: Viewer, **lookup: object) -> M:
    """Return the one record that the viewer may see.

    Raises:
        NotVisible: there is none, or what was asked for cannot be a key or reference at all; whether it exists for
            others is not said.
    """
    try:
        found = queryset.filter(rule_for(queryset.model)(viewer)).filter(**lookup).first()
    except (ValidationError, ValueError):  # A posted id that is no UUID, a text with a NUL.
        found = None
    if found is None:
        raise NotVisible
    return found
