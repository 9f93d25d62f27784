-- Wall 2 for screening and the MASH enquiry: the rules of screening/visibility.py once more, in the database.

-- Grants come back to whom they were given.
CREATE POLICY grant_seen ON screening_handovergrant FOR SELECT TO mash_web
    USING (group_id = ANY ((SELECT fw.groups())::int[]));
CREATE POLICY grant_made ON screening_handovergrant FOR INSERT TO mash_web
    WITH CHECK (fw.sent_handover(content_object_id, group_id));

-- The header: the hub's own people, the assigned social worker, agencies that were asked. Decisions open it to a team.
CREATE POLICY seen ON screening_enquiry FOR SELECT TO mash_web USING (
    (SELECT fw.has('front_door', 'screener', 'manager', 'out_of_hours'))
    OR social_worker_id = (SELECT fw.worker())
    OR id = ANY ((SELECT fw.stands_in())::uuid[])
    OR (SELECT true FROM screening_enquirygrant g WHERE g.content_object_id = screening_enquiry.id
         AND g.group_id = ANY ((SELECT fw.groups())::int[]) LIMIT 1)
    OR id = ANY ((SELECT fw.looked_into())::uuid[])
    OR ((SELECT fw.has('clock')) AND state IN ('released', 'closed'))
);
CREATE POLICY opened ON screening_enquiry FOR INSERT TO mash_web
    WITH CHECK ((SELECT fw.has('screener', 'manager')) AND opened_by_id = (SELECT fw.membership()));
CREATE POLICY moved ON screening_enquiry FOR UPDATE TO mash_web USING (
    (SELECT fw.has('manager', 'screener', 'front_door'))
    OR social_worker_id = (SELECT fw.worker())
    OR id = ANY ((SELECT fw.stands_in())::uuid[])
);
CREATE POLICY closed ON screening_enquiry AS RESTRICTIVE FOR ALL TO mash_web
    USING (NOT id = ANY ((SELECT fw.closed_enquiries())::uuid[]));

-- Ratings and own deadlines with their reasons: the decision team.
CREATE POLICY seen ON screening_rating FOR SELECT TO mash_web USING (
    (SELECT true FROM screening_enquiry e WHERE e.id = enquiry_id AND (
        (SELECT fw.has('manager'))
        OR e.social_worker_id = (SELECT fw.worker())
        OR e.id = ANY ((SELECT fw.stands_in())::uuid[])
        OR e.id = ANY ((SELECT fw.looked_into())::uuid[])) LIMIT 1)
);
CREATE POLICY given ON screening_rating FOR INSERT TO mash_web WITH CHECK (
    (SELECT fw.has('manager')) AND rated_by_id = (SELECT fw.membership())
    AND (SELECT true FROM screening_enquiry e WHERE e.id = enquiry_id LIMIT 1)
);

CREATE POLICY seen ON screening_owndeadline FOR SELECT TO mash_web USING (
    (SELECT true FROM screening_enquiry e WHERE e.id = enquiry_id AND (
        (SELECT fw.has('manager'))
        OR e.social_worker_id = (SELECT fw.worker())
        OR e.id = ANY ((SELECT fw.stands_in())::uuid[])
        OR e.id = ANY ((SELECT fw.looked_into())::uuid[])) LIMIT 1)
);
CREATE POLICY given ON screening_owndeadline FOR INSERT TO mash_web WITH CHECK (
    (SELECT fw.has('manager')) AND set_by_id = (SELECT fw.membership())
    AND (SELECT true FROM screening_enquiry e WHERE e.id = enquiry_id LIMIT 1)
);

CREATE POLICY seen ON screening_reopening FOR SELECT TO mash_web USING (
    (SELECT true FROM screening_enquiry e WHERE e.id = enquiry_id AND (
        (SELECT fw.has('manager'))
        OR e.social_worker_id = (SELECT fw.worker())
        OR e.id = ANY ((SELECT fw.stands_in())::uuid[])
        OR e.id = ANY ((SELECT fw.looked_into())::uuid[])) LIMIT 1)
);
CREATE POLICY given ON screening_reopening FOR INSERT TO mash_web WITH CHECK (
    (SELECT fw.has('manager')) AND reopened_by_id = (SELECT fw.membership())
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
        AND (c.enquiry_id = ANY ((SELECT fw.emergency_access())::uuid[])) IS NOT TRUE LIMIT 1)
);

CREATE POLICY seen ON screening_childscreening FOR SELECT TO mash_web
    USING ((SELECT true FROM screening_screening s WHERE s.id = screening_id LIMIT 1));
CREATE POLICY given ON screening_childscreening FOR INSERT TO mash_web WITH CHECK (
    (SELECT fw.has('screener', 'manager')) AND (SELECT true FROM screening_screening s WHERE s.id = screening_id LIMIT 1)
);

-- Reasons: screeners, also of earlier contacts, and the decision team; not the front door.
CREATE POLICY seen ON screening_screeningreasons FOR SELECT TO mash_web USING (
    (SELECT fw.has('screener'))
    OR (SELECT true FROM screening_screening s JOIN contacts_contact c ON c.id = s.contact_id WHERE s.id = screening_id AND (
        (SELECT fw.has('manager'))
        OR c.social_worker_id = (SELECT fw.worker())
        OR c.enquiry_id = ANY ((SELECT fw.stands_in())::uuid[])
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
        (SELECT fw.has('manager'))
        OR ((SELECT fw.has('screener')) AND s.state IN ('with_panel', 'with_manager'))
        OR c.social_worker_id = (SELECT fw.worker())
        OR c.enquiry_id = ANY ((SELECT fw.stands_in())::uuid[])
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

-- What was handed over: front door, decision team, the screeners who see the contact, the team that got it. Declined, it
-- is the hub's again: the grant ends with the transaction, and until then whoever declined says why.
CREATE POLICY worked ON screening_handover FOR ALL TO mash_web USING (
    (SELECT fw.has('front_door', 'manager'))
    OR (state NOT IN ('withdrawn', 'settled')
        AND (SELECT true FROM screening_handovergrant g WHERE g.content_object_id = screening_handover.id
              AND g.group_id = ANY ((SELECT fw.groups())::int[]) LIMIT 1))
    OR (SELECT true FROM contacts_contact c WHERE c.id = contact_id AND (
        c.social_worker_id = (SELECT fw.worker())
        OR c.enquiry_id = ANY ((SELECT fw.stands_in())::uuid[])
        OR (SELECT fw.has('screener'))
        OR (screening_handover.colour = 'red' AND c.red_waits AND (SELECT fw.has('out_of_hours')))) LIMIT 1)
);
CREATE POLICY looked_into ON screening_handover FOR SELECT TO mash_web USING (contact_id = ANY ((SELECT fw.contacts_looked_into())::uuid[]));
CREATE POLICY closed ON screening_handover AS RESTRICTIVE FOR ALL TO mash_web
    USING (NOT contact_id = ANY ((SELECT fw.closed_contacts())::uuid[]));

CREATE POLICY seen ON screening_handoverexchange FOR SELECT TO mash_web
    USING ((SELECT true FROM screening_handover h WHERE h.id = handover_id LIMIT 1));
CREATE POLICY said ON screening_handoverexchange FOR INSERT TO mash_web WITH CHECK (
    said_by_id = (SELECT fw.membership()) AND (SELECT fw.has('screener', 'manager', 'receiving_worker', 'out_of_hours'))
    AND (SELECT true FROM screening_handover h WHERE h.id = handover_id LIMIT 1)
);

-- The clock's viewer ends the contacts of an enquiry that every team accepted; the teams see none of them.
CREATE POLICY ended_by_clock ON contacts_contact FOR ALL TO mash_web USING ((SELECT fw.has('clock')) AND fw.is_ended(enquiry_id));

-- The grants that requests make: who else was asked is need-to-know.
CREATE POLICY grant_seen ON screening_enquirygrant FOR SELECT TO mash_web USING (
    group_id = ANY ((SELECT fw.groups())::int[])
    OR (SELECT fw.has('manager'))
);
CREATE POLICY closed ON screening_enquirygrant AS RESTRICTIVE FOR ALL TO mash_web
    USING (NOT content_object_id = ANY ((SELECT fw.closed_enquiries())::uuid[]));

-- The emergency route in the second wall: an agency without a signature in force reads and answers the requests that
-- a manager opened to it, and nothing else. Policies add up, so these stand beside the others of their tables.

-- The assigned social worker asks in it, so they may know that it is open (the reason is a row of the managers').
CREATE POLICY emergency_used ON agencies_emergencyuse FOR SELECT TO mash_web USING (
    (SELECT fw.has('social_worker'))
    AND (SELECT true FROM screening_enquiry e
          WHERE e.id = enquiry_id AND (e.social_worker_id = (SELECT fw.membership())
              OR e.id = ANY ((SELECT fw.stands_in())::uuid[])))
    AND NOT enquiry_id = ANY ((SELECT fw.closed_enquiries())::uuid[])
);
