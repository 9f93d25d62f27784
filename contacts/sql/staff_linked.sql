-- An account that is held late is known by all that was ever said of a person on record: whoever is linked to them is
-- noted in every case that runs, also where their day of birth stands only in another case or in one that has ended.

SET ROLE mash_definer;

CREATE OR REPLACE FUNCTION fw.staff_meets_subjects() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    PERFORM fw.note_staff(f.contact_id, f.subject_id, NEW.user_id, f.sign) FROM (
        SELECT DISTINCT ON (s.contact_id, m.sign) s.contact_id, s.id AS subject_id, m.sign
          FROM (
              SELECT DISTINCT o.id, o.person_id, left(k.key, 1) AS sign
                FROM public.contacts_subject o CROSS JOIN LATERAL unnest(o.staff_keys) AS k(key)
               WHERE o.staff_keys && NEW.keys AND k.key = ANY (NEW.keys)
          ) m
         CROSS JOIN LATERAL (
              SELECT m.id
              UNION
              SELECT o.id FROM public.contacts_subject o WHERE m.sign = 'p' AND o.person_id = m.person_id
          ) w
          JOIN public.contacts_subject s ON s.id = w.id
          JOIN public.contacts_contact c ON c.id = s.contact_id AND c.ended_at IS NULL
         ORDER BY s.contact_id, m.sign, s.position) f;
    RETURN NULL;
END $$;

RESET ROLE;
