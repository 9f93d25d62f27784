-- Who writes the log, and what of it is read back: the web role writes rows that it cannot read.

-- Whether a row of the log speaks of whoever acts: the membership of the identity, with its own person and agency.
-- callers: web, sweep
CREATE OR REPLACE FUNCTION fw.writes_as(named uuid, person uuid, agency uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    me uuid := fw.membership();
BEGIN
    IF me IS NULL OR named IS DISTINCT FROM me THEN RETURN false; END IF;
    IF me::text LIKE '00000000-0000-4000-8000-%' THEN RETURN person IS NULL AND agency IS NULL; END IF;
    RETURN EXISTS (SELECT 1 FROM public.agencies_membership m
                    WHERE m.id = me AND m.user_id = person AND m.agency_id = agency);
END $$;

-- What happened to a record last, for whoever sees it; an administrator sees the directory's.
-- callers: web
CREATE OR REPLACE FUNCTION fw.last_event(kind text, record uuid) RETURNS TABLE (at timestamptz, verb text, who text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF NOT (fw.sees(kind, record) OR (kind LIKE 'agencies.%' AND fw.has('administrator'))) THEN RETURN; END IF;
    RETURN QUERY
    SELECT e.at, e.verb::text, fw.name_then(e.user_id, e.at, u.name)
      FROM public.audit_event e LEFT JOIN public.agencies_user u ON u.id = e.user_id
     WHERE e.record_id = record AND e.record_type = kind ORDER BY e.at DESC, e.id LIMIT 1;
END $$;

-- What happened to a record, the latest first, for whoever sees it: which columns changed, never what they said.
-- callers: web
CREATE OR REPLACE FUNCTION fw.history_of(kind text, record uuid, most integer)
RETURNS TABLE (at timestamptz, verb text, changed text, who text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF NOT fw.sees(kind, record) THEN RETURN; END IF;
    RETURN QUERY
    SELECT e.at, e.verb::text, coalesce(e.details ->> 'changed', ''), fw.name_then(e.user_id, e.at, u.name)
      FROM public.audit_event e LEFT JOIN public.agencies_user u ON u.id = e.user_id
     WHERE e.record_id = record ORDER BY e.at DESC, e.id LIMIT most;
END $$;
