-- Contacts on which protective work is under way, for those who lead it; what somebody led themself, and for the duty
-- team what was held, until the contact ends: its end takes up what was held before it, not what is held since.
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
            OR ((c.ended_at IS NULL OR p.state = 'held' AND p.held_at > c.ended_at)
                AND (me IN (p.raised_by_id, p.convened_by_id, p.held_by_id, p.stood_down_by_id)
                     OR (p.state = 'held' AND fw.roles() && '{out_of_hours}'::text[])))), '{}');
END $$;

-- Whether an end of its contact has taken up protective work: it came after the work was held. For whoever leads such
-- work and may not see the contact any more, so that what waits does not hang on who asks; of work that they see alone.
-- callers: web, sweep
CREATE OR REPLACE FUNCTION fw.taken_up(protection uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    RETURN fw.has('front_door', 'manager', 'social_worker', 'out_of_hours', 'clock')
        AND EXISTS (SELECT 1 FROM public.contacts_protection p JOIN public.contacts_contact c ON c.id = p.contact_id
                     WHERE p.id = protection AND c.ended_at >= p.held_at)
        AND (fw.has('clock') OR fw.sees('contacts.protection', protection));
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

-- Contacts whose enquiry somebody looks into, or was named to review: an enquiry has few, and a person looks into few.
--
-- Policies of what hangs on a contact read these arrays, and ask fw.works_on of a row: a subquery on contacts there would
-- bring the eleven questions of the contact's own policies into each statement on protective work, and of all that hangs
-- on it (docs/adr/0033). What a conflict closes is left out, as those policies leave it out.
-- callers: web
CREATE OR REPLACE FUNCTION fw.contacts_looked_into() RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    enquiries uuid[] := fw.looked_into();
    closed uuid[];
BEGIN
    IF enquiries = '{}' THEN RETURN enquiries; END IF;
    closed := fw.closed_contacts();
    RETURN coalesce((SELECT array_agg(c.id) FROM public.contacts_contact c
                      WHERE c.enquiry_id = ANY (enquiries) AND NOT c.id = ANY (closed)), '{}');
END $$;

-- callers: web
CREATE OR REPLACE FUNCTION fw.contacts_reviewed() RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    enquiries uuid[] := fw.reviewed();
    closed uuid[];
BEGIN
    IF enquiries = '{}' THEN RETURN enquiries; END IF;
    closed := fw.closed_contacts();
    RETURN coalesce((SELECT array_agg(c.id) FROM public.contacts_contact c
                      WHERE c.enquiry_id = ANY (enquiries) AND NOT c.id = ANY (closed)), '{}');
END $$;

-- Whether the social worker at work works on a contact: it is their own, or they stand in on its enquiry.
-- callers: web
CREATE OR REPLACE FUNCTION fw.works_on_contact(contact uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    me uuid := fw.worker();
BEGIN
    IF me IS NULL OR NOT EXISTS (
        SELECT 1 FROM public.contacts_contact c WHERE c.id = contact
           AND (c.social_worker_id = me OR c.enquiry_id = ANY ((SELECT fw.stands_in())::uuid[]))) THEN
        RETURN false;
    END IF;
    RETURN NOT contact = ANY (fw.closed_contacts());
END $$;
