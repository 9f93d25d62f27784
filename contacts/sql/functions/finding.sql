-- The search: which people, contacts and referrers share something with what was typed. Front door and manager look among
-- all but what is closed to them; everybody else among contacts that they name, which are asked for each that is given
-- back. So nothing is matched that may not be opened, and nothing is crowded out by it. It is a function because the
-- database asks a policy before an operator on lists, and would read every child of the hub instead of an index. With
-- a limit the planner thinks the same of the function: it took the keys in their order until there were enough. So in it
-- each index is asked for what fits and no more (a bitmap), and no whole table and no whole index is read.
--
-- Who stands by reference alone (a family of staff, an ending at the designated officer for allegations) is found by a
-- reference, or by two names together with the day of birth, and by no part of that.
-- callers: web
CREATE OR REPLACE FUNCTION fw.search_people(names text[], places text[], days date[], persons text[],
                                 near uuid[], most int, shown int)
RETURNS TABLE (id uuid, contact_id uuid, person_id uuid, given_name text, family_name text, date_of_birth date,
               matched text[], place text[])
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog SET enable_seqscan = off
    SET enable_indexscan = off SET enable_indexonlyscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
DECLARE
    closed uuid[] := fw.closed_contacts();
    gone uuid[] := fw.closed_persons();
    sees_all boolean := fw.has('front_door', 'manager');
BEGIN
    IF NOT fw.has('front_door', 'manager', 'screener', 'social_worker', 'out_of_hours') THEN RETURN; END IF;
    RETURN QUERY
    WITH arms AS MATERIALIZED (
        (SELECT s.id, s.contact_id, s.person_id, s.date_of_birth, s.find_keys, false AS is_there
           FROM public.contacts_subject s
          WHERE sees_all AND cardinality(names) > 0 AND s.find_keys && names
            AND NOT s.contact_id = ANY (closed) LIMIT most)
        UNION ALL  -- A name may be that of thousands: whoever sees few contacts looks at those.
        (SELECT s.id, s.contact_id, s.person_id, s.date_of_birth, s.find_keys, false
           FROM public.contacts_subject s
          WHERE NOT sees_all AND cardinality(names) > 0 AND s.contact_id = ANY (near) AND s.find_keys && names
            AND NOT s.contact_id = ANY (closed) LIMIT most)
        UNION ALL
        (SELECT s.id, s.contact_id, s.person_id, s.date_of_birth, s.find_keys, false
           FROM public.contacts_subject s
          WHERE s.date_of_birth = ANY (days)
            AND (sees_all OR s.contact_id = ANY (near)) AND NOT s.contact_id = ANY (closed) LIMIT most)
        UNION ALL
        (SELECT s.id, s.contact_id, s.person_id, s.date_of_birth, s.find_keys, true
           FROM public.contacts_contact c JOIN public.contacts_subject s ON s.contact_id = c.id
          WHERE cardinality(places) > 0 AND c.place_keys && places
            AND (sees_all OR c.id = ANY (near)) AND NOT c.id = ANY (closed) LIMIT most)
        UNION ALL
        (SELECT s.id, s.contact_id, s.person_id, s.date_of_birth, s.find_keys, false
           FROM public.contacts_person p JOIN public.contacts_subject s ON s.person_id = p.id
          WHERE p.reference = ANY (persons)
            AND (sees_all OR s.contact_id = ANY (near)) AND NOT s.contact_id = ANY (closed) LIMIT most)
    ), found AS MATERIALIZED (
        SELECT DISTINCT ON (a.id) a.*, (a.date_of_birth = ANY (days)) IS TRUE AS is_born,
               ARRAY(SELECT k FROM unnest(a.find_keys) k WHERE k = ANY (names)) AS said
          FROM arms a ORDER BY a.id, a.is_there DESC
    ), likely AS MATERIALIZED (
        SELECT f.* FROM found f WHERE (f.person_id = ANY (gone)) IS NOT TRUE
         ORDER BY f.is_born AND f.said <> '{}' DESC,
                  least(cardinality(f.said), 6) + CASE WHEN f.is_there THEN 4 ELSE 0 END
                  + CASE WHEN f.is_born THEN 4 ELSE 0 END DESC, f.id DESC
         LIMIT shown
    ), alone AS MATERIALIZED (SELECT fw.alone_among(array_agg(DISTINCT l.contact_id)) AS contacts FROM likely l)
    SELECT s.id, s.contact_id, s.person_id, s.given_name::text, s.family_name::text, s.date_of_birth, l.said,
           CASE WHEN fw.home_is_protected(c.id) THEN '{}'
                ELSE ARRAY(SELECT k FROM unnest(c.place_keys) k WHERE k = ANY (places)) END
      FROM likely l JOIN public.contacts_subject s ON s.id = l.id JOIN public.contacts_contact c ON c.id = s.contact_id
     WHERE (sees_all OR fw.sees('contacts.contact', s.contact_id))
       AND (NOT s.contact_id = ANY ((SELECT a.contacts FROM alone a)::uuid[])
            OR l.is_born AND EXISTS (SELECT 1 FROM unnest(l.said) k WHERE k LIKE 'n%')
            OR EXISTS (SELECT 1 FROM public.contacts_person p WHERE p.id = s.person_id AND p.reference = ANY (persons)));
END $$;

-- Contacts by a part of their address, by the telephone number of who was worried, by the reference of either.
-- callers: web
CREATE OR REPLACE FUNCTION fw.search_contacts(places text[], referrers text[], near uuid[], most int)
RETURNS TABLE (id uuid, place text[], referrer text[])
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog SET enable_seqscan = off
    SET enable_indexscan = off SET enable_indexonlyscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
DECLARE
    closed uuid[] := fw.closed_contacts();
    sees_all boolean := fw.has('front_door', 'manager');
BEGIN
    IF NOT fw.has('front_door', 'manager', 'screener', 'social_worker', 'out_of_hours') THEN RETURN; END IF;
    RETURN QUERY
    WITH found AS MATERIALIZED (
        (SELECT c.id FROM public.contacts_contact c
          WHERE cardinality(places) > 0 AND c.place_keys && places
            AND (sees_all OR c.id = ANY (near)) AND NOT c.id = ANY (closed) LIMIT most)
        UNION
        (SELECT r.contact_id FROM public.contacts_referrer r
          WHERE cardinality(referrers) > 0 AND r.find_keys && referrers
            AND (sees_all OR r.contact_id = ANY (near) AND (NOT r.is_private OR fw.knows_referrer(r.contact_id)))
            AND NOT r.contact_id = ANY (closed) LIMIT most)
    )
    SELECT c.id, CASE WHEN h.is_protected THEN '{}'
                      ELSE ARRAY(SELECT unnest(c.place_keys) INTERSECT SELECT unnest(places)) END,
           CASE WHEN sees_all OR NOT r.is_private OR fw.knows_referrer(c.id)
                THEN ARRAY(SELECT unnest(r.find_keys) INTERSECT SELECT unnest(referrers)) ELSE '{}' END
      FROM found f JOIN public.contacts_contact c ON c.id = f.id
      LEFT JOIN public.contacts_referrer r ON r.contact_id = c.id
      CROSS JOIN LATERAL (SELECT fw.home_is_protected(c.id) AS is_protected) h
     WHERE (NOT h.is_protected OR (r.find_keys && referrers) IS TRUE) AND (sees_all OR fw.sees('contacts.contact', c.id))
       AND NOT c.id = ANY ((SELECT fw.alone_among(array_agg(f.id)) FROM found f)::uuid[])
     ORDER BY c.arrived_at DESC, c.id LIMIT most;
END $$;

-- Whether a private referrer of a contact is known to the social worker at work: it is their own, or they stand in.
CREATE OR REPLACE FUNCTION fw.knows_referrer(contact uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    RETURN coalesce(fw.works_on_contact(contact), false);
END $$;

-- Which of some contacts stand by their reference alone: somebody of the staff may be in it and nobody has ruled that out,
-- or a child of it went to the designated officer for allegations.
CREATE OR REPLACE FUNCTION fw.alone_among(contacts uuid[]) RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    RETURN coalesce((SELECT array_agg(a.contact_id) FROM (
        SELECT m.contact_id FROM public.contacts_staffmatch m
         WHERE m.contact_id = ANY (contacts) AND m.outcome <> 'not_them'
         UNION SELECT s.contact_id FROM public.contacts_subject s
         WHERE s.contact_id = ANY (contacts) AND s.ending = 'lado') a), '{}');
END $$;

-- Of those alone that whoever asks may see: that a contact stands alone tells of staff, or of an allegation.
-- callers: web
CREATE OR REPLACE FUNCTION fw.by_reference_alone(contacts uuid[]) RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF NOT fw.has('front_door', 'manager', 'screener', 'social_worker', 'out_of_hours', 'reviewer') THEN RETURN '{}'; END IF;
    RETURN ARRAY(SELECT c FROM unnest(fw.alone_among(contacts)) c WHERE fw.sees('contacts.contact', c));
END $$;

-- What the keys of the search are made of, for the owner of the tables, who makes them anew.
-- callers: owner
CREATE OR REPLACE FUNCTION fw.findable_people(last uuid, most int)
RETURNS TABLE (id uuid, given_name text, family_name text, other_names text, school text, own_address text,
               address_is_protected boolean, protected_from text, home text, contact_is_protected boolean,
               contact_protected_from text, home_is_protected boolean, protected_own text[], keys text[])
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    RETURN QUERY
    SELECT s.id, s.given_name::text, s.family_name::text, s.other_names::text, s.school::text,
           fw.with_key(s.address, s.id::text), s.address_is_protected, s.protected_from::text,
           fw.with_key(c.address, c.id::text), c.address_is_protected, c.protected_from::text,
           fw.home_is_protected(c.id), fw.protected_own(c.id), s.find_keys
      FROM public.contacts_subject s JOIN public.contacts_contact c ON c.id = s.contact_id
     WHERE last IS NULL OR s.id > last ORDER BY s.id LIMIT most;
END $$;

-- callers: owner
CREATE OR REPLACE FUNCTION fw.findable_contacts(last uuid, most int)
RETURNS TABLE (id uuid, home text, home_is_protected boolean, protected_own text[], keys text[])
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    RETURN QUERY
    SELECT c.id, fw.with_key(c.address, c.id::text), fw.home_is_protected(c.id), fw.protected_own(c.id),
           c.place_keys
      FROM public.contacts_contact c WHERE last IS NULL OR c.id > last ORDER BY c.id LIMIT most;
END $$;

-- callers: owner
CREATE OR REPLACE FUNCTION fw.findable_referrers(last uuid, most int)
RETURNS TABLE (id uuid, telephone text, own_reference text, keys text[])
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    RETURN QUERY
    SELECT r.id, fw.with_key(r.telephone, r.id::text), r.own_reference::text, r.find_keys
      FROM public.contacts_referrer r WHERE last IS NULL OR r.id > last ORDER BY r.id LIMIT most;
END $$;

-- New keys in the place of those that were read; where somebody has written others since, theirs stay.
-- callers: owner
CREATE OR REPLACE FUNCTION fw.remake_findable(kind text, record uuid, before text[], made text[]) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    CASE kind
        WHEN 'person' THEN
            UPDATE public.contacts_subject s SET find_keys = made WHERE s.id = record AND s.find_keys = before;
        WHEN 'contact' THEN
            UPDATE public.contacts_contact c SET place_keys = made WHERE c.id = record AND c.place_keys = before;
        WHEN 'referrer' THEN
            UPDATE public.contacts_referrer r SET find_keys = made WHERE r.id = record AND r.find_keys = before;
    END CASE;
    RETURN FOUND;
END $$;
