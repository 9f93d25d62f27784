"""The second wall is what its files say: read, built, built again, and repaired."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from psycopg2.extensions import connection as Connection

from agencies.access import install
from agencies.access.catalogue import standing_wall
from agencies.access.install import install_wall, plan_for
from agencies.access.seeds import all_seeds, plant
from agencies.access.wall_files import WallError, digest, read_wall
from clock.seeds import LADDER
from tests.logins import logged_in_as

POLICY = ("policy", "seen on contacts_report")
FUNCTION = ("function", "has")
TRIGGER = ("trigger", "stays on contacts_contact")


@pytest.fixture
def owner(transactional_db: None) -> Iterator[CursorWrapper]:
    """Work as the owner of the tables; what is committed is gone after the test."""
    with logged_in_as("mash_owner"), connection.cursor() as cursor:
        yield cursor


def said(cursor: CursorWrapper) -> dict[tuple[str, str], str]:
    """Return what the catalogue says of each object of the wall."""
    cursor.execute("SET search_path = public")
    found = {key: one.as_text for key, one in standing_wall(cursor).items()}
    cursor.execute("RESET search_path")
    return found


def test_catalogue_equals_the_files(owner: CursorWrapper) -> None:
    """Whatever the installer remembers: made anew from the files, every object is word for word the one that stood."""
    before = said(owner)
    owner.execute("DELETE FROM fw.installed")
    plan = install_wall()
    assert {(one.kind, one.name) for one in plan.made} == read_wall().keys()
    assert said(owner) == before
    assert {key for key in before if key[0] != "rights"} == read_wall().keys()


def test_a_second_install_changes_nothing(owner: CursorWrapper) -> None:
    assert install_wall() == install.Plan()
    assert plant() == []


AS_DEFINER, YES = "SET ROLE mash_definer;", "LANGUAGE sql STABLE SECURITY DEFINER AS 'SELECT true'"
REPAIRED = {
    "a policy that opens everything": (POLICY, "ALTER POLICY seen ON contacts_report USING (true)"),
    "a policy that is gone": (POLICY, "DROP POLICY seen ON contacts_report"),
    "a policy for everybody": (POLICY, "ALTER POLICY seen ON contacts_report TO PUBLIC"),
    "a trigger that is off": (TRIGGER, "ALTER TABLE contacts_contact DISABLE TRIGGER stays"),
    "a trigger that is gone": (TRIGGER, "DROP TRIGGER stays ON contacts_contact"),
    "a function that says yes": (
        FUNCTION,
        f"{AS_DEFINER} CREATE OR REPLACE FUNCTION fw.has(VARIADIC wanted text[]) RETURNS boolean {YES}; RESET ROLE",
    ),
    "a function that everybody may call": (
        ("function", "signed"),
        f"{AS_DEFINER} GRANT EXECUTE ON FUNCTION fw.signed(text) TO PUBLIC, mash_backup; RESET ROLE",
    ),
    "a second function of that name": (
        FUNCTION,
        "CREATE FUNCTION fw.has(text) RETURNS boolean LANGUAGE sql AS 'SELECT true'",
    ),
    "a right that nobody named": (("rights", "contacts_report"), "GRANT DELETE ON contacts_report TO mash_web"),
    "a column's right": (("rights", "contacts_report"), "GRANT UPDATE (text) ON contacts_report TO mash_sweep"),
    "a right that is gone": (("rights", "contacts_report"), "REVOKE SELECT ON contacts_report FROM mash_web"),
}


@pytest.mark.parametrize(("key", "change"), REPAIRED.values(), ids=REPAIRED)
def test_what_was_changed_by_hand_is_repaired(owner: CursorWrapper, key: tuple[str, str], change: str) -> None:
    before = said(owner)
    owner.execute(change)
    plan = install_wall()
    assert key in {*((one.kind, one.name) for one in plan.made), *(("rights", name) for name in plan.rights)}
    assert said(owner) == before
    assert install_wall() == install.Plan()


UNKNOWN = {
    "policy": "CREATE POLICY opens ON contacts_report USING (true)",
    "trigger": "CREATE TRIGGER opens BEFORE UPDATE ON contacts_report EXECUTE FUNCTION fw.these_never_change('id')",
    "function": "CREATE FUNCTION fw.opens() RETURNS boolean LANGUAGE sql AS 'SELECT true'",
}


@pytest.mark.parametrize("change", UNKNOWN.values(), ids=UNKNOWN)
def test_what_no_file_names_is_dropped(owner: CursorWrapper, change: str) -> None:
    before = said(owner)
    owner.execute(change)
    assert said(owner).keys() != before.keys()
    install_wall()
    assert said(owner) == before


@pytest.mark.parametrize("state", ["DISABLE", "NO FORCE"])
def test_row_level_security_that_was_switched_off_is_on_again(owner: CursorWrapper, state: str) -> None:
    owner.execute(f"ALTER TABLE contacts_report {state} ROW LEVEL SECURITY")
    assert install_wall() == install.Plan(guarded=["contacts_report"])
    assert install_wall() == install.Plan()


def test_a_guarded_table_without_a_policy_is_refused_and_all_stays(owner: CursorWrapper) -> None:
    before = said(owner)
    wall = {key: one for key, one in read_wall().items() if one.table != "contacts_report" or one.kind != "policy"}
    with pytest.raises(WallError, match=r"contacts_report \(mash_web\)\.$"):
        install_wall(wall=wall)
    assert said(owner) == before


def test_a_function_with_other_arguments_takes_its_policies_along(owner: CursorWrapper) -> None:
    """It cannot be replaced as it stands: what calls it is dropped with it and made anew, in one transaction."""
    wall = read_wall()
    calling = {key for key, one in wall.items() if one.kind != "function" and "fw.team()" in one.text}
    text = wall["function", "team"].text.replace("fw.team()", "fw.team(asked boolean DEFAULT true)")
    wall["function", "team"] = replace(wall["function", "team"], text=text, head=digest("other"))
    plan = install_wall(wall=wall)
    assert plan.dropped_functions == ["team"]
    assert set(plan.dropped) == calling != set()
    assert {(one.kind, one.name) for one in plan.made} == {("function", "team"), *calling}
    owner.execute("SELECT count(*) FROM pg_proc WHERE proname = 'team' AND pronamespace = 'fw'::regnamespace")
    assert owner.fetchone() == (1,)


def test_tables_that_stay_busy_end_the_try_and_nothing_is_changed(
    owner: CursorWrapper, superuser_connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(install, "TRIES", 2)
    right = said(owner)
    owner.execute("ALTER POLICY seen ON contacts_report USING (false)")
    spoilt = said(owner)
    superuser_connection.cursor().execute("SELECT count(*) FROM contacts_report")
    with pytest.raises(WallError, match="busy at each of 2 tries"):
        install_wall()
    assert said(owner) == spoilt
    superuser_connection.rollback()
    install_wall()
    assert said(owner) == right


def test_a_plan_changes_nothing(owner: CursorWrapper) -> None:
    owner.execute("DROP POLICY seen ON contacts_report")
    spoilt = said(owner)
    with transaction.atomic():
        plan = plan_for(owner, read_wall())
    assert [(one.kind, one.name) for one in plan.made] == [POLICY]
    assert said(owner) == spoilt


def test_a_seed_is_planted_once(owner: CursorWrapper, superuser_connection: Connection) -> None:
    owner.execute("SELECT name FROM fw.seeded")
    assert {name for (name,) in owner.fetchall()} == all_seeds().keys()
    superuser_connection.autocommit = True
    with superuser_connection.cursor() as admin:
        admin.execute("SELECT count(*) FROM clock_ladderstep")
        shipped = admin.fetchone()
        admin.execute("DELETE FROM clock_ladderstep WHERE measure = ANY (%s)", [[row[0] for row in LADDER]])
        admin.execute("DELETE FROM fw.seeded WHERE name = 'clock.ladder'")
        assert (plant(), plant()) == (["clock.ladder"], [])
        admin.execute("SELECT count(*) FROM clock_ladderstep")
        assert admin.fetchone() == shipped != (0,)


def written(folder: Path, text: str, name: str = "functions.sql") -> Path:
    (folder / "app" / "sql").mkdir(parents=True, exist_ok=True)
    (folder / "app" / "sql" / name).write_text(text, encoding="utf-8")
    return folder


SMALL = "CREATE OR REPLACE FUNCTION fw.small() RETURNS int\nLANGUAGE sql {}AS $$ SELECT 1; -- one; $$;\n"


def test_line_above_a_function_says_whose_it_is(tmp_path: Path) -> None:
    tiny = SMALL.format("").replace("small", "tiny")
    wall = read_wall(
        written(tmp_path, f"{SMALL.format('')}\n-- What it says.\n-- callers: web, definer; owner: probe\n{tiny}")
    )
    assert [(one.name, one.owner, one.callers) for one in wall.values()] == [
        ("small", "mash_owner", ()),
        ("tiny", "mash_probe", ("mash_web", "mash_definer")),
    ]
    definers = read_wall(written(tmp_path, "-- callers: web\n" + SMALL.format("SECURITY DEFINER ")))
    assert [(one.owner, one.callers) for one in definers.values()] == [("mash_definer", ("mash_web",))]


@pytest.mark.parametrize(
    "line", ["-- callers: wbe", "-- callers: web; owner: nobody", "-- callers: web and sweep", "-- owner: probe"]
)
def test_line_that_names_no_role_is_refused(tmp_path: Path, line: str) -> None:
    with pytest.raises(WallError, match="names no role of ours"):
        read_wall(written(tmp_path, f"{line}\n{SMALL.format('')}"))


@pytest.mark.parametrize("text", ["GRANT SELECT ON agencies_user TO mash_web;", "SELECT 1", "DROP FUNCTION fw.has;"])
def test_a_file_holds_nothing_else(tmp_path: Path, text: str) -> None:
    with pytest.raises(WallError, match="holds something that is no function, trigger or policy"):
        read_wall(written(tmp_path, text))


def test_no_object_is_defined_twice(tmp_path: Path) -> None:
    written(tmp_path, SMALL.format(""), "one.sql")
    with pytest.raises(WallError, match="The function small is defined twice"):
        read_wall(written(tmp_path, SMALL.format("").replace("SELECT 1", "SELECT 2"), "two.sql"))


NAMING = """
SELECT c.conrelid::regclass::text, array_agg(a.attname::text ORDER BY a.attname)
  FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
 WHERE c.contype = 'f' AND c.confrelid = 'agencies_membership'::regclass
   AND (a.attname LIKE '%\\_by\\_id' OR a.attname = 'author_id')
 GROUP BY c.conrelid
"""
WITHOUT = "information_sharing_sealedtext"
"""Earlier versions of a text keep their writers when its agency seals them; its policy holds them to the text."""


def test_whoever_writes_is_held_to_their_own_name_in_every_column_that_names_somebody(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(NAMING)
        found = {table: names for table, names in cursor.fetchall() if table != WITHOUT}
    wall = read_wall()
    triggers = {
        one.table: one.text for one in wall.values() if one.kind == "trigger" and one.plain_name == "in_own_name"
    }
    said_there = {table: sorted(text.split("fw.in_own_name(")[1].split("'")[1::2]) for table, text in triggers.items()}
    assert said_there == found
