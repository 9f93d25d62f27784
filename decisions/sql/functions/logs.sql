-- What is read back from the log. Each function checks first that the caller sees the record.

-- Whether the caller sees a record. Runs as mash_probe, which has the web role's rights and policies and nothing more.
-- Functions of the definer ask it before they return what only the definer can read, and the policy of clocks asks it:
-- those who see a record see its clock (ADR 0031). Each kind has its own statement, whose plan the connection keeps.
-- callers: web, definer; owner: probe
CREATE OR REPLACE FUNCTION fw.sees(kind text, record uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    CASE kind
        WHEN 'contacts.contact' THEN
            RETURN EXISTS (SELECT 1 FROM public.contacts_contact r WHERE r.id = record);
        WHEN 'contacts.protection' THEN
            RETURN EXISTS (SELECT 1 FROM public.contacts_protection r WHERE r.id = record);
        WHEN 'screening.enquiry' THEN
            RETURN EXISTS (SELECT 1 FROM public.screening_enquiry r WHERE r.id = record);
        WHEN 'screening.screening' THEN
            RETURN EXISTS (SELECT 1 FROM public.screening_screening r WHERE r.id = record);
        WHEN 'screening.handover' THEN
            RETURN EXISTS (SELECT 1 FROM public.screening_handover r WHERE r.id = record);
        WHEN 'information_sharing.informationrequest' THEN
            RETURN EXISTS (SELECT 1 FROM public.information_sharing_informationrequest r WHERE r.id = record);
        WHEN 'information_sharing.answer' THEN
            RETURN EXISTS (SELECT 1 FROM public.information_sharing_answer r WHERE r.id = record);
        WHEN 'information_sharing.item' THEN
            RETURN EXISTS (SELECT 1 FROM public.information_sharing_item r WHERE r.id = record);
        WHEN 'information_sharing.safetyinstruction' THEN
            RETURN EXISTS (SELECT 1 FROM public.information_sharing_safetyinstruction r WHERE r.id = record);
        WHEN 'decisions.analysis' THEN
            RETURN EXISTS (SELECT 1 FROM public.decisions_analysis r WHERE r.id = record);
        WHEN 'decisions.decision' THEN
            RETURN EXISTS (SELECT 1 FROM public.decisions_decision r WHERE r.id = record);
        WHEN 'decisions.mashsummary' THEN
            RETURN EXISTS (SELECT 1 FROM public.decisions_mashsummary r WHERE r.id = record);
        WHEN 'decisions.familyletter' THEN
            RETURN EXISTS (SELECT 1 FROM public.decisions_familyletter r WHERE r.id = record);
        WHEN 'decisions.complaint' THEN
            RETURN EXISTS (SELECT 1 FROM public.decisions_complaint r WHERE r.id = record);
        WHEN 'decisions.outgoingtext' THEN
            RETURN EXISTS (SELECT 1 FROM public.decisions_outgoingtext r WHERE r.id = record);
        WHEN 'decisions.jointview' THEN
            RETURN EXISTS (SELECT 1 FROM public.decisions_jointview r WHERE r.id = record);
        ELSE
            RETURN false;
    END CASE;
END $$;

-- What was passed on of the caller's own items: in which summary, to which team, when. Of the latest 2,000 items.
-- callers: web
CREATE OR REPLACE FUNCTION fw.passed_on(request uuid, first_at timestamptz, last_at timestamptz, most integer)
RETURNS TABLE (at timestamptz, reference text, team text, items uuid[])
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    known uuid[] := fw.own_items(request, NULL, 2000);
BEGIN
    IF known = '{}' THEN RETURN; END IF;
    RETURN QUERY
    SELECT s.released_at, s.reference::text, t.name::text, array_agg(c.item_id)
      FROM public.decisions_summaryitem c
      JOIN public.decisions_mashsummary s ON s.id = c.summary_id
      JOIN public.agencies_team t ON t.id = s.team_id
     WHERE c.item_id = ANY (known) AND s.released_at IS NOT NULL
       AND (first_at IS NULL OR s.released_at >= first_at) AND (last_at IS NULL OR s.released_at < last_at)
     GROUP BY s.id, t.id ORDER BY s.released_at DESC, s.id LIMIT most;
END $$;

-- Who read what of one enquiry, for its manager: readings that name it, and those that show an item or a contact of it.
-- callers: web
CREATE OR REPLACE FUNCTION fw.readings_of(wanted uuid, before_at timestamptz, before_id uuid, most integer)
RETURNS TABLE (id uuid, at timestamptz, who text, roles text[], agency text, page text, purpose text,
               reference text, items integer)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    known uuid[];
BEGIN
    IF NOT fw.has('manager') OR NOT fw.sees('screening.enquiry', wanted) THEN RETURN; END IF;
    known := ARRAY(SELECT i.id FROM public.information_sharing_item i WHERE i.enquiry_id = wanted
                   UNION ALL SELECT c.id FROM public.contacts_contact c WHERE c.enquiry_id = wanted);
    RETURN QUERY
    SELECT r.id, r.at, fw.name_then(r.user_id, r.at, u.name), r.roles::text[],
           fw.agency_then(r.agency_id, r.at, a.short_name), r.page::text, r.purpose::text, r.reference::text, cardinality(r.item_ids)
      FROM public.audit_reading r
      LEFT JOIN public.agencies_user u ON u.id = r.user_id
      LEFT JOIN public.agencies_agency a ON a.id = r.agency_id
     WHERE (r.enquiry_id = wanted OR r.item_ids && known)
       AND (before_at IS NULL OR r.at < before_at OR (r.at = before_at AND r.id > before_id))
     ORDER BY r.at DESC, r.id LIMIT most;
END $$;

-- The log as the auditor reads it. An account is given by its key: a name would show in the address of the page.
-- callers: web
CREATE OR REPLACE FUNCTION fw.log_search(
    wanted_kind text, wanted_reference text, wanted_account uuid, wanted_agency uuid, done_to text,
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
    -- A case that a conflict closes to the auditor is not there, not even as a line of the log.
    closed := fw.closed_references();
    closed_cases := fw.closed_enquiries();
    IF wanted_reference LIKE 'M-%' THEN
        SELECT e.record_id INTO enquiry FROM public.audit_event e
         WHERE e.reference = wanted_reference AND e.record_type = 'screening.enquiry' LIMIT 1;
    END IF;
    RETURN QUERY
    SELECT l.kind, l.id, l.at, l.user_id, l.membership_id, fw.name_then(l.user_id, l.at, u.name), l.roles::text[],
           fw.agency_then(l.agency_id, l.at, a.short_name), l.what::text, l.purpose::text, l.reference::text, l.request_id::text,
           l.items, l.status
      FROM (
        (SELECT 'event' AS kind, e.id, e.at, e.user_id, e.membership_id, e.agency_id, e.roles, e.verb AS what,
                '' AS purpose, e.reference, e.request_id, 0 AS items, 0 AS status
           FROM public.audit_event e
          WHERE NOT e.reference = ANY (closed) AND (e.enquiry_id = ANY (closed_cases)) IS NOT TRUE
            AND wanted_kind IN ('', 'event') AND (done_to = '' OR e.verb LIKE done_to || '.%')
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
            AND wanted_kind IN ('', 'reading') AND done_to = ''
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
          WHERE wanted_kind IN ('', 'refusal') AND done_to = ''
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
