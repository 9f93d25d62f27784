"""The second wall as it stands in the database: one line of text for each object, the same from one day to the next."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.backends.utils import CursorWrapper

FUNCTIONS = """
SELECT 'function', p.proname::text, '',
       concat_ws(E'\\n', pg_get_functiondef(p.oid), 'OWNER ' || pg_get_userbyid(p.proowner),
                 'CALLERS ' || (SELECT string_agg(a::text, ' ' ORDER BY a::text) FROM unnest(p.proacl) a)),
       concat_ws(' ', pg_get_function_arguments(p.oid), pg_get_function_result(p.oid), pg_get_userbyid(p.proowner)),
       count(*) OVER (PARTITION BY p.proname), p.oid::regprocedure::text, pg_get_userbyid(p.proowner)::text
  FROM pg_proc p WHERE p.pronamespace = 'fw'::regnamespace
"""
TRIGGERS = """
SELECT 'trigger', t.tgname || ' on ' || c.relname, c.relname::text,
       concat_ws(' ', pg_get_triggerdef(t.oid), t.tgenabled), '', 1, '', ''
  FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
 WHERE NOT t.tgisinternal AND c.relnamespace = 'public'::regnamespace
"""
POLICIES = """
SELECT 'policy', p.polname || ' on ' || c.relname, c.relname::text,
       concat_ws(E'\\n', CASE WHEN p.polpermissive THEN 'PERMISSIVE' ELSE 'RESTRICTIVE' END, p.polcmd::text,
                 (SELECT string_agg(r::regrole::text, ', ' ORDER BY r::regrole::text) FROM unnest(p.polroles) r),
                 'USING ' || pg_get_expr(p.polqual, p.polrelid), 'CHECK ' || pg_get_expr(p.polwithcheck, p.polrelid)),
       '', 1, '', ''
  FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid WHERE c.relnamespace = 'public'::regnamespace
"""
RIGHTS = """
SELECT 'rights', c.relname::text, c.relname::text, concat_ws(E'\n',
       (SELECT string_agg(concat_ws(' ', a.grantee::regrole, a.privilege_type), ', '
                          ORDER BY a.grantee::regrole::text, a.privilege_type)
          FROM aclexplode(c.relacl) a WHERE a.grantee = 0 OR a.grantee = ANY (ours.oids)),
       (SELECT string_agg(concat_ws(' ', t.attname, a.grantee::regrole, a.privilege_type), ', '
                          ORDER BY t.attname, a.grantee::regrole::text, a.privilege_type)
          FROM pg_attribute t CROSS JOIN LATERAL aclexplode(t.attacl) a
         WHERE t.attrelid = c.oid AND (a.grantee = 0 OR a.grantee = ANY (ours.oids))),
       (SELECT string_agg(s.relname || ' ' || coalesce(s.relacl::text, ''), ' ' ORDER BY s.relname)
          FROM pg_depend d JOIN pg_class s ON s.oid = d.objid AND s.relkind = 'S'
         WHERE d.classid = 'pg_class'::regclass AND d.refobjid = c.oid AND d.deptype IN ('a', 'i'))), '', 1, '', ''
  FROM pg_class c
 CROSS JOIN (SELECT array_agg(r.oid) AS oids FROM pg_roles r WHERE r.rolname IN (
        'mash_owner', 'mash_web', 'mash_sweep', 'mash_auditor', 'mash_backup', 'mash_definer', 'mash_probe')) ours
 WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND c.relowner = 'mash_owner'::regrole
"""
"""Rights of the product's roles and of everybody; what other roles hold is the administrator's."""
STANDING = f"{FUNCTIONS} UNION ALL {TRIGGERS} UNION ALL {POLICIES} UNION ALL {RIGHTS}"

DEPENDENTS = """
SELECT DISTINCT CASE WHEN d.classid = 'pg_policy'::regclass THEN 'policy' ELSE 'trigger' END,
       coalesce(p.polname, t.tgname) || ' on ' || c.relname
  FROM pg_depend d
  LEFT JOIN pg_policy p ON d.classid = 'pg_policy'::regclass AND p.oid = d.objid
  LEFT JOIN pg_trigger t ON d.classid = 'pg_trigger'::regclass AND t.oid = d.objid
  JOIN pg_class c ON c.oid = coalesce(p.polrelid, t.tgrelid)
 WHERE d.refclassid = 'pg_proc'::regclass
   AND d.refobjid IN (SELECT f.oid FROM pg_proc f WHERE f.pronamespace = 'fw'::regnamespace AND f.proname = ANY (%s))
"""
"""Policies and triggers that cannot outlive these functions."""


@dataclass(frozen=True)
class Standing:
    """One object of the wall in the database.

    Attributes:
        kind: "function", "trigger", "policy", or "rights" of a table.
        name: as in the files: a function's name, "closed on contacts_contact", a table.
        as_text: all that the catalogue says of it.
        head: a function's arguments, result and owner.
        count: how many functions bear this name; only one may.
        identity: a function with the types of its arguments, as DROP FUNCTION takes it.
    """

    kind: str
    name: str
    table: str
    as_text: str
    head: str
    count: int
    identity: str
    owner: str


def standing_wall(cursor: CursorWrapper) -> dict[tuple[str, str], Standing]:
    """Return every object of the wall that the database holds, and the rights on every table of the owner's."""
    cursor.execute(STANDING)
    found = [Standing(*row) for row in cursor.fetchall()]
    return {(one.kind, one.name): one for one in found}


def functions_called(cursor: CursorWrapper, names: list[str]) -> list[Standing]:
    """Return every function that bears one of these names, those with other arguments too."""
    cursor.execute(f"SELECT * FROM ({FUNCTIONS}) AS f(kind, name) WHERE name = ANY (%s)", [names])  # noqa: S608
    return [Standing(*row) for row in cursor.fetchall()]


def dependents(cursor: CursorWrapper, functions: list[str]) -> set[tuple[str, str]]:
    """Return the policies and triggers that call one of these functions, by kind and name."""
    cursor.execute(DEPENDENTS, [functions])
    return set(cursor.fetchall())
