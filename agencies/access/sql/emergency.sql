-- The emergency route and broken glass, for both walls.

SET ROLE mash_definer;

-- Requests that the agency of the person at work may answer though its signature is not in force. fw.roles() says
-- that they are neither researcher nor lead, so nothing but these rows opens; the roles are read from the membership.
CREATE FUNCTION fw.emergency() RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    today date := (now() AT TIME ZONE 'Europe/London')::date;
BEGIN
    IF NOT EXISTS (SELECT 1 FROM public.agencies_emergencyuse e WHERE e.ends_at > clock_timestamp()) THEN
        RETURN '{}';
    END IF;
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
           AND e.opened_at <= clock_timestamp() AND e.ends_at > clock_timestamp()
           AND r.state <> 'withdrawn'
           AND NOT r.enquiry_id = ANY (fw.closed_enquiries())), '{}');
END $$;

-- Break the glass of one enquiry, by the reference that somebody was told. What is absent, closed by a conflict of
-- interest or not for this role gives the same answer: nothing. The only way in which such a row is made; a moment
-- that lies in the past only ends it sooner.
-- It also says how often this person, in whatever membership, has done so within a day.
CREATE FUNCTION fw.break_glass(told text, why text, told_at timestamptz, review_due timestamptz, row_key uuid,
                               OUT enquiry uuid, OUT times int)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    moment timestamptz := least(told_at, clock_timestamp());
BEGIN
    IF NOT fw.roles() && '{front_door,screener,social_worker,out_of_hours}'::text[] OR btrim(why) = '' THEN
        RETURN;
    END IF;
    SELECT e.id INTO enquiry FROM public.screening_enquiry e
     WHERE e.reference = told AND NOT e.id = ANY (fw.closed_enquiries());
    IF enquiry IS NOT NULL THEN
        INSERT INTO public.agencies_brokenglass (id, membership_id, enquiry_id, enquiry_reference, broken_at, ends_at,
                                                 review_due_at, finding)
        VALUES (row_key, fw.membership(), enquiry, told, moment, moment + interval '12 hours', review_due, '');
        INSERT INTO public.agencies_needreason (id, enquiry_id, text) VALUES (row_key, enquiry, why);
        SELECT count(*) INTO times FROM public.agencies_brokenglass g
          JOIN public.agencies_membership m ON m.id = g.membership_id
         WHERE m.user_id = (SELECT w.user_id FROM public.agencies_membership w WHERE w.id = fw.membership())
           AND g.broken_at > moment - interval '1 day' AND g.broken_at <= moment;
    END IF;
END $$;

DROP FUNCTION fw.parts(text);
CREATE FUNCTION fw.parts(told text, OUT closed_contacts uuid[], OUT closed_enquiries uuid[], OUT closed_persons uuid[],
                         OUT closed_references text[], OUT reviewed uuid[], OUT broken uuid[], OUT emergency uuid[])
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    closed_contacts := fw.closed_contacts();
    closed_enquiries := fw.closed_enquiries();
    closed_persons := fw.closed_persons();
    closed_references := fw.closed_references();
    reviewed := fw.reviewed();
    broken := fw.broken();
    emergency := fw.emergency();
END $$;

REVOKE ALL ON FUNCTION fw.emergency(), fw.break_glass(text, text, timestamptz, timestamptz, uuid), fw.parts(text)
    FROM PUBLIC;
GRANT EXECUTE ON FUNCTION fw.emergency(), fw.parts(text) TO mash_web, mash_sweep;
GRANT EXECUTE ON FUNCTION fw.break_glass(text, text, timestamptz, timestamptz, uuid) TO mash_web;

RESET ROLE;
GRANT SELECT ON public.agencies_emergencyuse TO mash_definer;
GRANT INSERT ON public.agencies_brokenglass, public.agencies_needreason TO mash_definer;

-- Both tables decide or explain rights: policies of their own. The web role changes nothing but the review's columns
-- (agencies/rights.py).
ALTER TABLE agencies_emergencyuse ENABLE ROW LEVEL SECURITY;
ALTER TABLE agencies_emergencyuse FORCE ROW LEVEL SECURITY;
ALTER TABLE agencies_needreason ENABLE ROW LEVEL SECURITY;
ALTER TABLE agencies_needreason FORCE ROW LEVEL SECURITY;

CREATE POLICY emergency_seen ON agencies_emergencyuse FOR SELECT TO mash_web USING (
    (SELECT fw.has('manager', 'auditor')) AND NOT enquiry_id = ANY ((SELECT fw.closed_enquiries())::uuid[])
);
CREATE POLICY emergency_opened ON agencies_emergencyuse FOR INSERT TO mash_web WITH CHECK (
    (SELECT fw.has('manager')) AND opened_by_id = (SELECT fw.membership()) AND reviewed_at IS NULL
    AND NOT enquiry_id = ANY ((SELECT fw.closed_enquiries())::uuid[])
);
CREATE POLICY emergency_reviewed ON agencies_emergencyuse FOR UPDATE TO mash_web
    USING (
        (SELECT fw.has('auditor')) AND reviewed_at IS NULL
        AND NOT opened_by_id = ANY ((SELECT fw.memberships())::uuid[])
        AND NOT enquiry_id = ANY ((SELECT fw.closed_enquiries())::uuid[])
    )
    WITH CHECK (reviewed_by_id = (SELECT fw.membership()));

CREATE POLICY reason_seen ON agencies_needreason FOR SELECT TO mash_web USING (
    (SELECT fw.has('manager')) AND NOT enquiry_id = ANY ((SELECT fw.closed_enquiries())::uuid[])
);
CREATE POLICY reason_given ON agencies_needreason FOR INSERT TO mash_web WITH CHECK (
    (SELECT fw.has('manager')) AND NOT enquiry_id = ANY ((SELECT fw.closed_enquiries())::uuid[])
);
