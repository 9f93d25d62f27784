-- As in looking_back.sql, and who is closed is asked once. In the condition it was asked for each row of children and adults
-- where the planner reads them all, as it may while a hub is new and its tables have no statistics: a hub was once being
-- built for minutes in this function.

SET ROLE mash_definer;

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
                       WHERE c.id = ANY (present) AND c.address_key = n));
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
               WHERE c.address_key <> '' AND c.address_key = ANY (homes)
    )
    SELECT s.id, s.contact_id, s.position, s.given_name::text, s.family_name::text, s.date_of_birth,
           s.nhs_number::text, s.unique_pupil_number::text, s.person_id, c.reference::text, c.arrived_at,
           c.referrer_kind::text, c.state::text, c.concern, c.open_to::text, c.address_key::text,
           coalesce((SELECT u.name::text FROM public.agencies_membership m JOIN public.agencies_user u ON u.id = m.user_id
                      WHERE m.id = c.social_worker_id), c.open_to::text),
           ARRAY(SELECT o.ending::text FROM public.contacts_subject o WHERE o.contact_id = s.contact_id AND o.ending <> '')
      FROM found f JOIN public.contacts_subject s ON s.id = f.id JOIN public.contacts_contact c ON c.id = s.contact_id
     WHERE NOT c.id = ANY (present) AND NOT c.id = ANY (closed)
       AND (s.person_id = ANY (gone)) IS NOT TRUE
     ORDER BY c.arrived_at DESC, c.id, s.position LIMIT most;
END $$;

RESET ROLE;
