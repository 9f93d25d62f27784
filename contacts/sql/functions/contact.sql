-- Contacts on which protective work is under way, for those who lead it; what somebody led themself, until the contact
-- ends.
-- callers: web, sweep
CREATE OR REPLACE FUNCTION fw.protecting() RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    me uuid := fw.membership();
BEGIN
    IF NOT fw.roles() && '{social_worker,out_of_hours}'::text[] THEN RETURN '{}'; END IF;
    RETURN coalesce((
        SELECT array_agg(DISTINCT p.contact_id)
          FROM public.contacts_protection p JOIN public.contacts_contact c ON c.id = p.contact_id
         WHERE p.state IN ('raised', 'convened')
            OR (c.ended_at IS NULL AND (me IN (p.raised_by_id, p.convened_by_id, p.held_by_id, p.stood_down_by_id)
                                        OR (p.state = 'held' AND fw.roles() && '{out_of_hours}'::text[])))), '{}');
END $$;

-- Whether the public form is still sending this contact. The receipt is written last; once it is there, nothing is added.
-- callers: web
CREATE OR REPLACE FUNCTION fw.being_sent(contact uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    RETURN fw.has('public')
        AND EXISTS (SELECT 1 FROM public.contacts_contact c
                     WHERE c.id = contact AND c.logged_by_id IS NULL AND c.state = 'received' AND c.enquiry_id IS NULL)
        AND NOT EXISTS (SELECT 1 FROM public.contacts_receipt r WHERE r.contact_id = contact);
END $$;
