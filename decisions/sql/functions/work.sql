-- Which sections of "My work" have anything for the viewer, asked in one statement. On most days most have nothing, and
-- to ask each by itself costs a statement, most of it planning (docs/adr/0035).
--
-- fw.work_waits runs as its caller: the policies hold inside it and it opens nothing. PostgreSQL keeps its plans for
-- the connection. But starting a statement whose policies read a chain of tables takes a millisecond even where no row
-- is there, so fw.rarely_waits asks for those as the definer, and repeats the conditions of their policies.
--
-- A section is named where it may have a row; its own query then says which. The IFs are nested because PostgreSQL
-- starts every query of an expression, also of one whose first half is false.

-- callers: web
CREATE OR REPLACE FUNCTION fw.rarely_waits(sections text[]) RETURNS text[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    waiting text[] := '{}';
    held text[] := fw.roles();
    me uuid := fw.membership();
    agency uuid := fw.agency();
BEGIN
    IF 'returned' = ANY (sections) AND held && '{manager}' THEN
        IF EXISTS (SELECT 1 FROM public.screening_handover h
                    WHERE h.state IN ('queried', 'declined', 'withdrawn')
                      AND NOT EXISTS (SELECT 1 FROM public.screening_handover o
                                       WHERE o.screening_id = h.screening_id AND o.sent_at > h.sent_at)
                      AND NOT h.contact_id = ANY ((SELECT fw.closed_contacts())::uuid[])) THEN
            waiting := waiting || 'returned'::text;
        END IF;
    END IF;
    -- As fw.agency() says, for researchers and leads alone: whoever wrote the item, whoever is named for it, and the lead
    -- once it was refused.
    IF 'instructions' = ANY (sections) AND agency IS NOT NULL THEN
        IF EXISTS (SELECT 1 FROM public.information_sharing_safetyinstruction i
                     JOIN public.information_sharing_item t ON t.id = i.item_id
                    WHERE i.agency_id = agency AND i.state IN ('proposed', 'refused')
                      AND (held && '{manager}' OR t.author_id = me OR (held && '{lead}' AND i.refused_at IS NOT NULL)
                           OR EXISTS (SELECT 1 FROM public.information_sharing_sealedreader s
                                       WHERE s.request_id = t.request_id AND s.membership_id = me AND s.ended_at IS NULL))
                      AND NOT t.enquiry_id = ANY ((SELECT fw.closed_enquiries())::uuid[])) THEN
            waiting := waiting || 'instructions'::text;
        END IF;
    END IF;
    IF 'corrections_untold' = ANY (sections) THEN
        IF fw.corrections_untold() <> '{}' THEN waiting := waiting || 'corrections_untold'::text; END IF;
    END IF;
    IF 'corrections_to_say' = ANY (sections) AND held && '{front_door}' THEN
        IF EXISTS (SELECT 1 FROM public.decisions_correctionnotice n
                    WHERE n.told_at IS NULL AND n.kind IN ('feedback', 'letter')
                      AND NOT n.contact_id = ANY ((SELECT fw.closed_contacts())::uuid[])) THEN
            waiting := waiting || 'corrections_to_say'::text;
        END IF;
    END IF;
    IF 'corrections_to_read' = ANY (sections) AND held && '{researcher,lead,receiving_worker,manager}' THEN
        IF EXISTS (SELECT 1 FROM public.decisions_correctionnotice n
                    WHERE n.told_at IS NULL AND n.agency_id = agency
                      AND NOT n.contact_id = ANY ((SELECT fw.closed_contacts())::uuid[]))
           OR EXISTS (SELECT 1 FROM public.decisions_correctionnotice n
                       WHERE n.told_at IS NULL
                         AND n.team_id = (SELECT m.team_id FROM public.agencies_membership m WHERE m.id = me)
                         AND (held && '{manager}'
                              OR EXISTS (SELECT 1 FROM public.screening_handovergrant g
                                          WHERE g.content_object_id = n.handover_id AND g.group_id = ANY (fw.groups()))
                              OR EXISTS (SELECT 1 FROM public.decisions_summarygrant g
                                          WHERE g.content_object_id = n.summary_id AND g.group_id = ANY (fw.groups())))
                         AND NOT n.contact_id = ANY ((SELECT fw.closed_contacts())::uuid[])) THEN
            waiting := waiting || 'corrections_to_read'::text;
        END IF;
    END IF;
    -- What has nobody at work: each of these functions answers to the manager alone.
    IF 'left_behind' = ANY (sections) THEN
        IF fw.unattended() <> '{}' THEN waiting := waiting || 'left_behind'::text; END IF;
    END IF;
    IF 'silent_requests' = ANY (sections) AND held && '{manager,social_worker}' THEN
        IF fw.nobody_answers() <> '{}' THEN waiting := waiting || 'silent_requests'::text; END IF;
    END IF;
    IF 'instructions_of_nobody' = ANY (sections) THEN
        IF fw.instructions_of_nobody() <> '{}' THEN waiting := waiting || 'instructions_of_nobody'::text; END IF;
    END IF;
    IF 'unread_by_nobody' = ANY (sections) THEN
        IF fw.corrections_of_nobody() <> '{}' THEN waiting := waiting || 'unread_by_nobody'::text; END IF;
    END IF;
    IF 'empty_teams' = ANY (sections) AND held && '{manager}' THEN
        IF fw.handovers_of_nobody() <> '{}' OR fw.summaries_of_nobody() <> '{}' THEN
            waiting := waiting || 'empty_teams'::text;
        END IF;
    END IF;
    -- What a desk of the hub leaves to the manager.
    IF 'empty_front_door' = ANY (sections) AND held && '{manager}' THEN
        IF fw.desk_is_empty('front_door') OR fw.closed_to_desk('front_door') <> '{}' THEN
            waiting := waiting || 'empty_front_door'::text;
        END IF;
    END IF;
    IF 'no_decision_maker' = ANY (sections) AND held && '{manager}' THEN
        IF fw.desk_is_empty('screener') OR fw.closed_to_desk('screener') <> '{}' THEN
            waiting := waiting || 'no_decision_maker'::text;
        END IF;
    END IF;
    RETURN waiting;
END $$;

-- callers: web
CREATE OR REPLACE FUNCTION fw.work_waits(sections text[], agency uuid) RETURNS text[]
LANGUAGE plpgsql STABLE SECURITY INVOKER SET search_path = pg_catalog AS $$
DECLARE
    waiting text[] := '{}';
BEGIN
    IF sections && '{returned,instructions,corrections_untold,corrections_to_say,corrections_to_read,left_behind,
                     empty_teams,silent_requests,instructions_of_nobody,unread_by_nobody,empty_front_door,
                     no_decision_maker}' THEN
        waiting := fw.rarely_waits(sections);
    END IF;
    IF 'protections' = ANY (sections) THEN
        IF EXISTS (SELECT 1 FROM public.contacts_protection p WHERE p.state IN ('raised', 'convened')) THEN
            waiting := waiting || 'protections'::text;
        END IF;
    END IF;
    IF 'put_to_manager' = ANY (sections) THEN
        IF EXISTS (SELECT 1 FROM public.screening_screening s WHERE s.state = 'with_manager') THEN
            waiting := waiting || 'put_to_manager'::text;
        END IF;
    END IF;
    IF 'returned_own' = ANY (sections) THEN
        IF EXISTS (SELECT 1 FROM public.screening_handover h
                    WHERE h.state IN ('queried', 'declined', 'withdrawn') AND h.sent_by_id = fw.membership()
                      AND NOT EXISTS (SELECT 1 FROM public.screening_handover o
                                       WHERE o.screening_id = h.screening_id AND o.sent_at > h.sent_at)) THEN
            waiting := waiting || 'returned_own'::text;
        END IF;
    END IF;
    IF 'staff_matches' = ANY (sections) THEN
        IF EXISTS (SELECT 1 FROM public.contacts_staffmatch m WHERE m.settled_at IS NULL) THEN
            waiting := waiting || 'staff_matches'::text;
        END IF;
    END IF;
    IF 'spoken_answers' = ANY (sections) THEN
        IF EXISTS (SELECT 1 FROM public.information_sharing_answer a
                     JOIN public.information_sharing_informationrequest r ON r.id = a.request_id
                    WHERE a.is_spoken AND a.confirmed_at IS NULL AND r.agency_id = agency) THEN
            waiting := waiting || 'spoken_answers'::text;
        END IF;
    END IF;
    IF 'summaries' = ANY (sections) THEN
        IF EXISTS (SELECT 1 FROM public.decisions_mashsummary y WHERE y.state IN ('with_manager', 'queried')) THEN
            waiting := waiting || 'summaries'::text;
        END IF;
    END IF;
    IF 'summaries_queried' = ANY (sections) THEN
        IF EXISTS (SELECT 1 FROM public.decisions_mashsummary y
                    WHERE y.state = 'queried'
                      AND (y.social_worker_id = fw.membership() OR y.enquiry_id = ANY ((SELECT fw.stands_in())::uuid[]))) THEN
            waiting := waiting || 'summaries_queried'::text;
        END IF;
    END IF;
    IF 'summaries_changed' = ANY (sections) THEN
        IF EXISTS (SELECT 1 FROM public.decisions_summarychange g WHERE g.settled_at IS NULL) THEN
            waiting := waiting || 'summaries_changed'::text;
        END IF;
    END IF;
    IF 'summaries_to_telephone' = ANY (sections) THEN
        IF EXISTS (SELECT 1 FROM public.decisions_mashsummary y
                    WHERE y.superseded_at IS NOT NULL AND y.telephoned_at IS NULL) THEN
            waiting := waiting || 'summaries_to_telephone'::text;
        END IF;
    END IF;
    IF 'undelivered' = ANY (sections) THEN
        IF EXISTS (SELECT 1 FROM public.decisions_undelivered u WHERE u.settled_at IS NULL) THEN
            waiting := waiting || 'undelivered'::text;
        END IF;
    END IF;
    IF 'came_back' = ANY (sections) THEN
        IF EXISTS (SELECT 1 FROM public.decisions_cameback b WHERE b.settled_at IS NULL) THEN
            waiting := waiting || 'came_back'::text;
        END IF;
    END IF;
    IF 'letters' = ANY (sections) THEN
        IF fw.letters_owed(1) <> '{}' THEN waiting := waiting || 'letters'::text; END IF;
    END IF;
    RETURN waiting;
END $$;
