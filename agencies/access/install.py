"""The second wall is built from its files: what differs between them and the catalogue is made anew, nothing else.

Called after every migration. What changes on one table changes in one short transaction, so nobody meets half of a
table's wall; row-level security is on and forced at every moment. Where a table is busy for a fifth of a second the
installer lets go of it and tries again, so that no request queues behind it (ADR 0041).
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from django.apps import AppConfig, apps
from django.db import OperationalError, connections, transaction
from django.db.backends.utils import CursorWrapper

from agencies.access.catalogue import Standing, dependents, functions_called, standing_wall
from agencies.access.rights import ROLES, all_rights, owned_sequences, statements
from agencies.access.seeds import plant
from agencies.access.standing import guarded_tables
from agencies.access.wall_files import WallError, WallObject, digest, read_wall

Key = tuple[str, str]
T = TypeVar("T")

LOCK_MILLISECONDS = 200
TRIES = 60
PAUSE_SECONDS = 0.4, 1.2
"""Between two tries: longer than a try, so that whoever waited behind its locks has gone through before the next."""
ONE_AT_A_TIME = 1296126792, 2
"""Two upgrades at once wait for each other; the first number is the product's, the second this purpose's."""
BUSY = {"55P03", "57014", "40P01"}
"""A lock was not given in time, the statement that asks for locks took too long, or two sides waited for each other."""


@dataclass
class Plan:
    """What has to change so that the catalogue is what the files say.

    Attributes:
        dropped: policies and triggers that go, for good or to be made anew.
        dropped_functions: names of functions that go, with all that bear the name.
        made: functions, triggers and policies to make, in this order of kinds.
        guarded: tables on which row-level security is switched on and forced.
        rights: tables whose rights are given anew.
        forgotten: what is no longer in the files and no longer stands.
    """

    dropped: list[Key] = field(default_factory=list)
    dropped_functions: list[str] = field(default_factory=list)
    made: list[WallObject] = field(default_factory=list)
    guarded: list[str] = field(default_factory=list)
    rights: list[str] = field(default_factory=list)
    forgotten: list[Key] = field(default_factory=list)

    @property
    def size(self) -> int:
        """How many objects and tables it touches."""
        kinds = (self.dropped, self.dropped_functions, self.made, self.guarded, self.rights, self.forgotten)
        return sum(len(kind) for kind in kinds)

    def parts(self) -> list[Plan]:
        """Split it into what is carried out together: functions, then each table by itself, then rights.

        One table is busy for a moment; ten at once hardly ever are free. Where functions go, what calls them goes with
        them, so all of it is one part.
        """
        if not self.size:
            return []
        if self.dropped_functions:
            return [self]
        functions = Plan(made=[one for one in self.made if one.kind == "function"])
        tables = [
            Plan(
                dropped=[key for key in self.dropped if key[1].partition(" on ")[2] == table],
                made=[one for one in self.made if one.table == table],
                guarded=[name for name in self.guarded if name == table],
            )
            for table in self.locked
        ]
        return [one for one in (functions, *tables, Plan(rights=self.rights, forgotten=self.forgotten)) if one.size]

    @property
    def locked(self) -> list[str]:
        """Return the tables that nobody may use while it is carried out."""
        placed = {name.partition(" on ")[2] for _kind, name in self.dropped} | {one.table for one in self.made}
        return sorted({*placed, *self.guarded} - {""})


def install_wall(using: str = "default", *, wall: dict[Key, WallObject] | None = None) -> Plan:
    """Bring the catalogue to what the files say, then the rights; return what had to be done.

    Args:
        wall: the objects that must stand; those of the files when absent.

    Raises:
        WallError: a guarded table would stand without a policy, or the tables were busy at every try.
    """
    wanted = read_wall() if wall is None else wall
    plan = _attempt(using, lambda cursor: plan_for(cursor, wanted))
    for part in plan.parts():
        _attempt(using, lambda cursor, part=part: _carry_through(cursor, part))  # type: ignore[misc]
    _attempt(using, _finish)
    return plan


def _attempt(using: str, work: Callable[[CursorWrapper], T]) -> T:
    """Do one short piece of work in a transaction of its own; where its tables are busy, let go and try again."""
    for _ in range(TRIES):
        try:
            with transaction.atomic(using=using), connections[using].cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", ONE_AT_A_TIME)
                cursor.execute("SET LOCAL search_path = public")
                return work(cursor)
        except OperationalError as busy:
            if getattr(busy.__cause__, "pgcode", None) not in BUSY:
                raise
            time.sleep(random.uniform(*PAUSE_SECONDS))  # noqa: S311
    raise WallError(f"The second wall was not changed: its tables were busy at each of {TRIES} tries. Migrate again.")


def _carry_through(cursor: CursorWrapper, part: Plan) -> None:
    _carry_out(cursor, part)
    _record(cursor, part)
    require_policies(cursor, part.locked)


def _finish(cursor: CursorWrapper) -> None:
    require_policies(cursor)
    cursor.execute("DELETE FROM fw.upgrade")  # The wall stands: the pages come back (agencies/access/upgrades.py).


def plan_for(cursor: CursorWrapper, wanted: dict[Key, WallObject]) -> Plan:
    """Compare files and catalogue; nothing is changed."""
    stands = standing_wall(cursor)
    cursor.execute("SELECT kind, name, written, stood, head FROM fw.installed")
    known = {(kind, name): rest for kind, name, *rest in cursor.fetchall()}
    plan = Plan()
    for key, one in wanted.items():
        if not _is_as_written(one, stands.get(key), known.get(key)):
            plan.made.append(one)
            _make_room(plan, one, stands.get(key), known.get(key))
    _drop_unknown(plan, wanted, stands)
    _take_dependents_along(cursor, plan, wanted)
    plan.made.sort(key=lambda one: ("function", "trigger", "policy").index(one.kind))
    plan.guarded = _unguarded(cursor, {one.table for one in wanted.values() if one.kind == "policy"})
    plan.rights = [
        name
        for name, written in _rights_as_written(cursor, stands).items()
        if known.get(("rights", name)) != [written, digest(stands["rights", name].as_text), ""]
    ]
    plan.forgotten = [key for key in known if key not in wanted and (key[0] != "rights" or key not in stands)]
    return plan


def _is_as_written(wanted: WallObject, stands: Standing | None, known: list[str] | None) -> bool:
    return (
        stands is not None
        and stands.count == 1
        and known is not None
        and known[:2] == [wanted.written, digest(stands.as_text)]
    )


def _make_room(plan: Plan, wanted: WallObject, stands: Standing | None, known: list[str] | None) -> None:
    """Note what must go before an object can be made; a function of unchanged arguments is replaced as it stands."""
    if stands is None:
        return
    if wanted.kind != "function":
        plan.dropped.append((wanted.kind, wanted.name))
    elif stands.count > 1 or known is None or known[2] != digest(wanted.head, stands.head):
        plan.dropped_functions.append(wanted.name)


def _drop_unknown(plan: Plan, wanted: dict[Key, WallObject], stands: dict[Key, Standing]) -> None:
    for kind, name in sorted(stands.keys() - wanted.keys()):
        if kind == "function":
            plan.dropped_functions.append(name)
        elif kind != "rights":
            plan.dropped.append((kind, name))


def _take_dependents_along(cursor: CursorWrapper, plan: Plan, wanted: dict[Key, WallObject]) -> None:
    """A function cannot go while a policy calls it: those go first, and are made anew if the files have them."""
    for key in sorted(dependents(cursor, plan.dropped_functions) - set(plan.dropped)):
        plan.dropped.append(key)
        if key in wanted and wanted[key] not in plan.made:
            plan.made.append(wanted[key])


def _unguarded(cursor: CursorWrapper, under_policies: set[str]) -> list[str]:
    """Return the tables on which row-level security should be on and forced, and is not."""
    cursor.execute(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')"
        " AND relname = ANY (%s) AND NOT (relrowsecurity AND relforcerowsecurity) ORDER BY relname",
        [sorted({*under_policies, *guarded_tables()})],
    )
    return [name for (name,) in cursor.fetchall()]


def _rights_as_written(cursor: CursorWrapper, stands: dict[Key, Standing]) -> dict[str, str]:
    """Return for each table the hash of what its rights should be."""
    tables = sorted(name for kind, name in stands if kind == "rights")
    sequences: dict[str, list[tuple[str, str]]] = {}
    for sequence, table in owned_sequences(cursor, tables):
        sequences.setdefault(table, []).append((sequence, table))
    rights = all_rights()
    return {table: digest(*statements([table], sequences.get(table, []), rights)) for table in tables}


def _carry_out(cursor: CursorWrapper, plan: Plan) -> None:
    _lock(cursor, plan.locked)
    cursor.execute("SET LOCAL check_function_bodies = off")
    for name in plan.guarded:
        cursor.execute(f'ALTER TABLE "{name}" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY')
    for kind, name in plan.dropped:
        own, _on, table = name.partition(" on ")
        cursor.execute(f'DROP {kind} "{own}" ON "{table}"')
    for function in functions_called(cursor, plan.dropped_functions):
        _as_owner(cursor, function.owner, f"DROP FUNCTION {function.identity}")
    for one in plan.made:
        if one.kind == "function":
            make_function(cursor, one)
        else:
            cursor.execute(one.text)
    for statement in statements(plan.rights, owned_sequences(cursor, plan.rights)):
        cursor.execute(statement)


def _lock(cursor: CursorWrapper, tables: list[str]) -> None:
    """Take every table for this transaction, all of them within the time, or none."""
    cursor.execute(f"SET LOCAL lock_timeout = {LOCK_MILLISECONDS}")
    if tables:
        named = ", ".join(f'"{table}"' for table in tables)
        cursor.execute(f"SET LOCAL statement_timeout = {LOCK_MILLISECONDS}")
        cursor.execute(f"LOCK TABLE {named} IN ACCESS EXCLUSIVE MODE")
        cursor.execute("SET LOCAL statement_timeout TO DEFAULT")


CALLERS = """
SELECT p.oid::regprocedure::text,
       ARRAY['PUBLIC'] || ARRAY(
           SELECT DISTINCT a.grantee::regrole::text FROM aclexplode(p.proacl) a WHERE a.grantee <> 0)
  FROM pg_proc p WHERE p.pronamespace = 'fw'::regnamespace AND p.proname = %s
"""
"""A function with the types of its arguments, and everybody who may call it as it stands."""


def make_function(cursor: CursorWrapper, function: WallObject) -> None:
    """Make a function, or replace it, in the hand of its owner; only the callers that its file names may call it."""
    cursor.execute(f"SET LOCAL ROLE {function.owner}")
    cursor.execute(function.text)
    cursor.execute(CALLERS, [function.name])
    ((identity, callers),) = cursor.fetchall()
    cursor.execute(f"REVOKE ALL ON FUNCTION {identity} FROM {', '.join(callers)}")
    cursor.execute(
        f"GRANT EXECUTE ON FUNCTION {identity} TO {', '.join(dict.fromkeys((function.owner, *function.callers)))}"
    )
    cursor.execute("RESET ROLE")


def _as_owner(cursor: CursorWrapper, owner: str, statement: str) -> None:
    cursor.execute(f'SET LOCAL ROLE "{owner}"')
    cursor.execute(statement)
    cursor.execute("RESET ROLE")


def _record(cursor: CursorWrapper, plan: Plan) -> None:
    """Keep what was written and what the catalogue made of it, so that the next install knows both again."""
    stands = standing_wall(cursor)
    rows = [_row(one, stands[one.kind, one.name]) for one in plan.made]
    written = _rights_as_written(cursor, stands) if plan.rights else {}
    rows += [("rights", name, written[name], digest(stands["rights", name].as_text), "") for name in plan.rights]
    gone = {*plan.forgotten, *plan.dropped, *(("function", name) for name in plan.dropped_functions)}
    for key in gone | {(kind, name) for kind, name, *_ in rows}:
        cursor.execute("DELETE FROM fw.installed WHERE kind = %s AND name = %s", key)
    for row in rows:
        cursor.execute("INSERT INTO fw.installed (kind, name, written, stood, head) VALUES (%s, %s, %s, %s, %s)", row)


def _row(wanted: WallObject, stands: Standing) -> tuple[str, str, str, str, str]:
    head = digest(wanted.head, stands.head) if wanted.kind == "function" else ""
    return wanted.kind, wanted.name, wanted.written, digest(stands.as_text), head


OPEN = """
SELECT c.relname, r.name
  FROM pg_class c CROSS JOIN unnest(%s::text[]) AS r(name)
 WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND c.relname = ANY (%s)
   AND (has_table_privilege(r.name, c.oid, 'SELECT, INSERT, UPDATE, DELETE')
        OR has_any_column_privilege(r.name, c.oid, 'SELECT, INSERT, UPDATE'))
   AND NOT EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid
                      AND (0 = ANY (p.polroles) OR r.name::regrole = ANY (p.polroles)))
 ORDER BY 1, 2
"""


def require_policies(cursor: CursorWrapper, among: list[str] | None = None) -> None:
    """Refuse a guarded table on which a login of the product has rights, and no policy says which rows.

    Args:
        among: the tables to look at; all when absent.

    Raises:
        WallError: names each table and login.
    """
    logins = [ROLES["web"], ROLES["sweep"]]
    tables = [table for table in guarded_tables() if among is None or table in among]
    cursor.execute(OPEN, [logins, tables])
    found = [f"{table} ({login})" for table, login in cursor.fetchall()]
    if found:
        raise WallError(f"These tables must be guarded, and no policy names the login: {', '.join(found)}.")


def is_owners(using: str) -> bool:
    """Say whether this connection owns the tables, so that it may build the wall."""
    with connections[using].cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM pg_class WHERE oid = to_regclass('fw.installed') AND relowner = current_user::regrole"
        )
        return cursor.fetchone() is not None


def after_migrations(*, using: str, app_config: AppConfig, **_: object) -> None:
    """Build the wall and plant the seeds after the last app's migrations, if this connection owns the tables."""
    last = [config.label for config in apps.get_app_configs() if config.models_module][-1]
    if app_config.label == last and is_owners(using) and not missing_tables(using):
        install_wall(using)
        plant(using)


def missing_tables(using: str) -> set[str]:
    """Return the guarded tables that are not made yet: after half of the migrations there is no wall to build."""
    with connections[using].cursor() as cursor:
        return set(guarded_tables()) - set(connections[using].introspection.table_names(cursor))
