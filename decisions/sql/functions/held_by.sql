-- How much waits for some memberships, by kind, before they end: for the administrator, who ends them, and the manager.
-- Numbers and whether it is Red, no reference and no name; nothing that is sealed is counted.
-- callers: web
CREATE OR REPLACE FUNCTION fw.held_by(members uuid[]) RETURNS TABLE (kind text, held bigint, red bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    today date := (fw.now() AT TIME ZONE 'Europe/London')::date;
    agencies uuid[];
    teams uuid[];
BEGIN
    IF NOT fw.has('administrator', 'manager') THEN RETURN; END IF;
    -- Of which agencies and teams they are the last who can answer or accept.
    agencies := ARRAY(SELECT DISTINCT m.agency_id FROM public.agencies_membership m
                       WHERE m.id = ANY (members) AND m.roles::text[] && '{researcher,lead}'::text[]
                         AND NOT EXISTS (SELECT 1 FROM fw.at_work(today) w
                              WHERE w.agency_id = m.agency_id AND w.roles::text[] && '{researcher,lead}'::text[]
                                AND NOT w.id = ANY (members)));
    teams := ARRAY(SELECT DISTINCT m.team_id FROM public.agencies_membership m
                    WHERE m.id = ANY (members) AND m.team_id IS NOT NULL
                      AND NOT EXISTS (SELECT 1 FROM fw.at_work(today) w
                           WHERE w.team_id = m.team_id AND w.roles::text[] && '{receiving_worker}'::text[]
                             AND NOT w.id = ANY (members)));
    RETURN QUERY SELECT x.kind, count(*), count(*) FILTER (WHERE x.red) FROM (
        SELECT 'enquiry' AS kind, e.colour = 'red' AS red FROM public.screening_enquiry e
         WHERE e.social_worker_id = ANY (members)
           AND e.state IN ('to_rate', 'gathering', 'deciding', 'decided', 'released')
        UNION ALL
        SELECT 'contact', c.colour = 'red' FROM public.contacts_contact c
         WHERE c.claimed_by_id = ANY (members) AND c.state IN ('received', 'with_panel')
        UNION ALL
        SELECT 'handover', h.colour = 'red' FROM public.screening_handover h
         WHERE h.sent_by_id = ANY (members) AND h.state IN ('queried', 'declined', 'withdrawn')
           AND NOT EXISTS (SELECT 1 FROM public.screening_handover o
                            WHERE o.screening_id = h.screening_id AND o.sent_at > h.sent_at)
        UNION ALL
        SELECT 'protection', c.colour = 'red' FROM public.contacts_protection p
          JOIN public.contacts_contact c ON c.id = p.contact_id
         WHERE p.convened_by_id = ANY (members) AND p.state = 'convened'
        UNION ALL
        SELECT w.kind, w.red FROM fw.waiting_at(agencies, teams) w
        UNION ALL
        SELECT 'cover', false FROM public.agencies_absence a
         WHERE a.cover_id = ANY (members) AND a.ended_at IS NULL AND a.ends_on >= today
        UNION ALL
        SELECT 'duty', false FROM public.agencies_duty d
         WHERE d.membership_id = ANY (members) AND d.ended_at IS NULL AND d.ends_at > fw.now()
        UNION ALL
        SELECT 'review', false FROM public.agencies_review v
         WHERE v.membership_id = ANY (members) AND v.ended_at IS NULL AND v.ends_on >= today
    ) x GROUP BY x.kind
    ORDER BY array_position(ARRAY['enquiry', 'contact', 'protection', 'handover', 'request', 'release', 'review', 'cover',
                                  'duty'], x.kind);
END $$;

-- What waits at agencies and at teams themselves, whether or not anybody is of them: before one closes.
-- callers: web
CREATE OR REPLACE FUNCTION fw.waits_at(agencies uuid[], teams uuid[]) RETURNS TABLE (kind text, held bigint, red bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF NOT fw.has('administrator', 'manager') THEN RETURN; END IF;
    RETURN QUERY SELECT x.kind, count(*), count(*) FILTER (WHERE x.red) FROM fw.waiting_at(agencies, teams) x
     GROUP BY x.kind ORDER BY array_position(ARRAY['request', 'release'], x.kind);
END $$;

-- Each of them, and whether it is Red. Only for the two functions above, which ask who looks.
CREATE OR REPLACE FUNCTION fw.waiting_at(agencies uuid[], teams uuid[]) RETURNS TABLE (kind text, red boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    RETURN QUERY
        SELECT 'request', e.colour = 'red' FROM public.information_sharing_informationrequest r
          JOIN public.screening_enquiry e ON e.id = r.enquiry_id
         WHERE r.agency_id = ANY (agencies) AND r.state IN ('sent', 'heard', 'cannot_search')
        UNION ALL
        SELECT 'release', e.colour = 'red' FROM public.decisions_mashsummary s
          JOIN public.screening_enquiry e ON e.id = s.enquiry_id
         WHERE s.team_id = ANY (teams) AND s.state IN ('sent', 'queried')
        UNION ALL
        SELECT 'release', h.colour = 'red' FROM public.screening_handover h
         WHERE h.team_id = ANY (teams) AND h.state IN ('sent', 'queried');
END $$;

-- A membership was changed, which ends one and begins another: what the roles of the new one still work on goes along.
-- Returns how much. For the administrator, or whoever has given the word for the change, between two memberships of one
-- person in one agency, of which the first has ended.
-- callers: web
CREATE OR REPLACE FUNCTION fw.pass_on(old uuid, new uuid) RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    held text[];
    moved integer := 0;
    rows integer;
BEGIN
    SELECT n.roles::text[] INTO held FROM public.agencies_membership o
      JOIN public.agencies_membership n ON n.user_id = o.user_id AND n.agency_id = o.agency_id
     WHERE o.id = old AND n.id = new AND o.ended_at IS NOT NULL AND n.ended_at IS NULL;
    IF held IS NULL OR NOT (fw.has('administrator') OR EXISTS (
        SELECT 1 FROM public.agencies_roleproposal p
         WHERE p.replaces_id = old AND p.membership_id = new AND p.answered_by_id = fw.membership())) THEN
        RETURN 0;
    END IF;
    IF held && '{social_worker}'::text[] THEN
        UPDATE public.screening_enquiry e SET social_worker_id = new, version = e.version + 1
         WHERE e.social_worker_id = old AND e.state <> 'closed';
        GET DIAGNOSTICS moved = ROW_COUNT;
        UPDATE public.clock_deadline d SET membership_id = new, version = d.version + 1
         WHERE d.membership_id = old AND d.met_at IS NULL AND d.cancelled_at IS NULL;
        UPDATE public.agencies_duty d SET membership_id = new WHERE d.membership_id = old AND d.ended_at IS NULL;
        UPDATE public.agencies_absence a SET cover_id = new WHERE a.cover_id = old AND a.ended_at IS NULL;
    END IF;
    IF held && '{front_door,screener}'::text[] THEN
        UPDATE public.contacts_contact c SET claimed_by_id = new, version = c.version + 1
         WHERE c.claimed_by_id = old AND c.state IN ('received', 'with_panel');
        GET DIAGNOSTICS rows = ROW_COUNT;
        moved := moved + rows;
    END IF;
    UPDATE public.agencies_absence a SET membership_id = new WHERE a.membership_id = old AND a.ended_at IS NULL;
    RETURN moved;
END $$;
