"""An upgrade that touches a column which the second wall names: that part of the wall comes down, and the hub says so.

PostgreSQL refuses to drop or retype a column while a policy or a trigger names it. A migration that must do so begins
with `wall_down`: row-level security stays on and forced, so that without policies nobody sees a row; until the
installer has made the wall anew, at the end of the same `migrate`, every page says that the hub is being brought up to
date.
"""

from __future__ import annotations

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

NAMING = """
SELECT DISTINCT CASE WHEN d.classid = 'pg_policy'::regclass THEN 'POLICY' ELSE 'TRIGGER' END,
       coalesce(p.polrelid, t.tgrelid)
  FROM pg_depend d
  LEFT JOIN pg_policy p ON d.classid = 'pg_policy'::regclass AND p.oid = d.objid
  LEFT JOIN pg_trigger t ON d.classid = 'pg_trigger'::regclass AND t.oid = d.objid AND NOT t.tgisinternal
  JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
 WHERE d.refclassid = 'pg_class'::regclass AND d.refobjid = %s::regclass AND a.attname = ANY (%s)
   AND coalesce(p.oid, t.oid) IS NOT NULL
"""
"""Which kinds of object name a column, each with its table: on such a table all of the kind go. Of permissive and
restrictive policies the latter might be the only ones that name it, and a table without them would stand open."""

STANDING = {
    "POLICY": "SELECT polname FROM pg_policy WHERE polrelid = %s",
    "TRIGGER": "SELECT tgname FROM pg_trigger WHERE tgrelid = %s AND NOT tgisinternal",
}


class WallDown(Operation):
    """Take down what names some columns of a table, until the installer has built the wall anew."""

    reduces_to_sql = False
    reversible = True

    def __init__(self, table: str, columns: list[str]) -> None:
        self.table = table
        self.columns = columns

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Change no model."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        """Raise the flag, and drop the policies and triggers of every table on which one names a column."""
        with schema_editor.connection.cursor() as cursor:
            cursor.execute("INSERT INTO fw.upgrade DEFAULT VALUES")
            cursor.execute(NAMING, [self.table, self.columns])
            for kind, table in cursor.fetchall():
                cursor.execute(STANDING[kind], [table])
                names = [name for (name,) in cursor.fetchall()]
                cursor.execute("SELECT %s::oid::regclass::text", [table])
                (placed,) = cursor.fetchone()
                for name in names:
                    cursor.execute(f'DROP {kind} "{name}" ON {placed}')

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        """Take the same down on the way back: the column changes there too."""
        self.database_forwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        """Say what it does, for `migrate --plan`."""
        return f"Takes down the second wall around {self.table} ({', '.join(self.columns)}) until it is installed anew"


def wall_down(table: str, *columns: str) -> WallDown:
    """Return the operation with which a migration begins that drops, renames or retypes these columns of a table."""
    return WallDown(table, list(columns))
