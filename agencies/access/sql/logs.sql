-- Who writes the log, and what of it is read back: the web role writes rows that it cannot read.

-- Whether a row of the log speaks of whoever acts: the membership of the identity, with its own person and agency.
CREATE FUNCTION fw.writes_as(named uuid, person uuid, agency uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    me uuid := fw.membership();
BEGIN
    IF me IS NULL OR named IS DISTINCT FROM me THEN RETURN false; END IF;
    IF me::text LIKE '00000000-0000-4000-8000-%' THEN RETURN person IS NULL AND agency IS NULL; END IF;
    RETURN EXISTS (SELECT 1 FROM public.agencies_membership m
                    WHERE m.id = me AND m.user_id = person AND m.agency_id = agency);
END $$;

-- Whether the caller sees a record: asked as mash_probe, which has the web role's rights and policies and nothing more.
-- A function of the definer's asks this first and then passes on what it alone can read.
CREATE FUNCTION fw.sees(kind text, record uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    found boolean;
BEGIN
    IF kind NOT IN (
        'contacts.contact', 'contacts.protection', 'screening.enquiry', 'screening.screening', 'screening.handover',
        'information_sharing.informationrequest', 'information_sharing.answer', 'information_sharing.item',
        'information_sharing.safetyinstruction', 'decisions.analysis', 'decisions.decision', 'decisions.mashsummary',
        'decisions.familyletter', 'decisions.complaint', 'decisions.jointview'
    ) THEN
        RETURN false;
    END IF;
    EXECUTE format('SELECT true FROM public.%I WHERE id = $1', replace(kind, '.', '_')) INTO found USING record;
    RETURN coalesce(found, false);
END $$;

-- What happened to a record last, for whoever sees it; an administrator sees the directory's.
CREATE FUNCTION fw.last_event(kind text, record uuid) RETURNS TABLE (at timestamptz, verb text, who text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF NOT (fw.sees(kind, record) OR (kind LIKE 'agencies.%' AND fw.has('administrator'))) THEN RETURN; END IF;
    RETURN QUERY
    SELECT e.at, e.verb::text, coalesce(u.name, '')::text
      FROM public.audit_event e LEFT JOIN public.agencies_user u ON u.id = e.user_id
     WHERE e.record_id = record AND e.record_type = kind ORDER BY e.at DESC, e.id LIMIT 1;
END $$;

-- What happened to a record, the latest first, for whoever sees it: which columns changed, never what they said.
CREATE FUNCTION fw.history_of(kind text, record uuid, most integer)
RETURNS TABLE (at timestamptz, verb text, changed text, who text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF NOT fw.sees(kind, record) THEN RETURN; END IF;
    RETURN QUERY
    SELECT e.at, e.verb::text, coalesce(e.details ->> 'changed', ''), coalesce(u.name, '')::text
      FROM public.audit_event e LEFT JOIN public.agencies_user u ON u.id = e.user_id
     WHERE e.record_id = record ORDER BY e.at DESC, e.id LIMIT most;
END $$;

REVOKE ALL ON FUNCTION fw.writes_as(uuid, uuid, uuid), fw.sees(text, uuid), fw.last_event(text, uuid),
    fw.history_of(text, uuid, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION fw.writes_as(uuid, uuid, uuid) TO mash_web, mash_sweep;
GRANT EXECUTE ON FUNCTION fw.sees(text, uuid) TO mash_definer;
GRANT EXECUTE ON FUNCTION fw.last_event(text, uuid), fw.history_of(text, uuid, integer) TO mash_web;
ALTER FUNCTION fw.writes_as(uuid, uuid, uuid) OWNER TO mash_definer;
ALTER FUNCTION fw.sees(text, uuid) OWNER TO mash_probe;
ALTER FUNCTION fw.last_event(text, uuid) OWNER TO mash_definer;
ALTER FUNCTION fw.history_of(text, uuid, integer) OWNER TO mash_definer;

-- The log's own policies. A refusal may come from somebody who has chosen no membership yet: then nobody's identity
-- writes it, and it names no membership and no agency.
ALTER TABLE audit_event ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_event FORCE ROW LEVEL SECURITY;
ALTER TABLE audit_reading ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_reading FORCE ROW LEVEL SECURITY;
ALTER TABLE audit_refusal ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_refusal FORCE ROW LEVEL SECURITY;

CREATE POLICY event_written ON audit_event FOR INSERT TO mash_web, mash_sweep
    WITH CHECK (fw.writes_as(membership_id, user_id, agency_id));
CREATE POLICY reading_written ON audit_reading FOR INSERT TO mash_web, mash_sweep
    WITH CHECK (fw.writes_as(membership_id, user_id, agency_id));
CREATE POLICY refusal_written ON audit_refusal FOR INSERT TO mash_web, mash_sweep
    WITH CHECK (fw.writes_as(membership_id, user_id, agency_id)
        OR (membership_id IS NULL AND agency_id IS NULL AND (SELECT fw.membership()) IS NULL));
CREATE POLICY event_audited ON audit_event FOR SELECT TO mash_auditor USING (true);
CREATE POLICY reading_audited ON audit_reading FOR SELECT TO mash_auditor USING (true);
CREATE POLICY refusal_audited ON audit_refusal FOR SELECT TO mash_auditor USING (true);
