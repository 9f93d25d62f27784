-- The staff list is held against the people of a case by the database itself: at intake, whoever takes it in, at every
-- later edit or link, and when an account is added or changed. Keys are compared, never names, days or addresses
-- (common/staff_keys.py). Whoever writes a contact learns nothing from it: the rows that are found are for managers.

SET ROLE mash_definer;

CREATE FUNCTION fw.note_staff(contact uuid, subject uuid, account uuid, sign text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    INSERT INTO public.contacts_staffmatch
        (id, contact_id, reference, subject_id, user_id, matched_on, found_at, outcome, reason)
    SELECT gen_random_uuid(), c.id, c.reference, subject, account,
           CASE sign WHEN 'p' THEN 'person' ELSE 'home' END, clock_timestamp(), '', ''
      FROM public.contacts_contact c
     WHERE c.id = contact
       AND NOT EXISTS (
           SELECT 1 FROM public.agencies_conflictofinterest k
            WHERE k.lifted_at IS NULL AND k.user_id = account
              AND (k.contact_id = c.id OR k.enquiry_id = c.enquiry_id))
    ON CONFLICT DO NOTHING;
END $$;

-- A child or an adult was written, completed or linked. Linked to a person on record, they are known by all that was
-- ever said of that person.
CREATE FUNCTION fw.subject_meets_staff() RETURNS trigger
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

-- An account was added or changed: it is held against every case that runs.
CREATE FUNCTION fw.staff_meets_subjects() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    PERFORM fw.note_staff(f.contact_id, f.subject_id, NEW.user_id, f.sign) FROM (
        SELECT DISTINCT ON (s.contact_id, left(k.key, 1)) s.contact_id, s.id AS subject_id, left(k.key, 1) AS sign
          FROM public.contacts_subject s
          JOIN public.contacts_contact c ON c.id = s.contact_id AND c.ended_at IS NULL
         CROSS JOIN LATERAL unnest(s.staff_keys) AS k(key)
         WHERE s.staff_keys && NEW.keys AND k.key = ANY (NEW.keys)
         ORDER BY s.contact_id, left(k.key, 1), s.position) f;
    RETURN NULL;
END $$;

REVOKE ALL ON FUNCTION fw.note_staff(uuid, uuid, uuid, text) FROM PUBLIC;

RESET ROLE;
GRANT SELECT ON public.agencies_staffrecord TO mash_definer;
GRANT SELECT, INSERT ON public.contacts_staffmatch TO mash_definer;

CREATE TRIGGER meets_staff AFTER INSERT OR UPDATE OF staff_keys, person_id ON contacts_subject
    FOR EACH ROW WHEN (NEW.staff_keys <> '{}' OR NEW.person_id IS NOT NULL) EXECUTE FUNCTION fw.subject_meets_staff();
CREATE TRIGGER meets_subjects AFTER INSERT OR UPDATE OF keys ON agencies_staffrecord
    FOR EACH ROW WHEN (NEW.keys <> '{}') EXECUTE FUNCTION fw.staff_meets_subjects();

-- Wall 2: matches are for managers, and never for the person that they are about; the clock tells that there is one.
ALTER TABLE contacts_staffmatch ENABLE ROW LEVEL SECURITY;
ALTER TABLE contacts_staffmatch FORCE ROW LEVEL SECURITY;
CREATE POLICY settled ON contacts_staffmatch FOR ALL TO mash_web USING (
    (SELECT fw.has('manager'))
    AND user_id IS DISTINCT FROM (SELECT m.user_id FROM agencies_membership m WHERE m.id = (SELECT fw.membership()))
);
CREATE POLICY told ON contacts_staffmatch FOR ALL TO mash_web, mash_sweep USING ((SELECT fw.has('clock')));
CREATE POLICY closed ON contacts_staffmatch AS RESTRICTIVE FOR ALL TO mash_web
    USING (NOT contact_id = ANY ((SELECT fw.closed_contacts())::uuid[]));

-- What is held of staff: the administrator alone, and of others than themself nobody reads more than that it is held.
ALTER TABLE agencies_staffrecord ENABLE ROW LEVEL SECURITY;
ALTER TABLE agencies_staffrecord FORCE ROW LEVEL SECURITY;
CREATE POLICY kept ON agencies_staffrecord FOR ALL TO mash_web USING ((SELECT fw.has('administrator')));
