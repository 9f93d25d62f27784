-- What may be read although the row's own policy hides it. Each function checks first who may.

-- The status page: where things stand for a reference. Only the public's identity asks, one reference at a time; the
-- secret is compared by the application, in constant time, and the contact is not named.
-- callers: web
CREATE OR REPLACE FUNCTION fw.receipt(wanted text, OUT secret_hash text, OUT stage text, OUT outcome text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF NOT fw.has('public') THEN RETURN; END IF;
    SELECT r.secret_hash, r.stage, r.outcome INTO secret_hash, stage, outcome
      FROM public.contacts_receipt r WHERE r.reference = wanted;
END $$;

-- Those who log and screen look back from anything they type; others only from their own contacts, by what these say.
-- callers: web
CREATE OR REPLACE FUNCTION fw.looks_back(present uuid[]) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF cardinality(present) = 0 THEN  -- What is being typed into a new contact.
        RETURN fw.has('front_door', 'out_of_hours', 'screener', 'manager');
    END IF;
    IF NOT fw.has('front_door', 'out_of_hours', 'screener', 'manager', 'social_worker', 'reviewer') THEN RETURN false; END IF;
    RETURN NOT EXISTS (SELECT 1 FROM unnest(present) p(id) WHERE NOT fw.sees('contacts.contact', p.id));
END $$;

-- callers: web, definer
CREATE OR REPLACE FUNCTION fw.swapped(day date) RETURNS date
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog AS $$
BEGIN
    IF day IS NULL OR extract(day FROM day) > 12 THEN RETURN NULL; END IF;
    RETURN make_date(extract(year FROM day)::int, extract(day FROM day)::int, extract(month FROM day)::int);
END $$;

-- Whether an earlier contact speaks of somebody in a present one, by more than the address.
-- callers: web
CREATE OR REPLACE FUNCTION fw.speaks_of_the_same(present uuid, earlier uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF present = earlier OR NOT fw.looks_back(ARRAY[present]) OR earlier = ANY (fw.closed_contacts()) THEN
        RETURN false;
    END IF;
    RETURN EXISTS (
        SELECT 1 FROM public.contacts_subject a JOIN public.contacts_subject b ON b.contact_id = earlier
         WHERE a.contact_id = present AND (
            a.person_id = b.person_id
            OR a.date_of_birth = b.date_of_birth OR fw.swapped(a.date_of_birth) = b.date_of_birth
            OR (a.name_key <> '' AND a.given_key <> '' AND ((a.name_key = b.name_key AND a.given_key = b.given_key)
                OR (a.name_key = b.given_key AND a.given_key = b.name_key)))
            OR (a.name_key <> '' AND a.name_key = b.name_key AND EXISTS (SELECT 1 FROM public.contacts_contact c
                JOIN public.contacts_contact d ON d.address_keys && c.address_keys AND d.id = earlier
               WHERE c.id = present))
            OR (a.nhs_number <> '' AND a.nhs_number = b.nhs_number)
            OR (a.unique_pupil_number <> '' AND a.unique_pupil_number = b.unique_pupil_number)));
END $$;

-- Whether this membership has written into the read log that it opens an earlier contact, and for what purpose.
-- callers: web
CREATE OR REPLACE FUNCTION fw.wrote_down(earlier uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    RETURN EXISTS (SELECT 1 FROM public.audit_reading r
                    WHERE r.item_ids @> ARRAY[earlier] AND r.page = 'earlier_contact' AND r.purpose <> ''
                      AND r.membership_id = fw.membership());
END $$;

-- An earlier contact in full, for somebody who gave a purpose: the reading must be in the log already.
-- callers: web
CREATE OR REPLACE FUNCTION fw.earlier_contact(present uuid, wanted text) RETURNS SETOF public.contacts_contact
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    RETURN QUERY SELECT c.* FROM public.contacts_contact c
                  WHERE c.reference = wanted AND fw.speaks_of_the_same(present, c.id);
END $$;

-- callers: web
CREATE OR REPLACE FUNCTION fw.earlier_people(present uuid, earlier uuid) RETURNS SETOF public.contacts_subject
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF fw.speaks_of_the_same(present, earlier) AND fw.wrote_down(earlier) THEN
        RETURN QUERY SELECT s.* FROM public.contacts_subject s WHERE s.contact_id = earlier ORDER BY s.position, s.id;
    END IF;
END $$;

-- callers: web
CREATE OR REPLACE FUNCTION fw.earlier_corrections(present uuid, earlier uuid) RETURNS SETOF public.contacts_correction
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF fw.speaks_of_the_same(present, earlier) AND fw.wrote_down(earlier) AND fw.reads_reports(present) THEN
        RETURN QUERY SELECT c.* FROM public.contacts_correction c WHERE c.contact_id = earlier ORDER BY c.made_at, c.id;
    END IF;
END $$;

-- Reports are not for screeners; an assigned worker reads those of their case's earlier contacts.
-- callers: web
CREATE OR REPLACE FUNCTION fw.reads_reports(present uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    RETURN fw.has('front_door', 'out_of_hours', 'manager') OR EXISTS (
        SELECT 1 FROM public.contacts_contact c WHERE c.id = present
           AND (c.social_worker_id = fw.membership() OR c.enquiry_id = ANY ((SELECT fw.stands_in())::uuid[])));
END $$;

-- callers: web
CREATE OR REPLACE FUNCTION fw.earlier_report(present uuid, earlier uuid) RETURNS SETOF public.contacts_report
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF fw.speaks_of_the_same(present, earlier) AND fw.wrote_down(earlier) AND fw.reads_reports(present) THEN
        RETURN QUERY SELECT r.* FROM public.contacts_report r WHERE r.contact_id = earlier;
    END IF;
END $$;

-- Children and adults of other contacts who may be the same. Which contacts are closed is asked once, before the
-- statement: as a condition it was asked for each child and adult when the planner read them all, as it may while a hub
-- is new and its tables have no statistics. Building a hub once took minutes in this function. Of the keys of an address
-- those alone are given back that were asked for.
-- callers: web
CREATE OR REPLACE FUNCTION fw.similar_people(present uuid[], days date[], sounds text[], nhs text[], pupils text[], persons uuid[],
                                  homes text[], most int)
RETURNS TABLE (id uuid, contact_id uuid, "position" smallint, given_name text, family_name text, date_of_birth date,
               nhs_number text, unique_pupil_number text, person_id uuid, reference text, arrived_at timestamptz,
               referrer_kind text, state text, concern text, open_to text, address_key text, worker text, endings text[])
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    closed uuid[] := fw.closed_contacts();
    gone uuid[] := fw.closed_persons();
BEGIN
    IF NOT fw.looks_back(present) THEN RETURN; END IF;
    IF NOT fw.has('front_door', 'out_of_hours', 'screener', 'manager') THEN
        -- By what stands in their own contacts, and nothing else.
        days := ARRAY(SELECT d FROM unnest(days) d WHERE EXISTS (SELECT 1 FROM public.contacts_subject s
                       WHERE s.contact_id = ANY (present) AND (s.date_of_birth = d OR fw.swapped(s.date_of_birth) = d)));
        sounds := ARRAY(SELECT n FROM unnest(sounds) n WHERE EXISTS (SELECT 1 FROM public.contacts_subject s
                       WHERE s.contact_id = ANY (present)
                         AND n IN (s.name_key || '|' || s.given_key, s.given_key || '|' || s.name_key)));
        nhs := ARRAY(SELECT n FROM unnest(nhs) n WHERE EXISTS (SELECT 1 FROM public.contacts_subject s
                       WHERE s.contact_id = ANY (present) AND s.nhs_number = n));
        pupils := ARRAY(SELECT n FROM unnest(pupils) n WHERE EXISTS (SELECT 1 FROM public.contacts_subject s
                       WHERE s.contact_id = ANY (present) AND s.unique_pupil_number = n));
        persons := ARRAY(SELECT n FROM unnest(persons) n WHERE EXISTS (SELECT 1 FROM public.contacts_subject s
                       WHERE s.contact_id = ANY (present) AND s.person_id = n));
        homes := ARRAY(SELECT n FROM unnest(homes) n WHERE EXISTS (SELECT 1 FROM public.contacts_contact c
                       WHERE c.id = ANY (present) AND c.address_keys::text[] @> ARRAY[n]));
    END IF;
    RETURN QUERY
    WITH found AS (
        SELECT s.id FROM public.contacts_subject s WHERE s.date_of_birth = ANY (days)
        UNION SELECT s.id FROM unnest(sounds) n JOIN public.contacts_subject s
                ON s.name_key = split_part(n, '|', 1) AND s.given_key = split_part(n, '|', 2)
        UNION SELECT s.id FROM public.contacts_subject s WHERE cardinality(nhs) > 0 AND s.nhs_number = ANY (nhs)
        UNION SELECT s.id FROM public.contacts_subject s
               WHERE cardinality(pupils) > 0 AND s.unique_pupil_number = ANY (pupils)
        UNION SELECT s.id FROM public.contacts_subject s WHERE s.person_id = ANY (persons)
        UNION SELECT s.id FROM public.contacts_contact c JOIN public.contacts_subject s ON s.contact_id = c.id
               WHERE cardinality(homes) > 0 AND c.address_keys && homes::varchar[]
    )
    SELECT s.id, s.contact_id, s.position, s.given_name::text, s.family_name::text, s.date_of_birth,
           s.nhs_number::text, s.unique_pupil_number::text, s.person_id, c.reference::text, c.arrived_at,
           c.referrer_kind::text, c.state::text, c.concern,
           CASE WHEN c.address_is_protected AND c.open_to <> '' THEN 'Protected' ELSE c.open_to::text END,
           array_to_string(ARRAY(SELECT unnest(c.address_keys)::text INTERSECT SELECT unnest(homes)), ' '),
           coalesce((SELECT u.name::text FROM public.agencies_membership m JOIN public.agencies_user u ON u.id = m.user_id
                      WHERE m.id = c.social_worker_id),
                    CASE WHEN c.address_is_protected AND c.open_to <> '' THEN 'Protected' ELSE c.open_to::text END),
           ARRAY(SELECT o.ending::text FROM public.contacts_subject o WHERE o.contact_id = s.contact_id AND o.ending <> '')
      FROM found f JOIN public.contacts_subject s ON s.id = f.id JOIN public.contacts_contact c ON c.id = s.contact_id
     WHERE NOT c.id = ANY (present) AND NOT c.id = ANY (closed)
       AND (s.person_id = ANY (gone)) IS NOT TRUE
     ORDER BY c.arrived_at DESC, c.id, s.position LIMIT most;
END $$;
