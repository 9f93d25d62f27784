-- Wall 2 for screening and the MASH enquiry: the rules of screening/visibility.py once more, in the database.

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY '{enquiry,rating,owndeadline,screening,screeningreasons,childscreening,panelview,handover,
                            handoverexchange,handovergrant}'::text[] LOOP
        EXECUTE format('ALTER TABLE screening_%s ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('ALTER TABLE screening_%s FORCE ROW LEVEL SECURITY', name);
    END LOOP;
END $$;

-- Grants come back to whom they were given; the enquiries' stand since information_sharing/sql/request_policies.sql.
CREATE POLICY grant_seen ON screening_handovergrant FOR SELECT TO mash_web
    USING (group_id = ANY ((SELECT fw.gids())::int[]));
CREATE FUNCTION fw.sent_handover(handover uuid, wanted int) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    RETURN fw.has('screener', 'manager') AND EXISTS (
        SELECT 1 FROM public.screening_handover h JOIN public.agencies_team t ON t.id = h.team_id
         WHERE h.id = handover AND t.group_id = wanted AND h.sent_by_id = fw.membership());
END $$;
REVOKE ALL ON FUNCTION fw.sent_handover(uuid, int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION fw.sent_handover(uuid, int) TO mash_web;
ALTER FUNCTION fw.sent_handover(uuid, int) OWNER TO mash_definer;
CREATE POLICY grant_made ON screening_handovergrant FOR INSERT TO mash_web
    WITH CHECK (fw.sent_handover(content_object_id, group_id));

-- The header: the hub's own people, the assigned social worker, agencies that were asked. Decisions open it to a team.
CREATE POLICY seen ON screening_enquiry FOR SELECT TO mash_web USING (
    (SELECT fw.has('front_door', 'screener', 'manager', 'out_of_hours'))
    OR ((SELECT fw.has('social_worker')) AND social_worker_id = (SELECT fw.membership()))
    OR (SELECT true FROM screening_enquirygrant g WHERE g.content_object_id = screening_enquiry.id
         AND g.group_id = ANY ((SELECT fw.gids())::int[]) LIMIT 1)
    OR id = ANY ((SELECT fw.looked_into())::uuid[])
    OR ((SELECT fw.has('clock')) AND state IN ('released', 'closed'))
);
CREATE POLICY opened ON screening_enquiry FOR INSERT TO mash_web
    WITH CHECK ((SELECT fw.has('screener', 'manager')) AND opened_by_id = (SELECT fw.membership()));
CREATE POLICY moved ON screening_enquiry FOR UPDATE TO mash_web USING (
    (SELECT fw.has('manager', 'screener', 'front_door'))
    OR ((SELECT fw.has('social_worker')) AND social_worker_id = (SELECT fw.membership()))
);
CREATE POLICY closed ON screening_enquiry AS RESTRICTIVE FOR ALL TO mash_web
    USING (NOT id = ANY ((SELECT fw.closed_enquiries())::uuid[]));

-- Ratings and own deadlines with their reasons: the decision team.
CREATE POLICY seen ON screening_rating FOR SELECT TO mash_web USING (
    (SELECT true FROM screening_enquiry e WHERE e.id = enquiry_id AND (
        (SELECT fw.has('manager'))
        OR ((SELECT fw.has('social_worker')) AND e.social_worker_id = (SELECT fw.membership()))
        OR e.id = ANY ((SELECT fw.looked_into())::uuid[])) LIMIT 1)
);
CREATE POLICY given ON screening_rating FOR INSERT TO mash_web WITH CHECK (
    (SELECT fw.has('manager')) AND rated_by_id = (SELECT fw.membership())
    AND (SELECT true FROM screening_enquiry e WHERE e.id = enquiry_id LIMIT 1)
);
CREATE POLICY seen ON screening_owndeadline FOR SELECT TO mash_web USING (
    (SELECT true FROM screening_enquiry e WHERE e.id = enquiry_id AND (
        (SELECT fw.has('manager'))
        OR ((SELECT fw.has('social_worker')) AND e.social_worker_id = (SELECT fw.membership()))
        OR e.id = ANY ((SELECT fw.looked_into())::uuid[])) LIMIT 1)
);
CREATE POLICY given ON screening_owndeadline FOR INSERT TO mash_web WITH CHECK (
    (SELECT fw.has('manager')) AND set_by_id = (SELECT fw.membership())
    AND (SELECT true FROM screening_enquiry e WHERE e.id = enquiry_id LIMIT 1)
);

-- Screening and levels of need: as the contact.
CREATE POLICY seen ON screening_screening FOR SELECT TO mash_web
    USING ((SELECT true FROM contacts_contact c WHERE c.id = contact_id LIMIT 1));
CREATE POLICY opened ON screening_screening FOR INSERT TO mash_web WITH CHECK (
    (SELECT fw.has('screener', 'manager')) AND (SELECT true FROM contacts_contact c WHERE c.id = contact_id LIMIT 1)
);
CREATE POLICY moved ON screening_screening FOR UPDATE TO mash_web USING (
    (SELECT fw.has('screener', 'manager')) AND (SELECT true FROM contacts_contact c WHERE c.id = contact_id
        AND (c.enquiry_id = ANY ((SELECT fw.broken())::uuid[])) IS NOT TRUE LIMIT 1)
);
CREATE POLICY seen ON screening_childscreening FOR SELECT TO mash_web
    USING ((SELECT true FROM screening_screening s WHERE s.id = screening_id LIMIT 1));
CREATE POLICY given ON screening_childscreening FOR INSERT TO mash_web WITH CHECK (
    (SELECT fw.has('screener', 'manager')) AND (SELECT true FROM screening_screening s WHERE s.id = screening_id LIMIT 1)
);

-- Contacts whose screening a conflict closes, for what screeners read without seeing the contact any more.
CREATE FUNCTION fw.closed_screenings() RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM public.agencies_conflictofinterest) THEN RETURN '{}'; END IF;
    RETURN coalesce((SELECT array_agg(s.id) FROM public.screening_screening s
                      WHERE s.contact_id = ANY (fw.closed_contacts())), '{}');
END $$;
REVOKE ALL ON FUNCTION fw.closed_screenings() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION fw.closed_screenings() TO mash_web;
ALTER FUNCTION fw.closed_screenings() OWNER TO mash_definer;

-- Reasons: screeners, also of earlier contacts, and the decision team; not the front door.
CREATE POLICY seen ON screening_screeningreasons FOR SELECT TO mash_web USING (
    (SELECT fw.has('screener'))
    OR (SELECT true FROM screening_screening s JOIN contacts_contact c ON c.id = s.contact_id WHERE s.id = screening_id AND (
        (SELECT fw.has('manager'))
        OR ((SELECT fw.has('social_worker')) AND c.social_worker_id = (SELECT fw.membership()))
        OR c.enquiry_id = ANY ((SELECT fw.looked_into())::uuid[])) LIMIT 1)
);
CREATE POLICY given ON screening_screeningreasons FOR INSERT TO mash_web WITH CHECK (
    (SELECT fw.has('screener', 'manager')) AND (SELECT true FROM screening_screening s WHERE s.id = screening_id LIMIT 1)
);
CREATE POLICY closed ON screening_screeningreasons AS RESTRICTIVE FOR ALL TO mash_web
    USING (NOT screening_id = ANY ((SELECT fw.closed_screenings())::uuid[]));

-- Views: screeners while sitting, and the decision team.
CREATE POLICY seen ON screening_panelview FOR SELECT TO mash_web USING (
    (SELECT true FROM screening_screening s JOIN contacts_contact c ON c.id = s.contact_id WHERE s.id = screening_id AND (
        (SELECT fw.has('manager', 'screener'))
        OR ((SELECT fw.has('social_worker')) AND c.social_worker_id = (SELECT fw.membership()))
        OR c.enquiry_id = ANY ((SELECT fw.looked_into())::uuid[])) LIMIT 1)
);
CREATE POLICY given ON screening_panelview FOR INSERT TO mash_web WITH CHECK (
    (SELECT fw.has('screener')) AND given_by_id = (SELECT fw.membership()) AND agency_id = (SELECT fw.own_agency())
    AND (SELECT true FROM screening_screening s WHERE s.id = screening_id LIMIT 1)
);
CREATE POLICY changed ON screening_panelview FOR UPDATE TO mash_web USING (
    (SELECT fw.has('screener')) AND agency_id = (SELECT fw.own_agency())
    AND (SELECT true FROM screening_screening s WHERE s.id = screening_id LIMIT 1)
) WITH CHECK (given_by_id = (SELECT fw.membership()) AND agency_id = (SELECT fw.own_agency()));

-- What was handed over: front door, decision team, the screeners who see the contact, the team that got it.
CREATE POLICY worked ON screening_handover FOR ALL TO mash_web USING (
    (SELECT fw.has('front_door', 'manager'))
    OR (SELECT true FROM screening_handovergrant g WHERE g.content_object_id = screening_handover.id
         AND g.group_id = ANY ((SELECT fw.gids())::int[]) LIMIT 1)
    OR ((SELECT fw.has('social_worker')) AND (SELECT true FROM contacts_contact c
         WHERE c.id = contact_id AND c.social_worker_id = (SELECT fw.membership()) LIMIT 1))
    OR ((SELECT fw.has('screener')) AND (SELECT true FROM contacts_contact c WHERE c.id = contact_id LIMIT 1))
);
CREATE POLICY looked_into ON screening_handover FOR SELECT TO mash_web USING (
    (SELECT true FROM contacts_contact c WHERE c.id = contact_id
        AND c.enquiry_id = ANY ((SELECT fw.looked_into())::uuid[]) LIMIT 1)
);
CREATE POLICY closed ON screening_handover AS RESTRICTIVE FOR ALL TO mash_web
    USING (NOT contact_id = ANY ((SELECT fw.closed_contacts())::uuid[]));
CREATE POLICY seen ON screening_handoverexchange FOR SELECT TO mash_web
    USING ((SELECT true FROM screening_handover h WHERE h.id = handover_id LIMIT 1));
CREATE POLICY said ON screening_handoverexchange FOR INSERT TO mash_web WITH CHECK (
    said_by_id = (SELECT fw.membership()) AND (SELECT fw.has('screener', 'manager', 'receiving_worker'))
    AND (SELECT true FROM screening_handover h WHERE h.id = handover_id LIMIT 1)
);

-- A handover that was declined or taken back is the hub's again: its grant ends with the transaction, so that whoever
-- declines can still say why.
CREATE FUNCTION fw.handover_returns() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    DELETE FROM public.screening_handovergrant g WHERE g.content_object_id = NEW.id;
    RETURN NULL;
END $$;
ALTER FUNCTION fw.handover_returns() OWNER TO mash_definer;
CREATE CONSTRAINT TRIGGER returns AFTER UPDATE ON screening_handover DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.state IN ('declined', 'withdrawn')) EXECUTE FUNCTION fw.handover_returns();

-- The clock's viewer ends the contacts of an enquiry that every team accepted; the teams see none of them.
CREATE POLICY ended_by_clock ON contacts_contact FOR ALL TO mash_web USING (
    (SELECT fw.has('clock'))
    AND (SELECT true FROM screening_enquiry e WHERE e.id = enquiry_id AND e.state IN ('released', 'closed') LIMIT 1)
);

-- The worker of an open case says that a contact has arrived by accepting its handover, without seeing the contact.
CREATE FUNCTION fw.acknowledge_contact(contact uuid, moment timestamptz) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM public.screening_handover h
                     JOIN public.screening_handovergrant g ON g.content_object_id = h.id
                    WHERE h.contact_id = contact AND h.state = 'accepted' AND g.group_id = ANY (fw.gids())) THEN
        RETURN false;
    END IF;
    UPDATE public.contacts_contact c SET worker_acknowledged_at = moment, version = c.version + 1
     WHERE c.id = contact AND c.state = 'passed_on' AND c.worker_acknowledged_at IS NULL;
    RETURN FOUND;
END $$;
REVOKE ALL ON FUNCTION fw.acknowledge_contact(uuid, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION fw.acknowledge_contact(uuid, timestamptz) TO mash_web;
ALTER FUNCTION fw.acknowledge_contact(uuid, timestamptz) OWNER TO mash_definer;
GRANT SELECT, DELETE ON screening_handovergrant TO mash_definer;
GRANT SELECT ON screening_handover TO mash_definer;
GRANT SELECT, UPDATE ON contacts_contact TO mash_definer;

-- A record's page shows its clocks.
CREATE POLICY of_enquiry ON clock_deadline FOR SELECT TO mash_web USING (
    subject_kind = 'enquiry' AND (SELECT true FROM screening_enquiry e WHERE e.id = subject_id LIMIT 1)
);
CREATE POLICY of_handover ON clock_deadline FOR SELECT TO mash_web USING (
    subject_kind = 'handover' AND (SELECT true FROM screening_handover h WHERE h.id = subject_id LIMIT 1)
);
