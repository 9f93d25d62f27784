"""Tables that no model has: what the second wall itself keeps. Their rows are reached by functions, or by the owner."""

from django.db import migrations

FORWARD = """
CREATE TABLE fw.signing_key (
    id smallint PRIMARY KEY DEFAULT 1 CHECK (id = 1),
    inner_key bytea NOT NULL,
    outer_key bytea NOT NULL
);
ALTER TABLE fw.signing_key OWNER TO mash_definer;

-- `shape` is the encoded password with its digest blanked: algorithm, parameters and salt, so that the application can
-- hash what was typed in the same way. `verifier` is a hash of the whole.
CREATE TABLE fw.credential (
    account uuid PRIMARY KEY REFERENCES public.agencies_user (id),
    shape text NOT NULL,
    verifier text NOT NULL CHECK (length(verifier) = 64),
    changed_at timestamptz NOT NULL
);
ALTER TABLE fw.credential OWNER TO mash_definer;

SET ROLE mash_definer;
GRANT INSERT, UPDATE, DELETE ON fw.signing_key TO mash_owner;
GRANT SELECT ON fw.credential TO mash_backup;
RESET ROLE;

-- What the installer built (agencies/access/install.py): hashes of each object as it was written and as it stood.
CREATE TABLE fw.installed (
    kind text NOT NULL,
    name text NOT NULL,
    written text NOT NULL,
    stood text NOT NULL,
    head text NOT NULL,
    PRIMARY KEY (kind, name)
);

-- Which rows a hub begins with were planted (agencies/access/seeds.py).
CREATE TABLE fw.seeded (
    name text PRIMARY KEY,
    planted_at timestamptz NOT NULL
);

-- A row stands here while a part of the wall is down for an upgrade (agencies/access/upgrades.py).
CREATE TABLE fw.upgrade (
    since timestamptz NOT NULL DEFAULT clock_timestamp()
);

GRANT SELECT ON fw.upgrade TO mash_definer;
GRANT SELECT ON fw.installed, fw.seeded, fw.upgrade TO mash_backup;
"""

BACKWARD = """
DROP TABLE fw.upgrade, fw.seeded, fw.installed;
SET ROLE mash_definer;
DROP TABLE fw.credential, fw.signing_key;
RESET ROLE;
"""


class Migration(migrations.Migration):
    """The key of identities, the hashes of passwords, and what the installer remembers."""

    dependencies = [("agencies", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
