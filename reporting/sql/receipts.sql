-- Receipts: who read an agency's items, when, in which role, on which page and why, and what was passed on of them.
--
-- Which items an agency may ask about is asked as mash_probe, under the policies of the caller, so that whoever may not
-- see a sealed item learns nothing of its readings either. The log itself is read by the definer alone.

-- The items of the caller's agency that the caller sees: all, those of one request, or those among some keys.
CREATE FUNCTION fw.own_items(request uuid, keys uuid[], most integer) RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    mine uuid := fw.agency();
    me uuid := fw.membership();
BEGIN
    IF mine IS NULL THEN RETURN '{}'; END IF;
    RETURN coalesce((SELECT array_agg(own.id) FROM (
        SELECT i.id FROM public.information_sharing_item i
         WHERE i.agency_id = mine
           AND (request IS NULL OR i.request_id = request)
           AND (keys IS NULL OR i.id = ANY (keys))
           AND (i.handling <> 'manager_only' OR i.author_id = me OR EXISTS (
                SELECT 1 FROM public.information_sharing_sealedreader s
                 WHERE s.request_id = i.request_id AND s.membership_id = me))
         ORDER BY i.given_at DESC, i.id LIMIT most) own), '{}');
END $$;

-- A page of readings of own items, the latest first. Few items are looked up by key; of many, the log is walked by time.
CREATE FUNCTION fw.receipts(
    request uuid, first_at timestamptz, last_at timestamptz, own_too boolean,
    before_at timestamptz, before_id uuid, most integer)
RETURNS TABLE (id uuid, at timestamptz, who text, roles text[], agency text, page text, purpose text,
               reference text, items uuid[])
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    mine uuid := fw.agency();
    few constant integer := 2000;
    known uuid[] := fw.own_items(request, NULL, few + 1);
    one record;
    seen uuid[];
    given integer := 0;
BEGIN
    IF mine IS NULL OR known = '{}' THEN RETURN; END IF;
    FOR one IN
        SELECT r.id, r.at, u.name AS who, r.roles::text[] AS roles, a.short_name AS agency, r.page, r.purpose, r.reference,
               r.item_ids
          FROM public.audit_reading r
          LEFT JOIN public.agencies_user u ON u.id = r.user_id
          LEFT JOIN public.agencies_agency a ON a.id = r.agency_id
         WHERE (cardinality(known) > few OR r.item_ids && known)
           AND (first_at IS NULL OR r.at >= first_at) AND (last_at IS NULL OR r.at < last_at)
           AND (own_too OR r.agency_id IS DISTINCT FROM mine)
           AND (before_at IS NULL OR r.at < before_at OR (r.at = before_at AND r.id > before_id))
         ORDER BY r.at DESC, r.id
    LOOP
        IF cardinality(known) > few THEN
            seen := fw.own_items(request, one.item_ids, 1000);
        ELSE
            seen := ARRAY(SELECT k FROM unnest(one.item_ids) k WHERE k = ANY (known));
        END IF;
        CONTINUE WHEN seen = '{}';
        id := one.id; at := one.at; who := coalesce(one.who, ''); roles := one.roles;
        agency := coalesce(one.agency, ''); page := one.page; purpose := one.purpose; reference := one.reference;
        items := seen;
        RETURN NEXT;
        given := given + 1;
        EXIT WHEN given >= most;
    END LOOP;
END $$;

-- What was passed on of the caller's own items: in which summary, to which team, when. Of the latest 2,000 items.
CREATE FUNCTION fw.passed_on(request uuid, first_at timestamptz, last_at timestamptz, most integer)
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
CREATE FUNCTION fw.readings_of(wanted uuid, before_at timestamptz, before_id uuid, most integer)
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
    SELECT r.id, r.at, coalesce(u.name, '')::text, r.roles::text[], coalesce(a.short_name, '')::text, r.page::text,
           r.purpose::text, r.reference::text, cardinality(r.item_ids)
      FROM public.audit_reading r
      LEFT JOIN public.agencies_user u ON u.id = r.user_id
      LEFT JOIN public.agencies_agency a ON a.id = r.agency_id
     WHERE (r.enquiry_id = wanted OR r.item_ids && known)
       AND (before_at IS NULL OR r.at < before_at OR (r.at = before_at AND r.id > before_id))
     ORDER BY r.at DESC, r.id LIMIT most;
END $$;

REVOKE ALL ON FUNCTION fw.own_items(uuid, uuid[], integer),
    fw.receipts(uuid, timestamptz, timestamptz, boolean, timestamptz, uuid, integer),
    fw.passed_on(uuid, timestamptz, timestamptz, integer),
    fw.readings_of(uuid, timestamptz, uuid, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION fw.own_items(uuid, uuid[], integer) TO mash_definer;
GRANT EXECUTE ON FUNCTION fw.receipts(uuid, timestamptz, timestamptz, boolean, timestamptz, uuid, integer),
    fw.passed_on(uuid, timestamptz, timestamptz, integer),
    fw.readings_of(uuid, timestamptz, uuid, integer) TO mash_web;
ALTER FUNCTION fw.own_items(uuid, uuid[], integer) OWNER TO mash_probe;
ALTER FUNCTION fw.receipts(uuid, timestamptz, timestamptz, boolean, timestamptz, uuid, integer) OWNER TO mash_definer;
ALTER FUNCTION fw.passed_on(uuid, timestamptz, timestamptz, integer) OWNER TO mash_definer;
ALTER FUNCTION fw.readings_of(uuid, timestamptz, uuid, integer) OWNER TO mash_definer;
