-- What an outgoing text is compared with, though its writer may not read it: for the leak check alone
-- (contacts/reads/unseen.py, docs/adr/0098). No person's identity gets a row here, and no page shows one.
-- callers: web
CREATE OR REPLACE FUNCTION fw.referrers_to_compare(contacts uuid[])
RETURNS TABLE (contact uuid, name text, organisation text, telephone text, email text, address text, report text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF NOT fw.has('checker') THEN RETURN; END IF;
    RETURN QUERY
    SELECT r.contact_id, fw.with_key(r.name, r.id::text), fw.with_key(r.organisation, r.id::text),
           fw.with_key(r.telephone, r.id::text), fw.with_key(r.email, r.id::text), fw.with_key(r.address, r.id::text),
           p.text
      FROM public.contacts_referrer r LEFT JOIN public.contacts_report p ON p.contact_id = r.contact_id
     WHERE r.is_private AND r.contact_id = ANY (contacts);
END $$;
