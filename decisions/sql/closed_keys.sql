-- Keys of what a conflict closes and of what an emergency opens, below an enquiry: each answer is taken before the
-- statement, not asked for every row that it reads (agencies/access/sql/shut_out.sql). Of the apps below this one too.

SET ROLE mash_definer;

CREATE OR REPLACE FUNCTION fw.closed_items() RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    closed uuid[] := fw.closed_enquiries();
BEGIN
    IF closed = '{}' THEN RETURN closed; END IF;
    RETURN coalesce((SELECT array_agg(i.id) FROM public.information_sharing_item i WHERE i.enquiry_id = ANY (closed)), '{}');
END $$;

CREATE OR REPLACE FUNCTION fw.closed_decisions() RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    closed uuid[] := fw.closed_enquiries();
BEGIN
    IF closed = '{}' THEN RETURN closed; END IF;
    RETURN coalesce((SELECT array_agg(d.id) FROM public.decisions_decision d WHERE d.enquiry_id = ANY (closed)), '{}');
END $$;

CREATE OR REPLACE FUNCTION fw.closed_screenings() RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    closed uuid[] := fw.closed_contacts();
BEGIN
    IF closed = '{}' THEN RETURN closed; END IF;
    RETURN coalesce((SELECT array_agg(s.id) FROM public.screening_screening s WHERE s.contact_id = ANY (closed)), '{}');
END $$;

CREATE OR REPLACE FUNCTION fw.emergency_enquiries() RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    opened uuid[] := fw.emergency();
BEGIN
    IF opened = '{}' THEN RETURN opened; END IF;
    RETURN coalesce((SELECT array_agg(DISTINCT r.enquiry_id) FROM public.information_sharing_informationrequest r
                      WHERE r.id = ANY (opened)), '{}');
END $$;

RESET ROLE;
