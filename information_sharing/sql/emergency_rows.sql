-- The emergency route in the second wall, for all that hangs on a request: answer, items, texts, the people asked about
-- and the header of the enquiry. Permissive, beside the policies of `policies.sql`; what a conflict closes stays closed
-- by the restrictive ones. Runs after `policies.sql`.

CREATE FUNCTION fw.asked_in_emergency(subject uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    RETURN EXISTS (SELECT 1 FROM public.information_sharing_requestsubject s
                    WHERE s.subject_id = subject AND s.request_id = ANY (fw.emergency()));
END $$;
REVOKE ALL ON FUNCTION fw.asked_in_emergency(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION fw.asked_in_emergency(uuid) TO mash_web;
ALTER FUNCTION fw.asked_in_emergency(uuid) OWNER TO mash_definer;

CREATE FUNCTION fw.emergency_enquiries() RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    RETURN coalesce((SELECT array_agg(DISTINCT r.enquiry_id) FROM public.information_sharing_informationrequest r
                      WHERE r.id = ANY (fw.emergency())), '{}');
END $$;
REVOKE ALL ON FUNCTION fw.emergency_enquiries() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION fw.emergency_enquiries() TO mash_web;
ALTER FUNCTION fw.emergency_enquiries() OWNER TO mash_definer;

CREATE POLICY emergency_seen ON screening_enquiry FOR SELECT TO mash_web
    USING (id = ANY ((SELECT fw.emergency_enquiries())::uuid[]));
CREATE POLICY emergency_seen ON contacts_subject FOR SELECT TO mash_web
    USING (cardinality((SELECT fw.emergency())::uuid[]) > 0 AND fw.asked_in_emergency(id));

CREATE POLICY emergency_given ON information_sharing_answer FOR INSERT TO mash_web WITH CHECK (
    given_by_id = (SELECT fw.membership()) AND NOT is_spoken AND request_id = ANY ((SELECT fw.emergency())::uuid[])
);
CREATE POLICY emergency_changed ON information_sharing_answer FOR UPDATE TO mash_web
    USING (request_id = ANY ((SELECT fw.emergency())::uuid[]));

CREATE POLICY emergency_seen ON information_sharing_item FOR SELECT TO mash_web USING (
    request_id = ANY ((SELECT fw.emergency())::uuid[])
    AND (handling <> 'manager_only' OR author_id = (SELECT fw.membership()))
);
CREATE POLICY emergency_given ON information_sharing_item FOR INSERT TO mash_web WITH CHECK (
    author_id = (SELECT fw.membership()) AND NOT is_spoken AND request_id = ANY ((SELECT fw.emergency())::uuid[])
);
CREATE POLICY emergency_changed ON information_sharing_item FOR UPDATE TO mash_web USING (
    request_id = ANY ((SELECT fw.emergency())::uuid[])
    AND (handling <> 'manager_only' OR author_id = (SELECT fw.membership()))
);
CREATE POLICY emergency_written ON information_sharing_itemtext FOR INSERT TO mash_web WITH CHECK (
    written_by_id = (SELECT fw.membership())
    AND (SELECT true FROM information_sharing_item i WHERE i.id = item_id AND i.handling <> 'manager_only'
          AND i.request_id = ANY ((SELECT fw.emergency())::uuid[]) LIMIT 1)
);
CREATE POLICY emergency_seen ON information_sharing_sealedtext FOR SELECT TO mash_web USING (
    (SELECT true FROM information_sharing_item i WHERE i.id = item_id AND i.author_id = (SELECT fw.membership())
       AND i.request_id = ANY ((SELECT fw.emergency())::uuid[]) LIMIT 1)
);
CREATE POLICY emergency_written ON information_sharing_sealedtext FOR INSERT TO mash_web WITH CHECK (
    (SELECT true FROM information_sharing_item i WHERE i.id = item_id AND i.author_id = (SELECT fw.membership())
       AND i.request_id = ANY ((SELECT fw.emergency())::uuid[]) LIMIT 1)
    AND (written_by_id = (SELECT fw.membership()) OR (SELECT true FROM information_sharing_itemtext t
         WHERE t.item_id = information_sharing_sealedtext.item_id AND t.version = information_sharing_sealedtext.version
           AND t.written_by_id = information_sharing_sealedtext.written_by_id LIMIT 1))
);

-- The wording for what its author sealed: they read the proposal and agree or refuse.
CREATE POLICY emergency_seen ON information_sharing_safetyinstruction FOR SELECT TO mash_web USING (
    (SELECT true FROM information_sharing_item i WHERE i.id = item_id AND i.author_id = (SELECT fw.membership())
       AND i.request_id = ANY ((SELECT fw.emergency())::uuid[]) LIMIT 1)
);
CREATE POLICY emergency_settled ON information_sharing_safetyinstruction FOR UPDATE TO mash_web USING (
    (SELECT true FROM information_sharing_item i WHERE i.id = item_id AND i.author_id = (SELECT fw.membership())
       AND i.request_id = ANY ((SELECT fw.emergency())::uuid[]) LIMIT 1)
);
