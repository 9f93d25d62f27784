-- As in conflicts.sql, and a review or broken glass of whoever the conflict names ends as well: the conflict closes the
-- case over them, and once it is lifted they must not open it again by themselves.

SET ROLE mash_definer;

CREATE OR REPLACE FUNCTION fw.part_from(contacts uuid[], memberships uuid[]) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    enquiries uuid[];
BEGIN
    enquiries := coalesce((SELECT array_agg(DISTINCT c.enquiry_id) FROM public.contacts_contact c
                            WHERE c.id = ANY (contacts) AND c.enquiry_id IS NOT NULL), '{}');
    UPDATE public.contacts_contact c SET claimed_by_id = NULL, version = c.version + 1
     WHERE c.id = ANY (contacts) AND c.claimed_by_id = ANY (memberships) AND c.ended_at IS NULL;
    UPDATE public.screening_enquiry e SET social_worker_id = NULL, assigned_at = NULL, version = e.version + 1
     WHERE e.id = ANY (enquiries) AND e.social_worker_id = ANY (memberships) AND e.state <> 'closed';
    UPDATE public.clock_deadline d SET membership_id = NULL, version = d.version + 1
     WHERE d.enquiry_id = ANY (enquiries) AND d.membership_id = ANY (memberships)
       AND d.met_at IS NULL AND d.cancelled_at IS NULL;
    UPDATE public.agencies_review r SET ended_at = fw.now()
     WHERE r.enquiry_id = ANY (enquiries) AND r.membership_id = ANY (memberships) AND r.ended_at IS NULL;
    -- Glass lasts for a moment at least, as its own condition demands.
    UPDATE public.agencies_brokenglass g SET ends_at = greatest(fw.now(), g.broken_at + interval '1 microsecond')
     WHERE g.enquiry_id = ANY (enquiries) AND g.membership_id = ANY (memberships) AND g.ends_at > fw.now();
END $$;

RESET ROLE;
GRANT UPDATE (ended_at) ON public.agencies_review TO mash_definer;
GRANT UPDATE (ends_at) ON public.agencies_brokenglass TO mash_definer;
