"""Contacts and enquiries open to the clock and to receiving teams through a function each: statements plan faster."""

from pathlib import Path

from django.db import migrations

from agencies.access.sql import run_file

SQL = Path(__file__).resolve().parent.parent / "sql" / "short_chains.sql"

BACKWARD = """
ALTER POLICY received ON screening_enquiry USING (
    (SELECT fw.team()) IS NOT NULL AND (SELECT true FROM decisions_summarygrant g
        JOIN decisions_mashsummary s ON s.id = g.content_object_id
       WHERE s.enquiry_id = screening_enquiry.id AND g.group_id = ANY ((SELECT fw.gids())::int[]) LIMIT 1)
);
ALTER POLICY answered ON screening_enquiry USING (
    (SELECT fw.team()) IS NOT NULL AND (SELECT true FROM decisions_summarygrant g
        JOIN decisions_mashsummary s ON s.id = g.content_object_id
       WHERE s.enquiry_id = screening_enquiry.id AND g.group_id = ANY ((SELECT fw.gids())::int[]) LIMIT 1)
);
ALTER POLICY ended_by_clock ON contacts_contact USING (
    (SELECT fw.has('clock'))
    AND (SELECT true FROM screening_enquiry e WHERE e.id = enquiry_id AND e.state IN ('released', 'closed') LIMIT 1)
);
DROP FUNCTION fw.is_ended(uuid), fw.received(uuid);
"""


class Migration(migrations.Migration):
    """The same rows open to the same people."""

    dependencies = [("decisions", "0009_closed_keys")]

    operations = [run_file(SQL, reverse=BACKWARD)]
