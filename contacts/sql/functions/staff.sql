-- The database itself compares the staff list with the people of a case: at intake, at every later edit or link, and
-- when an account is added or changed. Keys are compared, never names, days or addresses (common/staff_keys.py). The
-- writer of a contact learns nothing from it: the matches are for managers.

CREATE OR REPLACE FUNCTION fw.note_staff(contact uuid, subject uuid, account uuid, sign text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    INSERT INTO public.contacts_staffmatch
        (id, contact_id, reference, subject_id, user_id, matched_on, found_at, outcome, reason)
    SELECT gen_random_uuid(), c.id, c.reference, subject, account,
           CASE sign WHEN 'p' THEN 'person' ELSE 'home' END, fw.now(), '', ''
      FROM public.contacts_contact c
     WHERE c.id = contact
       AND NOT EXISTS (
           SELECT 1 FROM public.agencies_conflictofinterest k
            WHERE k.lifted_at IS NULL AND k.user_id = account
              AND (k.contact_id = c.id OR k.enquiry_id = c.enquiry_id))
    ON CONFLICT DO NOTHING;
END $$;

-- When a new or changed account is compared, all that was ever said of a person on record counts: a child or adult
-- linked to that person is noted in every running case, even if their date of birth is only in another case or an ended
-- one.
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

-- For cases that run: the keys of those that have ended are made anew as well, because a child may be
-- linked to them, and nobody is told of what was over long ago.
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
          JOIN public.contacts_contact c ON c.id = k.contact_id AND c.ended_at IS NULL
          JOIN public.agencies_staffrecord r ON r.keys @> ARRAY[k.key]) f;
    RETURN NULL;
END $$;

-- Children and adults in the order of their keys, with what is hashed or heard of them; an address as it rests. The last
-- column is how surname and first name sound, then the keys against staff.
-- callers: owner
CREATE OR REPLACE FUNCTION fw.subjects_after(last uuid, most int)
RETURNS TABLE (id uuid, given_name text, family_name text, other_names text, date_of_birth date, own_address text,
               home text, lives_in_household boolean, keys text[])
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    RETURN QUERY
    SELECT s.id, s.given_name::text, s.family_name::text, s.other_names::text, s.date_of_birth,
           fw.with_key(s.address, s.id::text), fw.with_key(c.address, c.id::text), s.lives_in_household,
           ARRAY[s.name_key::text, s.given_key::text] || s.staff_keys::text[]
      FROM public.contacts_subject s JOIN public.contacts_contact c ON c.id = s.contact_id
     WHERE last IS NULL OR s.id > last ORDER BY s.id LIMIT most;
END $$;

-- New keys in the place of those that were read; where somebody has written others since, theirs stay.
-- callers: owner
CREATE OR REPLACE FUNCTION fw.remake_subject(subject uuid, before text[], made text[]) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    UPDATE public.contacts_subject s SET name_key = made[1], given_key = made[2], staff_keys = made[3:]
     WHERE s.id = subject AND ARRAY[s.name_key::text, s.given_key::text] || s.staff_keys::text[] = before;
    RETURN FOUND;
END $$;

-- Whether the home of a contact is protected: by the contact, or by somebody who lives there.
CREATE OR REPLACE FUNCTION fw.home_is_protected(contact uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    RETURN EXISTS (SELECT 1 FROM public.contacts_contact c WHERE c.id = contact AND c.address_is_protected)
        OR EXISTS (SELECT 1 FROM public.contacts_subject s
                    WHERE s.contact_id = contact AND s.address_is_protected
                      AND s.address = '' AND s.lives_in_household IS NOT FALSE);
END $$;

-- The own addresses of those of a contact whose places are protected, as they rest: one may be the home written out again,
-- which the database cannot read.
CREATE OR REPLACE FUNCTION fw.protected_own(contact uuid) RETURNS text[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    RETURN ARRAY(SELECT fw.with_key(s.address, s.id::text) FROM public.contacts_subject s
                  WHERE s.contact_id = contact AND s.address_is_protected AND s.address <> '');
END $$;

-- Contacts in the order of their keys, with what the keys of their home are made of; an address as it rests.
-- callers: owner
CREATE OR REPLACE FUNCTION fw.contacts_after(last uuid, most int)
RETURNS TABLE (id uuid, home text, home_is_protected boolean, protected_own text[], keys text[])
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    RETURN QUERY
    SELECT c.id, fw.with_key(c.address, c.id::text),
           fw.home_is_protected(c.id), fw.protected_own(c.id),
           c.address_keys::text[]
      FROM public.contacts_contact c WHERE last IS NULL OR c.id > last ORDER BY c.id LIMIT most;
END $$;

-- New keys of a home in the place of those that were read; where somebody has written others since, theirs stay.
-- callers: owner
CREATE OR REPLACE FUNCTION fw.remake_home(contact uuid, before text[], made text[]) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    UPDATE public.contacts_contact c SET address_keys = made WHERE c.id = contact AND c.address_keys::text[] = before;
    RETURN FOUND;
END $$;

-- How much is held of staff, and how much of it in an earlier form.
-- callers: owner
CREATE OR REPLACE FUNCTION fw.staff_held(form int, OUT held bigint, OUT earlier bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    SELECT count(*), count(*) FILTER (WHERE (r.has_birth AND r.birth_form < form) OR (r.has_home AND r.home_form < form))
      INTO held, earlier FROM public.agencies_staffrecord r WHERE r.has_birth OR r.has_home;
END $$;
