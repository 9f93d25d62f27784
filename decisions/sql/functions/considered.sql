-- What lay before whoever decided is a fact of that moment: whose it was, of what kind, whether it was sealed.

CREATE OR REPLACE FUNCTION fw.considered_takes_item() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    SELECT i.agency_id, i.theme, i.handling = 'manager_only' INTO NEW.agency_id, NEW.theme, NEW.was_sealed
      FROM public.information_sharing_item i WHERE i.id = NEW.item_id;
    RETURN NEW;
END $$;

-- How many confidential items of an enquiry the manager at work has never opened: what somebody says they have read, the
-- log knows.
-- callers: web
CREATE OR REPLACE FUNCTION fw.unopened_sealed(enquiry uuid) RETURNS integer
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    me uuid := fw.person();
BEGIN
    IF NOT fw.has('manager') OR enquiry = ANY (fw.closed_enquiries()) THEN RETURN 0; END IF;
    RETURN (SELECT count(*) FROM public.information_sharing_item i
             WHERE i.enquiry_id = enquiry AND i.handling = 'manager_only'
               AND i.given_at IS NOT NULL AND i.withdrawn_at IS NULL
               AND NOT EXISTS (SELECT 1 FROM public.audit_reading r
                                WHERE r.item_ids @> ARRAY[i.id] AND r.page = 'sealed' AND r.user_id = me));
END $$;
