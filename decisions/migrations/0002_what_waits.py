"""What waits for somebody, kept by triggers for the list of work, and the keys of grants.

`decisions_untold`: corrections of which somebody still has to be told.
  of_hub          somebody had been told before it was made, and nobody has been told of it: manager, social worker.
  of_front_door   the same of what the front door sees: handovers, words to the referrer, letters.

`decisions_letterowed`: ended contacts of which a parent has still to be written to.
"""

from django.db import migrations

FORWARD = """
CREATE TABLE decisions_untold (
    correction_id uuid PRIMARY KEY REFERENCES contacts_correction (id),
    contact_id uuid NOT NULL REFERENCES contacts_contact (id),
    of_hub boolean NOT NULL,
    of_front_door boolean NOT NULL,
    CONSTRAINT untold_to_somebody CHECK (of_hub OR of_front_door)
);
CREATE INDEX untold_contact ON decisions_untold (contact_id);

CREATE TABLE decisions_letterowed (
    contact_id uuid PRIMARY KEY REFERENCES contacts_contact (id),
    ended_at timestamptz NOT NULL
);
CREATE INDEX letter_owed_longest ON decisions_letterowed (ended_at, contact_id);

ALTER TABLE decisions_summarygrant ALTER COLUMN id SET DEFAULT gen_random_uuid();
"""

BACKWARD = """
ALTER TABLE decisions_summarygrant ALTER COLUMN id DROP DEFAULT;
DROP TABLE decisions_letterowed, decisions_untold;
"""


class Migration(migrations.Migration):
    """Tables that no model has; nobody but the definer reads or writes them."""

    dependencies = [("decisions", "0001_initial"), ("contacts", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
