-- What follows when something that a released summary rests on changes.

-- A row for each summary that is out and says what an item said before. An owner who takes something back need not know
-- that it was passed on, and sees no summary; so the database notes it, in the same transaction.
CREATE OR REPLACE FUNCTION fw.item_changes_release() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    because text := CASE WHEN NEW.withdrawn_at IS NOT NULL OR NEW.handling <> 'onward'
                         THEN 'item_taken_back' ELSE 'item_changed' END;
BEGIN
    INSERT INTO public.decisions_summarychange (id, summary_id, cause, item_id, changed_at)
    SELECT gen_random_uuid(), s.id, because, NEW.id, coalesce(NEW.withdrawn_at, fw.now())
      FROM public.decisions_summaryitem c
      JOIN public.decisions_mashsummary s ON s.id = c.summary_id
     WHERE c.item_id = NEW.id AND s.state IN ('sent', 'queried', 'accepted')
       AND NOT EXISTS (SELECT 1 FROM public.decisions_summarychange o
                        WHERE o.summary_id = s.id AND o.item_id = NEW.id AND o.cause = because
                          AND o.settled_at IS NULL);
    RETURN NULL;
END $$;

-- Two become one, or one becomes two: every summary of that enquiry that is out may name the wrong people.
CREATE OR REPLACE FUNCTION fw.link_changes_release() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    INSERT INTO public.decisions_summarychange (id, summary_id, cause, changed_at)
    SELECT gen_random_uuid(), s.id, 'people', coalesce(NEW.undone_at, NEW.linked_at)
      FROM public.contacts_subject p
      JOIN public.contacts_contact c ON c.id = p.contact_id
      JOIN public.decisions_mashsummary s ON s.enquiry_id = c.enquiry_id
     WHERE p.id = NEW.subject_id AND s.state IN ('sent', 'queried', 'accepted')
       AND NOT EXISTS (SELECT 1 FROM public.decisions_summarychange o
                        WHERE o.summary_id = s.id AND o.cause = 'people' AND o.settled_at IS NULL);
    RETURN NULL;
END $$;

-- Who of its team has opened a summary, and when first: for its decision team, and for the team itself.
-- callers: web
CREATE OR REPLACE FUNCTION fw.summary_readers(summary uuid) RETURNS TABLE (who text, read_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    RETURN QUERY
    SELECT fw.name_then(u.id, min(r.at), u.name), min(r.at)
      FROM public.decisions_mashsummary s
      JOIN public.audit_reading r ON r.reference = s.reference AND r.page = 'summary'
      JOIN public.agencies_membership m ON m.id = r.membership_id AND m.team_id = s.team_id
      JOIN public.agencies_user u ON u.id = m.user_id
     WHERE s.id = summary AND NOT s.enquiry_id = ANY (fw.closed_enquiries())
       AND (fw.has('manager')
            OR (fw.has('social_worker') AND (s.social_worker_id = fw.membership() OR s.enquiry_id = ANY (fw.stands_in())))
            OR (s.team_id = fw.team() AND s.state IN ('sent', 'queried', 'accepted', 'superseded', 'settled')))
     GROUP BY u.id, u.name ORDER BY min(r.at);
END $$;
