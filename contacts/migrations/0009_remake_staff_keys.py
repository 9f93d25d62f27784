"""The keys by which staff are found in cases can be made anew, by the owner of the tables."""

from pathlib import Path

from django.db import migrations

from agencies.access.sql import run_file

SQL = Path(__file__).resolve().parent.parent / "sql" / "remake_staff_keys.sql"

BACKWARD = """
SET ROLE mash_definer;
DROP FUNCTION fw.staff_held(int), fw.remake_subject(uuid, text[], text[]), fw.subjects_after(uuid, int);
CREATE OR REPLACE FUNCTION fw.subject_meets_staff() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM public.agencies_staffrecord) THEN RETURN NULL; END IF;
    PERFORM fw.note_staff(f.contact_id, f.subject_id, f.user_id, f.sign) FROM (
        SELECT DISTINCT k.contact_id, k.subject_id, r.user_id, left(k.key, 1) AS sign
          FROM (
              SELECT NEW.contact_id AS contact_id, NEW.id AS subject_id, own.key FROM unnest(NEW.staff_keys) AS own(key)
              UNION
              SELECT NEW.contact_id, NEW.id, said.key
                FROM public.contacts_subject o CROSS JOIN LATERAL unnest(o.staff_keys) AS said(key)
               WHERE o.person_id = NEW.person_id AND left(said.key, 1) = 'p'
              UNION
              SELECT o.contact_id, o.id, own.key
                FROM public.contacts_subject o CROSS JOIN LATERAL unnest(NEW.staff_keys) AS own(key)
               WHERE o.person_id = NEW.person_id AND left(own.key, 1) = 'p'
          ) k
          JOIN public.agencies_staffrecord r ON r.keys @> ARRAY[k.key]) f;
    RETURN NULL;
END $$;
RESET ROLE;
"""


class Migration(migrations.Migration):
    """Three functions of the definer's hand, and the trigger that keeps to cases that run."""

    dependencies = [("contacts", "0008_staff_linked"), ("agencies", "0028_first_form_carried_over")]

    operations = [run_file(SQL, reverse=BACKWARD)]
