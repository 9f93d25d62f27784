-- Requests that nobody can answer: no researcher or lead of the agency is at work, or each of them is excluded from the
-- enquiry, or its signature is not in force and nobody has let it in. Computed at every read.

-- Agencies with a researcher or lead at work on a day, whatever their signature.
CREATE OR REPLACE FUNCTION fw.staffed_agencies(today date) RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    RETURN ARRAY(SELECT DISTINCT m.agency_id FROM fw.at_work(today) m
                  WHERE m.roles::text[] && '{researcher,lead}'::text[]);
END $$;

-- Those of them whose signature is in force: the gate is open to whoever is at work there.
CREATE OR REPLACE FUNCTION fw.able_agencies(today date) RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    signed uuid[];
BEGIN
    signed := ARRAY(SELECT DISTINCT s.agency_id FROM public.agencies_signature s
                      JOIN public.agencies_agreement g ON g.id = s.agreement_id
                     WHERE s.signed_on <= today AND (s.ends_on IS NULL OR s.ends_on >= today)
                       AND g.starts_on <= today AND g.ends_on >= today);
    RETURN ARRAY(SELECT s.id FROM unnest(fw.staffed_agencies(today)) AS s(id) WHERE s.id = ANY (signed));
END $$;

-- Of some agencies those in which nobody at work could answer about an enquiry.
CREATE OR REPLACE FUNCTION fw.empty_for(enquiry uuid, agencies uuid[], today date) RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    excluded uuid[] := '{}';
BEGIN
    IF EXISTS (SELECT 1 FROM public.agencies_conflictofinterest k WHERE k.lifted_at IS NULL) THEN
        excluded := fw.memberships_excluded(fw.closed_by(NULL, enquiry, NULL), enquiry);
    END IF;
    RETURN ARRAY(SELECT a.id FROM unnest(agencies) AS a(id)
                  WHERE NOT EXISTS (SELECT 1 FROM fw.at_work(today) m
                                     WHERE m.agency_id = a.id AND m.roles::text[] && '{researcher,lead}'::text[]
                                       AND NOT m.id = ANY (excluded)));
END $$;

-- Before an enquiry's agencies are asked, for those who ask: in which of them nobody could answer.
-- callers: web
CREATE OR REPLACE FUNCTION fw.nobody_answers_for(enquiry uuid) RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF NOT fw.has('manager', 'social_worker') OR enquiry = ANY (fw.closed_enquiries()) THEN RETURN '{}'; END IF;
    RETURN fw.empty_for(enquiry, ARRAY(SELECT a.id FROM public.agencies_agency a WHERE a.is_active),
                        (fw.now() AT TIME ZONE 'Europe/London')::date);
END $$;

-- Requests under way that nobody can answer.
CREATE OR REPLACE FUNCTION fw.unanswerable(today date) RETURNS SETOF public.information_sharing_informationrequest
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    able uuid[];
    touched uuid[] := '{}';
BEGIN
    able := fw.able_agencies(today);
    -- A conflict of interest may exclude the only one: asked of the few enquiries that one closes to somebody.
    IF EXISTS (SELECT 1 FROM public.agencies_conflictofinterest k WHERE k.lifted_at IS NULL) THEN
        touched := fw.conflicted_enquiries();
    END IF;
    RETURN QUERY
    SELECT r.* FROM public.information_sharing_informationrequest r
     WHERE r.state IN ('sent', 'heard', 'cannot_search')
       AND r.agency_id IN (SELECT a.id FROM public.agencies_agency a WHERE NOT a.id = ANY (able))
       AND NOT (r.agency_id = ANY ((SELECT fw.staffed_agencies(today))::uuid[]) AND EXISTS (
            SELECT 1 FROM public.agencies_emergencyuse u
             WHERE u.agency_id = r.agency_id AND u.enquiry_id = r.enquiry_id
               AND u.opened_at <= fw.now() AND u.ends_at > fw.now()))
    UNION
    SELECT r.* FROM public.information_sharing_informationrequest r
     WHERE r.enquiry_id = ANY (touched) AND r.state IN ('sent', 'heard', 'cannot_search')
       AND fw.empty_for(r.enquiry_id, ARRAY[r.agency_id], today) <> '{}';
END $$;

-- The same by their keys, for the manager, who rings; and for whoever works on their enquiry.
-- callers: web, sweep
CREATE OR REPLACE FUNCTION fw.nobody_answers() RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF NOT fw.has('manager', 'social_worker') THEN RETURN '{}'; END IF;
    RETURN ARRAY(SELECT r.id FROM fw.unanswerable((fw.now() AT TIME ZONE 'Europe/London')::date) r);
END $$;

-- And for the clock, which tells the managers, once for each request and day on which it came to be so.
-- callers: web, sweep
CREATE OR REPLACE FUNCTION fw.silent_requests(today date) RETURNS TABLE (reference text, colour text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF NOT fw.has('clock') THEN RETURN; END IF;
    RETURN QUERY SELECT r.reference::text, e.colour::text
       FROM fw.unanswerable(today) r JOIN public.screening_enquiry e ON e.id = r.enquiry_id;
END $$;

-- Safety instructions whose wording nobody can agree: whoever deposited what it rests on, everybody whom the lead has
-- named and, once it was refused, the agency's lead, each has left, is away, or is excluded from the enquiry. For the
-- manager, who sees them; what is sealed passes to nobody.
-- callers: web
CREATE OR REPLACE FUNCTION fw.instructions_of_nobody() RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF NOT fw.has('manager')
       OR NOT EXISTS (SELECT 1 FROM public.information_sharing_safetyinstruction i
                       WHERE i.state IN ('proposed', 'refused')) THEN
        RETURN '{}';
    END IF;
    RETURN ARRAY(
        WITH present AS MATERIALIZED (
            SELECT m.id, m.agency_id, m.roles::text[] AS roles
              FROM fw.at_work((fw.now() AT TIME ZONE 'Europe/London')::date) m
             WHERE m.roles::text[] && '{researcher,lead}'::text[]),
        waiting AS (
            SELECT i.id, t.enquiry_id, ARRAY(
                SELECT m.id FROM present m
                 WHERE m.id = t.author_id
                    OR (i.refused_at IS NOT NULL AND m.agency_id = i.agency_id AND m.roles && '{lead}'::text[])
                    OR EXISTS (SELECT 1 FROM public.information_sharing_sealedreader r
                                WHERE r.request_id = t.request_id AND r.ended_at IS NULL AND r.membership_id = m.id)) AS able
              FROM public.information_sharing_safetyinstruction i
              JOIN public.information_sharing_item t ON t.id = i.item_id
             WHERE i.state IN ('proposed', 'refused'))
        SELECT w.id FROM waiting w
         WHERE w.able = '{}' OR (w.enquiry_id = ANY ((SELECT fw.conflicted_enquiries())::uuid[])
                                 AND fw.excludes_all(w.able, NULL, w.enquiry_id)));
END $$;
