-- The auditor's look into the log, as in search.sql, but for one account by its key: a name that is searched for would
-- stand in the address of the page.

SET ROLE mash_definer;
DROP FUNCTION fw.log_search(text, text, text, uuid, text, timestamptz, timestamptz, timestamptz, uuid, integer);
RESET ROLE;

CREATE FUNCTION fw.log_search(
    wanted_kind text, wanted_reference text, wanted_account uuid, wanted_agency uuid, deed text,
    first_at timestamptz, last_at timestamptz, before_at timestamptz, before_id uuid, most integer)
RETURNS TABLE (kind text, id uuid, at timestamptz, user_id uuid, membership_id uuid, who text, roles text[], agency text,
               what text, purpose text, reference text, request_id text, items integer, status integer)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    enquiry uuid;
    closed text[];
    closed_cases uuid[];
BEGIN
    IF NOT fw.has('auditor') THEN RETURN; END IF;
    closed := fw.closed_references();  -- A case that a conflict closes to the auditor is not there, not even as a deed.
    closed_cases := fw.closed_enquiries();
    IF wanted_reference LIKE 'M-%' THEN
        SELECT e.record_id INTO enquiry FROM public.audit_event e
         WHERE e.reference = wanted_reference AND e.record_type = 'screening.enquiry' LIMIT 1;
    END IF;
    RETURN QUERY
    SELECT l.kind, l.id, l.at, l.user_id, l.membership_id, coalesce(u.name, '')::text, l.roles::text[],
           coalesce(a.short_name, '')::text, l.what::text, l.purpose::text, l.reference::text, l.request_id::text,
           l.items, l.status
      FROM (
        (SELECT 'event' AS kind, e.id, e.at, e.user_id, e.membership_id, e.agency_id, e.roles, e.verb AS what,
                '' AS purpose, e.reference, e.request_id, 0 AS items, 0 AS status
           FROM public.audit_event e
          WHERE NOT e.reference = ANY (closed) AND (e.enquiry_id = ANY (closed_cases)) IS NOT TRUE
            AND wanted_kind IN ('', 'event') AND (deed = '' OR e.verb LIKE deed || '.%')
            AND (wanted_reference = '' OR e.reference = wanted_reference OR e.enquiry_id = enquiry)
            AND (wanted_account IS NULL OR e.user_id = wanted_account)
            AND (wanted_agency IS NULL OR e.agency_id = wanted_agency)
            AND (first_at IS NULL OR e.at >= first_at) AND (last_at IS NULL OR e.at < last_at)
            AND (before_at IS NULL OR e.at < before_at OR (e.at = before_at AND e.id > before_id))
          ORDER BY e.at DESC, e.id LIMIT most)
        UNION ALL
        (SELECT 'reading', r.id, r.at, r.user_id, r.membership_id, r.agency_id, r.roles, r.page,
                r.purpose, r.reference, r.request_id, cardinality(r.item_ids), 0
           FROM public.audit_reading r
          WHERE NOT r.reference = ANY (closed) AND (r.enquiry_id = ANY (closed_cases)) IS NOT TRUE
            AND wanted_kind IN ('', 'reading') AND deed = ''
            AND (wanted_reference = '' OR r.reference = wanted_reference OR r.enquiry_id = enquiry)
            AND (wanted_account IS NULL OR r.user_id = wanted_account)
            AND (wanted_agency IS NULL OR r.agency_id = wanted_agency)
            AND (first_at IS NULL OR r.at >= first_at) AND (last_at IS NULL OR r.at < last_at)
            AND (before_at IS NULL OR r.at < before_at OR (r.at = before_at AND r.id > before_id))
          ORDER BY r.at DESC, r.id LIMIT most)
        UNION ALL
        (SELECT 'refusal', f.id, f.at, f.user_id, f.membership_id, f.agency_id, f.roles, f.method || ' ' || f.route,
                '', f.reference, f.request_id, 0, f.status::integer
           FROM public.audit_refusal f
          WHERE wanted_kind IN ('', 'refusal') AND deed = ''
            AND (wanted_reference = '' OR f.reference = wanted_reference)
            AND (wanted_account IS NULL OR f.user_id = wanted_account)
            AND (wanted_agency IS NULL OR f.agency_id = wanted_agency)
            AND (first_at IS NULL OR f.at >= first_at) AND (last_at IS NULL OR f.at < last_at)
            AND (before_at IS NULL OR f.at < before_at OR (f.at = before_at AND f.id > before_id))
          ORDER BY f.at DESC, f.id LIMIT most)
      ) l
      LEFT JOIN public.agencies_user u ON u.id = l.user_id
      LEFT JOIN public.agencies_agency a ON a.id = l.agency_id
     ORDER BY l.at DESC, l.id LIMIT most;
END $$;

REVOKE ALL ON FUNCTION fw.log_search(
    text, text, uuid, uuid, text, timestamptz, timestamptz, timestamptz, uuid, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION fw.log_search(
    text, text, uuid, uuid, text, timestamptz, timestamptz, timestamptz, uuid, integer) TO mash_web;
ALTER FUNCTION fw.log_search(
    text, text, uuid, uuid, text, timestamptz, timestamptz, timestamptz, uuid, integer) OWNER TO mash_definer;
