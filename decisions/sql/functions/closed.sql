-- References of all that a closed case is made of, for what carries a reference and no key: notices.
-- callers: web, sweep
CREATE OR REPLACE FUNCTION fw.closed_references() RETURNS text[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    contacts uuid[];
    enquiries uuid[];
BEGIN
    IF NOT fw.has_conflict() THEN RETURN '{}'; END IF;
    contacts := fw.closed_contacts();
    enquiries := fw.closed_enquiries();
    RETURN coalesce((
        SELECT array_agg(x.reference) FROM (
            SELECT c.reference FROM public.contacts_contact c WHERE c.id = ANY (contacts)
            UNION ALL SELECT p.reference FROM public.contacts_protection p WHERE p.contact_id = ANY (contacts)
            UNION ALL SELECT s.reference FROM public.screening_screening s WHERE s.contact_id = ANY (contacts)
            UNION ALL SELECT h.reference FROM public.screening_handover h WHERE h.contact_id = ANY (contacts)
            UNION ALL SELECT l.reference FROM public.decisions_familyletter l WHERE l.contact_id = ANY (contacts)
            UNION ALL SELECT k.reference FROM public.decisions_complaint k WHERE k.contact_id = ANY (contacts)
            UNION ALL SELECT f.reference FROM public.decisions_feedback f WHERE f.contact_id = ANY (contacts)
            UNION ALL SELECT t.reference FROM public.decisions_outgoingtext t WHERE t.contact_id = ANY (contacts)
            UNION ALL SELECT n.reference FROM public.decisions_correctionnotice n WHERE n.contact_id = ANY (contacts)
            UNION ALL SELECT e.reference FROM public.screening_enquiry e WHERE e.id = ANY (enquiries)
            UNION ALL SELECT r.reference FROM public.information_sharing_informationrequest r
                       WHERE r.enquiry_id = ANY (enquiries)
            UNION ALL SELECT y.reference FROM public.decisions_mashsummary y WHERE y.enquiry_id = ANY (enquiries)
            UNION ALL SELECT i.reference FROM public.information_sharing_safetyinstruction i
                        JOIN public.information_sharing_item t ON t.id = i.item_id WHERE t.enquiry_id = ANY (enquiries)
        ) x), '{}');
END $$;

-- Of which contact, or else of which enquiry, a reference speaks, whatever record it is of; null where it is of neither.
CREATE OR REPLACE FUNCTION fw.case_spoken_of(named text, OUT contact uuid, OUT enquiry uuid)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    contact := (
        SELECT c.id FROM public.contacts_contact c WHERE c.reference = named
        UNION ALL SELECT p.contact_id FROM public.contacts_protection p WHERE p.reference = named
        UNION ALL SELECT r.contact_id FROM public.contacts_receipt r WHERE r.reference = named
        UNION ALL SELECT s.contact_id FROM public.screening_screening s WHERE s.reference = named
        UNION ALL SELECT h.contact_id FROM public.screening_handover h WHERE h.reference = named
        UNION ALL SELECT l.contact_id FROM public.decisions_familyletter l WHERE l.reference = named
        UNION ALL SELECT k.contact_id FROM public.decisions_complaint k WHERE k.reference = named
        UNION ALL SELECT f.contact_id FROM public.decisions_feedback f WHERE f.reference = named
        UNION ALL SELECT t.contact_id FROM public.decisions_outgoingtext t WHERE t.reference = named
        UNION ALL SELECT x.contact_id FROM public.decisions_correctionnotice x WHERE x.reference = named
        LIMIT 1);
    IF contact IS NULL THEN
        enquiry := (
            SELECT e.id FROM public.screening_enquiry e WHERE e.reference = named
            UNION ALL SELECT r.enquiry_id FROM public.information_sharing_informationrequest r WHERE r.reference = named
            UNION ALL SELECT y.enquiry_id FROM public.decisions_mashsummary y WHERE y.reference = named
            UNION ALL SELECT t.enquiry_id FROM public.information_sharing_safetyinstruction i
                        JOIN public.information_sharing_item t ON t.id = i.item_id WHERE i.reference = named
            LIMIT 1);
    END IF;
END $$;

-- The contacts that a conflict closes with the case behind a reference.
CREATE OR REPLACE FUNCTION fw.case_of(named text) RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    about record;
BEGIN
    SELECT * INTO about FROM fw.case_spoken_of(named);
    RETURN fw.closed_by(about.contact, about.enquiry, NULL);
END $$;

-- Decisions that a conflict closes, for what names a decision and may be read without its enquiry.
-- callers: web
CREATE OR REPLACE FUNCTION fw.closed_decisions() RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    closed uuid[] := fw.closed_enquiries();
BEGIN
    IF closed = '{}' THEN RETURN closed; END IF;
    RETURN coalesce((SELECT array_agg(d.id) FROM public.decisions_decision d WHERE d.enquiry_id = ANY (closed)), '{}');
END $$;
