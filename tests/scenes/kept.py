"""Scenes that are made once: what many tests begin with is kept in a database and entered, not made again.

A step marked `@kept`, such as `open_case()` or `case.in_mash()`, that a third test begins with in the same way is made
in a clone of the database, and committed there. The test goes on in that clone, in a transaction that is rolled
back like every test's; the next test with the same beginning enters it at once, with copies of what the step gave.
Steps may follow each other: each is kept as what comes after the ones before it (docs/adr/0094).

A test notices nothing of it. Where its beginning could differ from another test's, the step is made in place: it has
written something already, somebody acts, a clock stands, settings or code are changed, or a value is not a plain one.
"""

from __future__ import annotations

import dataclasses
import functools
import itertools
import pickle
import uuid
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date
from typing import ParamSpec, TypeVar, cast

import psycopg2
import pytest
import time_machine
from django.conf import UserSettingsHolder, settings
from django.db import connections, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from tests.database import TEMPLATE, clone, drop
from tests.worker_environment import DATABASE

P = ParamSpec("P")
T = TypeVar("T")
Path = tuple[object, ...]

MOST = 12
"""How many scenes a worker keeps: each is a database of 20 MB with a server process of its own."""

MET = 2
"""How often a scene is made in place before it is kept: most come once or twice, and a clone takes time too."""

UNTOUCHED = """
SELECT pg_current_xact_id_if_assigned() IS NULL AND coalesce(current_setting('app.identity', true), '') = ''
       AND (%(begun)s OR NOT EXISTS (SELECT FROM contacts_contact))
"""
"""Whether this transaction has written nothing, and nobody acts in it; a hub begins without a contact."""


@dataclass
class Scene:
    """A scene as it was committed.

    Attributes:
        outcome: pickled: the attributes of the object whose method the step is and of the records that it was given, as
            they were afterwards; whether it returned that object; what else it returned.
    """

    database: str
    connection: BaseDatabaseWrapper
    outcome: bytes


@dataclass
class Standing:
    """Where the running test stands.

    Attributes:
        patched: how much pytest-django itself had patched when the test began.
        path: by which kept steps the test came.
        inside: leads out again.
    """

    patch: pytest.MonkeyPatch
    patched: int
    path: Path = ()
    inside: ExitStack = field(default_factory=ExitStack)


_scenes: OrderedDict[Path, Scene] = OrderedDict()
_met: Counter[Path] = Counter()
_numbers = itertools.count()
_standing: ContextVar[Standing | None] = ContextVar("standing", default=None)


@pytest.fixture(autouse=True)
def standing(request: pytest.FixtureRequest) -> Iterator[None]:
    """Let a test with a database begin from kept scenes, unless it commits."""
    asked = set(request.fixturenames)
    marker = request.node.get_closest_marker("django_db")
    has_database = "db" in asked or (marker is not None and not marker.kwargs)
    if not has_database or asked & {"transactional_db", "live_server"}:
        yield
        return
    request.getfixturevalue("db")
    patch = request.getfixturevalue("monkeypatch")
    here = Standing(patch, _patched(patch))
    before = _standing.set(here)
    try:
        yield
    finally:
        _standing.reset(before)
        here.inside.close()


def _patched(patch: pytest.MonkeyPatch) -> int:
    return len(patch._setattr) + len(patch._setitem)


def kept(step: Callable[P, T]) -> Callable[P, T]:
    """Mark a step with which tests begin: of plain values, and complete when it returns."""

    @functools.wraps(step)
    def begun(*args: P.args, **kwargs: P.kwargs) -> T:
        here = _standing.get()
        if here is None or not _is_like_others(here):
            return step(*args, **kwargs)
        try:
            path = (*here.path, step.__module__, step.__qualname__, _plain(args), _plain(kwargs))
        except TypeError:
            return step(*args, **kwargs)
        owner = args[0] if "." in step.__qualname__ else None
        given = [owner, *_records(args[1:] if owner else args), *_records(tuple(kwargs.values()))]
        if path not in _scenes and _met[path] < MET:
            value = step(*args, **kwargs)
            _met[path] += 1
            return value
        if path not in _scenes:
            _make(path, here, given, lambda: step(*args, **kwargs))
        return cast("T", _enter(path, here, given))

    return begun


def _is_like_others(here: Standing) -> bool:
    """Say whether a step that is begun now comes out as it would in any other test that came this way."""
    connection = connections["default"]
    if not connection.in_atomic_block or connection.savepoint_ids or connection.needs_rollback:
        return False
    is_watched = connection.execute_wrappers or connection.force_debug_cursor
    is_changed = isinstance(vars(settings)["_wrapped"], UserSettingsHolder) or _patched(here.patch) != here.patched
    if is_watched or is_changed or time_machine.escape_hatch.is_travelling():
        return False
    with connection.cursor() as cursor:
        cursor.execute(UNTOUCHED, {"begun": bool(here.path)})
        return bool(cursor.fetchone()[0])


def _plain(value: object) -> object:
    """Return what a value is compared by.

    Raises:
        TypeError: It is none of which we know that equal ones lead to the same.
    """
    if value is None or isinstance(value, str | int | date | uuid.UUID):
        return type(value).__name__, value
    if isinstance(value, models.Model):
        columns = (one.attname for one in value._meta.concrete_fields)
        return value._meta.label, *(_plain(vars(value).get(column)) for column in columns)
    if isinstance(value, Mapping):
        return tuple((_plain(key), _plain(one)) for key, one in value.items())
    if isinstance(value, list | tuple):
        return tuple(_plain(one) for one in value)
    if dataclasses.is_dataclass(value):
        names = [one.name for one in dataclasses.fields(value) if one.compare and hasattr(value, one.name)]
        return type(value).__name__, *(_plain(getattr(value, name)) for name in names)
    raise TypeError(f"{type(value)} is not compared.")


def _records(value: object) -> Iterator[models.Model]:
    """Give the records among what a step is given: it may bring their attributes up to date."""
    if isinstance(value, models.Model):
        yield value
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _records(one)
    elif dataclasses.is_dataclass(value):
        for each in dataclasses.fields(value):
            yield from _records(getattr(value, each.name, None))


def _make(path: Path, here: Standing, given: list[object], step: Callable[[], object]) -> None:
    """Make a scene in a clone of the one in which the test stands."""
    before = _scenes[here.path] if here.path else None
    here.inside.close()
    if before is not None:
        before.connection.close()
    database = f"{DATABASE}_scene{next(_numbers)}"
    clone(before.database if before else TEMPLATE, database)
    connection = connections["default"].copy()
    connection.settings_dict["NAME"] = database
    try:
        outcome = _committed(connection, given, step)
    except BaseException:
        connection.close()
        drop(database)
        if before is not None:
            here.inside.enter_context(_rolled_back(before.connection))
        raise
    _scenes[path] = Scene(database, connection, outcome)
    _forget_the_oldest()


def _committed(connection: BaseDatabaseWrapper, given: list[object], step: Callable[[], object]) -> bytes:
    """Make a step for good; return its outcome."""
    here = _standing.set(None)  # The steps of which it consists are made in place.
    try:
        with _in_place_of_own(connection), transaction.atomic():
            value = step()
            connection.run_on_commit = []  # Nothing follows a commit in a test either.
    finally:
        _standing.reset(here)
    returned = (True, None) if value is given[0] and value is not None else (False, value)
    return pickle.dumps(([vars(one) if one else {} for one in given], *returned))


def _forget_the_oldest() -> None:
    while len(_scenes) > MOST:
        _path, scene = _scenes.popitem(last=False)
        scene.connection.close()
        drop(scene.database)


def _enter(path: Path, here: Standing, given: list[object]) -> object:
    """Put the running test into a scene; return what the step returned there."""
    here.inside.close()
    _leave_own()
    scene = _scenes[path]
    _scenes.move_to_end(path)
    here.path = path
    here.inside.enter_context(_rolled_back(scene.connection))
    attributes, is_itself, value = pickle.loads(scene.outcome)  # noqa: S301 - written above
    for one, after in zip(given, attributes, strict=True):
        if one is not None:
            vars(one).update(after)
    return given[0] if is_itself else value


def _leave_own() -> None:
    """Let who still asks the database that the test has left be refused, rather than find nothing there."""
    own = connections["default"]
    if not own.needs_rollback:
        with suppress(psycopg2.Error), own.connection.cursor() as cursor:
            cursor.execute("SELECT 1 / 0")
        own.needs_rollback = True


@contextmanager
def _rolled_back(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Work in a scene; at the end the constraints are checked, as Django's TestCase does, and all is rolled back."""
    with _in_place_of_own(connection), transaction.atomic():
        yield
        if not connection.needs_rollback:
            connection.check_constraints()
            transaction.set_rollback(True)


@contextmanager
def _in_place_of_own(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Let the product find this connection instead of the test's own."""
    own, connections["default"] = connections["default"], connection
    try:
        yield
    finally:
        connections["default"] = own
