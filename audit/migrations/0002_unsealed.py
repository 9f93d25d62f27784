"""Rows of the log that wait for their seal, written by trigger and taken by the definer alone."""

from django.db import migrations

FORWARD = """
CREATE TABLE audit_unsealed (
    kind text NOT NULL CHECK (kind IN ('event', 'reading', 'refusal')),
    row_id uuid NOT NULL,
    since timestamptz NOT NULL DEFAULT clock_timestamp()
);
"""


class Migration(migrations.Migration):
    """A table that no model has."""

    dependencies = [("audit", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, "DROP TABLE audit_unsealed")]
