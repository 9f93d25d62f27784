-- Requests that the agency of the person at work may answer though its signature is not in force. fw.roles() says
-- that they are neither researcher nor lead, so nothing but these rows opens; the roles are read from the membership.
-- callers: web, sweep
CREATE OR REPLACE FUNCTION fw.emergency_route() RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    today date := (fw.now() AT TIME ZONE 'Europe/London')::date;
    closed uuid[];
BEGIN
    IF NOT EXISTS (SELECT 1 FROM public.agencies_emergencyuse e WHERE e.ends_at > fw.now()) THEN
        RETURN '{}';
    END IF;
    closed := fw.closed_enquiries();
    RETURN coalesce((
        SELECT array_agg(DISTINCT r.id)
          FROM public.agencies_membership m
          JOIN public.agencies_user u ON u.id = m.user_id
          JOIN public.agencies_agency a ON a.id = m.agency_id
          JOIN public.agencies_emergencyuse e ON e.agency_id = m.agency_id
          JOIN public.information_sharing_informationrequest r
            ON r.agency_id = e.agency_id AND r.enquiry_id = e.enquiry_id
         WHERE m.id = fw.membership() AND u.is_active AND a.is_active AND m.ended_at IS NULL
           AND m.starts_on <= today AND (m.ends_on IS NULL OR m.ends_on >= today)
           AND m.roles::text[] && '{researcher,lead}'::text[]
           AND e.opened_at <= fw.now() AND e.ends_at > fw.now()
           AND r.state <> 'withdrawn'
           AND NOT r.enquiry_id = ANY (closed)), '{}');
END $$;

-- What was done on an enquiry, for its manager and its social worker; events that could say that, when or by whom
-- confidential information was deposited are the manager's alone.
-- callers: web
CREATE OR REPLACE FUNCTION fw.activity_of(wanted uuid, most integer, skipped integer)
RETURNS TABLE (at timestamptz, verb text, reference text, user_id uuid, membership_id uuid, who text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    is_manager boolean := fw.has('manager');
BEGIN
    IF NOT fw.sees('screening.enquiry', wanted) THEN RETURN; END IF;
    IF NOT is_manager AND NOT (fw.has('social_worker') AND EXISTS (
        SELECT 1 FROM public.screening_enquiry q WHERE q.id = wanted
           AND (q.social_worker_id = fw.membership() OR q.id = ANY ((SELECT fw.stands_in())::uuid[])))) THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT e.at, e.verb::text, e.reference::text, e.user_id, e.membership_id, fw.name_then(e.user_id, e.at, u.name)
      FROM public.audit_event e LEFT JOIN public.agencies_user u ON u.id = e.user_id
     WHERE e.enquiry_id = wanted
       AND (is_manager OR NOT (
            e.verb ILIKE '%seal%' OR e.verb LIKE 'conflict.%' OR e.verb LIKE 'staff_match.%' OR e.verb LIKE 'instruction.%' OR e.verb LIKE 'item.%'
            OR e.verb = 'request.item_added' OR e.details @> '{"handling": "manager_only"}'
            OR e.record_type IN ('information_sharing.sealedtext', 'information_sharing.safetyinstruction')))
     ORDER BY e.at DESC, e.id LIMIT most OFFSET skipped;
END $$;

-- A request makes the grant on its enquiry, and its withdrawal ends it: a request without a grant cannot exist.
CREATE OR REPLACE FUNCTION fw.request_grants() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    asked integer;
BEGIN
    SELECT p.id INTO STRICT asked FROM public.auth_permission p
      JOIN public.django_content_type t ON t.id = p.content_type_id
     WHERE t.app_label = 'screening' AND t.model = 'enquiry' AND p.codename = 'asked_on_enquiry';
    INSERT INTO public.screening_enquirygrant (permission_id, group_id, content_object_id)
    SELECT DISTINCT asked, a.group_id, r.enquiry_id
      FROM changed r JOIN public.agencies_agency a ON a.id = r.agency_id
     WHERE r.state <> 'withdrawn'
    ON CONFLICT DO NOTHING;
    DELETE FROM public.screening_enquirygrant g USING changed r, public.agencies_agency a
     WHERE a.id = r.agency_id AND g.group_id = a.group_id AND g.content_object_id = r.enquiry_id
       AND r.state = 'withdrawn'
       AND NOT EXISTS (SELECT 1 FROM public.information_sharing_informationrequest o
                        WHERE o.enquiry_id = r.enquiry_id AND o.agency_id = r.agency_id AND o.state <> 'withdrawn');
    RETURN NULL;
END $$;

-- Columns that rules and policies read are copied by the database, so that they cannot drift.
CREATE OR REPLACE FUNCTION fw.request_takes_enquiry() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        NEW.enquiry_id := OLD.enquiry_id;
        NEW.agency_id := OLD.agency_id;
    END IF;
    SELECT e.social_worker_id INTO NEW.social_worker_id FROM public.screening_enquiry e WHERE e.id = NEW.enquiry_id;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION fw.enquiry_gives_request() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    UPDATE public.information_sharing_informationrequest r SET social_worker_id = NEW.social_worker_id
     WHERE r.enquiry_id = NEW.id;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION fw.item_takes_request() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN NEW.request_id := OLD.request_id; END IF;
    -- A request that is not there gives no agency: the policy refuses that like a request of another's.
    SELECT r.enquiry_id, r.agency_id INTO NEW.enquiry_id, NEW.agency_id
      FROM public.information_sharing_informationrequest r WHERE r.id = NEW.request_id;
    RETURN NEW;
END $$;

-- The held marker: one per enquiry, made by the first sealed item and gone with the last. It says nothing else.
CREATE OR REPLACE FUNCTION fw.keep_held_marker() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM public.information_sharing_item i
                WHERE i.enquiry_id = NEW.enquiry_id AND i.handling = 'manager_only'
                  AND i.given_at IS NOT NULL AND i.withdrawn_at IS NULL) THEN
        INSERT INTO public.information_sharing_heldmarker (enquiry_id) VALUES (NEW.enquiry_id) ON CONFLICT DO NOTHING;
    ELSE
        DELETE FROM public.information_sharing_heldmarker m WHERE m.enquiry_id = NEW.enquiry_id;
    END IF;
    RETURN NULL;
END $$;

-- Two things that another row decides, so that they cannot drift.

-- A request is due when its clock says so, also after the enquiry was rated again.
CREATE OR REPLACE FUNCTION fw.clock_gives_request() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    UPDATE public.information_sharing_informationrequest r SET due_at = NEW.due_at WHERE r.id = NEW.subject_id;
    RETURN NULL;
END $$;

-- When an owner seals an item later, its text is kept encrypted from then on: the application has written every version
-- as sealed text, and the versions in clear are deleted here.
CREATE OR REPLACE FUNCTION fw.sealing_takes_texts() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM public.information_sharing_itemtext t WHERE t.item_id = NEW.id AND NOT EXISTS (
            SELECT 1 FROM public.information_sharing_sealedtext s WHERE s.item_id = t.item_id AND s.version = t.version)) THEN
        RAISE EXCEPTION 'An item is sealed only after each version of its text was.';
    END IF;
    DELETE FROM public.information_sharing_itemtext t WHERE t.item_id = NEW.id;
    RETURN NULL;
END $$;

-- About whom an agency was asked: these children and adults, and not a sibling.
-- callers: web
CREATE OR REPLACE FUNCTION fw.asked_about(subject uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    mine uuid := fw.agency();
BEGIN
    IF mine IS NULL THEN RETURN false; END IF;
    RETURN EXISTS (SELECT 1 FROM public.information_sharing_requestsubject s
                     JOIN public.information_sharing_informationrequest r ON r.id = s.request_id
                    WHERE s.subject_id = subject AND r.agency_id = mine AND r.state <> 'withdrawn');
END $$;

-- A named core agency reads an item once it has answered about the same child; what is about an adult or nobody in
-- particular, once it has answered about every child of the owner's request.
-- callers: web
CREATE OR REPLACE FUNCTION fw.answered_alike(request uuid, subject uuid, enquiry uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    mine uuid := fw.agency();
BEGIN
    IF mine IS NULL OR EXISTS (SELECT 1 FROM public.screening_enquiry e
                WHERE e.id = enquiry AND (e.state = 'closed' OR e.items_close_at <= fw.now())) THEN
        RETURN false;
    END IF;
    IF EXISTS (SELECT 1 FROM public.contacts_subject s WHERE s.id = subject AND s.kind = 'child') THEN
        RETURN EXISTS (SELECT 1 FROM public.information_sharing_requestsubject s
                         JOIN public.information_sharing_informationrequest r ON r.id = s.request_id
                         JOIN public.information_sharing_answer a ON a.request_id = r.id
                        WHERE s.subject_id = subject AND r.agency_id = mine AND r.state = 'answered');
    END IF;
    RETURN EXISTS (SELECT 1 FROM public.information_sharing_informationrequest r
                    WHERE r.enquiry_id = enquiry AND r.agency_id = mine AND r.state = 'answered')
       AND NOT EXISTS (
            SELECT 1 FROM public.information_sharing_requestsubject o
              JOIN public.contacts_subject c ON c.id = o.subject_id AND c.kind = 'child'
             WHERE o.request_id = request AND NOT EXISTS (
                SELECT 1 FROM public.information_sharing_requestsubject s
                  JOIN public.information_sharing_informationrequest r ON r.id = s.request_id
                 WHERE s.subject_id = o.subject_id AND r.agency_id = mine AND r.state = 'answered'));
END $$;

-- callers: web
CREATE OR REPLACE FUNCTION fw.owns_item(item uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    RETURN EXISTS (SELECT 1 FROM public.information_sharing_item i WHERE i.id = item AND i.agency_id = fw.agency()
                      AND i.handling <> 'manager_only');
END $$;

-- The emergency route in the second wall, for all that hangs on a request: answer, items, texts, the people asked about
-- and the header of the enquiry. Permissive, beside the other policies; what a conflict closes stays closed by the
-- restrictive ones.
-- callers: web
CREATE OR REPLACE FUNCTION fw.asked_by_emergency_route(subject uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    RETURN EXISTS (SELECT 1 FROM public.information_sharing_requestsubject s
                    WHERE s.subject_id = subject AND s.request_id = ANY (fw.emergency_route()));
END $$;

-- When an enquiry ends, so do the rows by which owners named agencies for items: they open nothing any more, and would
-- only pile up behind the few that still do.
CREATE OR REPLACE FUNCTION fw.closing_ends_namings() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    DELETE FROM public.information_sharing_itemgrant g USING public.information_sharing_item i
     WHERE i.id = g.content_object_id AND i.enquiry_id = NEW.id;
    RETURN NULL;
END $$;

-- Under the policies the web role cannot make a row invisible to itself, nor change one that is. So a lead of the
-- agency ends such a row here, by its key and in their own name. A moment in the future counts as now.
-- callers: web
CREATE OR REPLACE FUNCTION fw.end_sealed_reader(reader uuid, told_at timestamptz) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF NOT fw.has('lead') OR fw.agency() IS NULL THEN RETURN false; END IF;
    UPDATE public.information_sharing_sealedreader s
       SET ended_at = least(told_at, fw.now()), ended_by_id = fw.membership()
      FROM public.information_sharing_informationrequest r
     WHERE s.id = reader AND s.ended_at IS NULL AND r.id = s.request_id AND r.agency_id = fw.agency()
       AND NOT r.enquiry_id = ANY (fw.closed_enquiries());
    RETURN FOUND;
END $$;

-- Enquiries on which the agency was asked: core agencies; virtual ones only where they gave something in the open.
-- callers: web
CREATE OR REPLACE FUNCTION fw.contributed(enquiry uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    mine uuid := fw.agency();
BEGIN
    IF mine IS NULL THEN RETURN false; END IF;
    RETURN EXISTS (
        SELECT 1 FROM public.information_sharing_informationrequest r
         WHERE r.enquiry_id = enquiry AND r.agency_id = mine AND r.state <> 'withdrawn'
           AND (fw.is_core() OR EXISTS (SELECT 1 FROM public.information_sharing_item i
                 WHERE i.request_id = r.id AND i.given_at IS NOT NULL AND i.handling <> 'manager_only')));
END $$;

-- Keys of what a conflict closes, and of what the emergency route opens, below an enquiry. Policies read each as a
-- subquery, once a statement and not once a row (see fw.has_conflict).
-- callers: web
CREATE OR REPLACE FUNCTION fw.closed_items() RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    closed uuid[] := fw.closed_enquiries();
BEGIN
    IF closed = '{}' THEN RETURN closed; END IF;
    RETURN coalesce((SELECT array_agg(i.id) FROM public.information_sharing_item i WHERE i.enquiry_id = ANY (closed)), '{}');
END $$;

-- callers: web
CREATE OR REPLACE FUNCTION fw.emergency_route_enquiries() RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    opened uuid[] := fw.emergency_route();
BEGIN
    IF opened = '{}' THEN RETURN opened; END IF;
    RETURN coalesce((SELECT array_agg(DISTINCT r.enquiry_id) FROM public.information_sharing_informationrequest r
                      WHERE r.id = ANY (opened)), '{}');
END $$;

-- Receipts: who read an agency's items, when, in which role, on which page and why, and what was passed on of them.
--
-- Which items an agency may ask about is asked as mash_probe, under the policies of the caller, so that whoever may not
-- see a sealed item learns nothing of its readings either. The log itself is read by the definer alone.

-- The items of the caller's agency that the caller sees: all, those of one request, or those among some keys.
-- callers: definer; owner: probe
CREATE OR REPLACE FUNCTION fw.own_items(request uuid, keys uuid[], most integer) RETURNS uuid[]
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

-- A page of readings of own items, the latest first. Few items are looked up by key; of many, the log is walked by
-- time.
-- callers: web
CREATE OR REPLACE FUNCTION fw.receipts(
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
        SELECT r.id, r.at, fw.name_then(r.user_id, r.at, u.name) AS who, r.roles::text[] AS roles,
               fw.agency_then(r.agency_id, r.at, a.short_name) AS agency, r.page, r.purpose, r.reference, r.item_ids
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

-- A request may be in the state "answered" only with an answer; checked at the end of the transaction.
CREATE OR REPLACE FUNCTION fw.answered_with_an_answer() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM public.information_sharing_answer a WHERE a.request_id = NEW.id) THEN
        RAISE EXCEPTION 'A request is answered by an answer.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NULL;
END $$;

-- An item carries whether its owner has still to confirm it, copied from the answer by the database: whoever was named
-- for the item does not see the answer, and must not read as fact what was said by telephone.
CREATE OR REPLACE FUNCTION fw.item_takes_answer() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    NEW.is_unconfirmed := NEW.is_spoken AND EXISTS (
        SELECT 1 FROM public.information_sharing_answer a
         WHERE a.request_id = NEW.request_id AND a.confirmed_at IS NULL);
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION fw.answer_gives_items() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    UPDATE public.information_sharing_item i SET is_unconfirmed = NEW.confirmed_at IS NULL
     WHERE i.request_id = NEW.request_id AND i.is_spoken;
    RETURN NULL;
END $$;

-- The owner settles the words of a safety instruction. The manager decides them, with a reason, once the agency's time
-- is up, or at once where life is at risk; also past a lead's refusal then.
CREATE OR REPLACE FUNCTION fw.owner_settles_words() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF (OLD.state, OLD.agreed_text, OLD.refused_at, OLD.settled_at, OLD.decided_because, OLD.life_at_risk)
       IS NOT DISTINCT FROM
       (NEW.state, NEW.agreed_text, NEW.refused_at, NEW.settled_at, NEW.decided_because, NEW.life_at_risk) THEN
        RETURN NEW;
    END IF;
    IF NEW.state = 'decided' AND NEW.refused_at IS NOT DISTINCT FROM OLD.refused_at AND NEW.decided_because <> ''
       AND OLD.state IN ('proposed', 'refused', 'refused_by_lead')
       AND (NEW.life_at_risk OR (OLD.state <> 'refused_by_lead' AND EXISTS (
               SELECT 1 FROM public.clock_deadline d
                WHERE d.subject_kind = 'instruction' AND d.subject_id = OLD.id AND d.met_at IS NULL
                  AND d.cancelled_at IS NULL AND d.due_at <= fw.now()))) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'the owner settles the words, until its time is up';
END $$;

-- Requests that nobody had answered when their enquiry closed end with it: no agency goes on searching for an enquiry
-- that is over, and none sees a case any longer about which it gave nothing.
-- callers: web
CREATE OR REPLACE FUNCTION fw.end_unanswered(closed uuid, at timestamptz)
RETURNS TABLE (request uuid, reference text, agency uuid)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM public.screening_enquiry e WHERE e.id = closed AND e.state = 'closed') THEN RETURN; END IF;
    RETURN QUERY
    UPDATE public.information_sharing_informationrequest r
       SET state = 'withdrawn', lapsed_at = end_unanswered.at, version = r.version + 1
     WHERE r.enquiry_id = closed AND r.state IN ('sent', 'heard', 'cannot_search')
    RETURNING r.id, r.reference::text, r.agency_id;
END $$;
