-- What was done on an enquiry, for its manager and its social worker; events that could say that, when or by whom
-- confidential information was deposited are the manager's alone.

CREATE FUNCTION fw.activity_of(wanted uuid, most integer, skipped integer)
RETURNS TABLE (at timestamptz, verb text, reference text, user_id uuid, membership_id uuid, who text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    is_manager boolean := fw.has('manager');
BEGIN
    IF NOT fw.sees('screening.enquiry', wanted) THEN RETURN; END IF;
    IF NOT is_manager AND NOT (fw.has('social_worker') AND EXISTS (
        SELECT 1 FROM public.screening_enquiry q WHERE q.id = wanted AND q.social_worker_id = fw.membership())) THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT e.at, e.verb::text, e.reference::text, e.user_id, e.membership_id, coalesce(u.name, '')::text
      FROM public.audit_event e LEFT JOIN public.agencies_user u ON u.id = e.user_id
     WHERE e.enquiry_id = wanted
       AND (is_manager OR NOT (
            e.verb ILIKE '%seal%' OR e.verb LIKE 'conflict.%' OR e.verb LIKE 'staff_match.%' OR e.verb LIKE 'instruction.%' OR e.verb LIKE 'item.%'
            OR e.verb = 'request.item_added' OR e.details @> '{"handling": "manager_only"}'
            OR e.record_type IN ('information_sharing.sealedtext', 'information_sharing.safetyinstruction')))
     ORDER BY e.at DESC, e.id LIMIT most OFFSET skipped;
END $$;

REVOKE ALL ON FUNCTION fw.activity_of(uuid, integer, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION fw.activity_of(uuid, integer, integer) TO mash_web;
ALTER FUNCTION fw.activity_of(uuid, integer, integer) OWNER TO mash_definer;
