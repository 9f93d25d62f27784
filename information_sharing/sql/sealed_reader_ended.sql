-- Whom a lead named for what is sealed on a request may be un-named. The row stays as evidence, and nobody sees it any
-- more: the policies that ask for it (policies.sql) ask under this one, so the right ends with the statement.

ALTER POLICY seen ON information_sharing_sealedreader USING (
    ended_at IS NULL AND (SELECT true FROM information_sharing_informationrequest r WHERE r.id = request_id
        AND r.agency_id = (SELECT fw.agency())
        AND ((SELECT fw.has('lead')) OR membership_id = (SELECT fw.membership())) LIMIT 1)
);
ALTER POLICY named ON information_sharing_sealedreader WITH CHECK (
    ended_at IS NULL AND (SELECT fw.has('lead')) AND named_by_id = (SELECT fw.membership())
    AND membership_id <> named_by_id
    AND (SELECT true FROM agencies_membership m WHERE m.id = membership_id AND m.agency_id = (SELECT fw.agency()))
    AND (SELECT true FROM information_sharing_informationrequest r
          WHERE r.id = request_id AND r.agency_id = (SELECT fw.agency()) LIMIT 1)
);

-- A row that nobody sees any more cannot be left behind by a statement of the web role, and it changes no such row: a
-- lead of the agency ends one by its key, in their own name. A moment that lies ahead counts as now.
CREATE FUNCTION fw.end_sealed_reader(reader uuid, told_at timestamptz) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF NOT fw.has('lead') OR fw.agency() IS NULL THEN RETURN false; END IF;
    UPDATE public.information_sharing_sealedreader s
       SET ended_at = least(told_at, clock_timestamp()), ended_by_id = fw.membership()
      FROM public.information_sharing_informationrequest r
     WHERE s.id = reader AND s.ended_at IS NULL AND r.id = s.request_id AND r.agency_id = fw.agency()
       AND NOT r.enquiry_id = ANY (fw.closed_enquiries());
    RETURN FOUND;
END $$;
REVOKE ALL ON FUNCTION fw.end_sealed_reader(uuid, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION fw.end_sealed_reader(uuid, timestamptz) TO mash_web;
ALTER FUNCTION fw.end_sealed_reader(uuid, timestamptz) OWNER TO mash_definer;
GRANT SELECT, UPDATE ON information_sharing_sealedreader TO mash_definer;
GRANT SELECT ON information_sharing_informationrequest TO mash_definer;
