-- Wall 2 for contacts: the rules of contacts/visibility.py once more, in the database.
--
-- The application's query drives (an index it names), the policy probes the rows of the page. What hangs on a contact
-- asks for the contact, which comes back only through the contact's own policy. "Worked" policies let read and write,
-- the others let read. "Closed" is restrictive: a conflict of interest stands over every role and grant.

-- The contact: header, concern for sharing, agreement, address.
CREATE POLICY worked ON contacts_contact FOR ALL TO mash_web USING (
    (SELECT fw.has('front_door', 'manager'))
    OR social_worker_id = (SELECT fw.worker())
    OR enquiry_id = ANY ((SELECT fw.stands_in())::uuid[])
    OR CASE (SELECT fw.screens())
           WHEN 'all' THEN state IN ('received', 'with_panel') OR screeners_see_until > (SELECT fw.now())
           WHEN 'panel' THEN state = 'with_panel' OR (panel_at IS NOT NULL AND screeners_see_until > (SELECT fw.now()))
       END
    OR ((SELECT fw.has('out_of_hours'))
        AND ((state = 'received' AND claimed_by_id IS NULL AND acknowledged_at IS NULL)
             OR (immediate_danger AND ended_at IS NULL)
             OR (colour = 'red' AND state = 'in_enquiry') OR red_waits OR logged_by_id = (SELECT fw.membership())))
    OR id = ANY ((SELECT fw.protecting())::uuid[])
);
CREATE POLICY looked_into ON contacts_contact FOR SELECT TO mash_web
    USING (enquiry_id = ANY ((SELECT fw.looked_into())::uuid[]));
CREATE POLICY sent_by_form ON contacts_contact FOR INSERT TO mash_web
    WITH CHECK ((SELECT fw.has('public')) AND logged_by_id IS NULL AND state = 'received' AND enquiry_id IS NULL);
CREATE POLICY closed ON contacts_contact AS RESTRICTIVE FOR ALL TO mash_web
    USING (NOT id = ANY ((SELECT fw.closed_contacts())::uuid[]));

-- As reported: for the decision maker while they sit on it, not for a panel's members, nor for those who merely protect.
CREATE POLICY seen ON contacts_report FOR SELECT TO mash_web USING (
    (SELECT true FROM contacts_contact c WHERE c.id = contact_id AND (
        (SELECT fw.has('front_door', 'manager'))
        OR c.social_worker_id = (SELECT fw.worker())
        OR c.enquiry_id = ANY ((SELECT fw.stands_in())::uuid[])
        OR ((SELECT fw.has('out_of_hours'))
            AND ((c.state = 'received' AND c.claimed_by_id IS NULL AND c.acknowledged_at IS NULL)
                 OR (c.immediate_danger AND c.ended_at IS NULL)
                 OR (c.colour = 'red' AND c.state = 'in_enquiry') OR c.red_waits OR c.logged_by_id = (SELECT fw.membership())))
        OR ((SELECT fw.screens()) = 'all'
            AND (c.state IN ('received', 'with_panel') OR c.screeners_see_until > (SELECT fw.now())))
        OR c.enquiry_id = ANY ((SELECT fw.looked_into())::uuid[])) LIMIT 1)
);
CREATE POLICY written ON contacts_report FOR INSERT TO mash_web WITH CHECK (
    fw.being_sent(contact_id)
    OR ((SELECT fw.has('front_door', 'manager', 'out_of_hours')) AND (SELECT true FROM contacts_contact c WHERE c.id = contact_id LIMIT 1))
);

-- Who was worried: a private one is known to front door and decision team alone.
CREATE POLICY seen ON contacts_referrer FOR SELECT TO mash_web USING (
    (SELECT true FROM contacts_contact c WHERE c.id = contact_id AND (
        NOT is_private
        OR (SELECT fw.has('front_door', 'manager'))
        OR c.social_worker_id = (SELECT fw.worker())
        OR c.enquiry_id = ANY ((SELECT fw.stands_in())::uuid[])) LIMIT 1)
);
CREATE POLICY written ON contacts_referrer FOR INSERT TO mash_web WITH CHECK (
    fw.being_sent(contact_id)
    OR ((SELECT fw.has('front_door', 'manager', 'out_of_hours')) AND (SELECT true FROM contacts_contact c WHERE c.id = contact_id LIMIT 1))
);
CREATE POLICY amended ON contacts_referrer FOR UPDATE TO mash_web USING (
    (SELECT fw.has('front_door', 'manager', 'out_of_hours'))
    AND (SELECT true FROM contacts_contact c WHERE c.id = contact_id AND (NOT is_private OR (SELECT fw.has('front_door', 'manager')))
          AND (c.enquiry_id = ANY ((SELECT fw.emergency_access())::uuid[])) IS NOT TRUE LIMIT 1)
);

-- Receipts: the public form makes them; the status page asks fw.receipt(), which gives a stage for a reference.
CREATE POLICY kept ON contacts_receipt FOR ALL TO mash_web USING (
    (SELECT fw.has('clock'))
    OR ((SELECT fw.has('front_door', 'manager')) AND (SELECT true FROM contacts_contact c WHERE c.id = contact_id LIMIT 1))
);
CREATE POLICY made_by_form ON contacts_receipt FOR INSERT TO mash_web WITH CHECK (fw.being_sent(contact_id));

-- Children and adults: as the contact. Information sharing and decisions open more.
CREATE POLICY seen ON contacts_subject FOR SELECT TO mash_web
    USING ((SELECT true FROM contacts_contact c WHERE c.id = contact_id LIMIT 1));
CREATE POLICY written ON contacts_subject FOR INSERT TO mash_web WITH CHECK (
    fw.being_sent(contact_id)
    OR ((SELECT fw.has('front_door', 'manager', 'screener', 'social_worker', 'out_of_hours'))
        AND (SELECT true FROM contacts_contact c WHERE c.id = contact_id
              AND (c.enquiry_id = ANY ((SELECT fw.emergency_access())::uuid[])) IS NOT TRUE LIMIT 1))
);
CREATE POLICY changed ON contacts_subject FOR UPDATE TO mash_web USING (
    (SELECT fw.has('front_door', 'manager', 'screener', 'social_worker', 'out_of_hours', 'clock'))
    AND (SELECT true FROM contacts_contact c WHERE c.id = contact_id
          AND (c.enquiry_id = ANY ((SELECT fw.emergency_access())::uuid[])) IS NOT TRUE LIMIT 1)
);
CREATE POLICY closed ON contacts_subject AS RESTRICTIVE FOR ALL TO mash_web
    USING (NOT contact_id = ANY ((SELECT fw.closed_contacts())::uuid[]));

CREATE POLICY seen ON contacts_relation FOR SELECT TO mash_web
    USING ((SELECT true FROM contacts_contact c WHERE c.id = contact_id LIMIT 1));
CREATE POLICY written ON contacts_relation FOR INSERT TO mash_web WITH CHECK (
    (SELECT fw.has('front_door', 'manager', 'screener', 'social_worker', 'out_of_hours'))
    AND (SELECT true FROM contacts_contact c WHERE c.id = contact_id
          AND (c.enquiry_id = ANY ((SELECT fw.emergency_access())::uuid[])) IS NOT TRUE LIMIT 1)
);
CREATE POLICY changed ON contacts_relation FOR UPDATE TO mash_web USING (
    (SELECT fw.has('front_door', 'manager', 'screener', 'social_worker', 'out_of_hours'))
    AND (SELECT true FROM contacts_contact c WHERE c.id = contact_id
          AND (c.enquiry_id = ANY ((SELECT fw.emergency_access())::uuid[])) IS NOT TRUE LIMIT 1)
);

CREATE POLICY seen ON contacts_personlink FOR SELECT TO mash_web USING (
    (SELECT true FROM contacts_subject s JOIN contacts_contact c ON c.id = s.contact_id WHERE s.id = subject_id LIMIT 1)
);
CREATE POLICY decided ON contacts_personlink FOR INSERT TO mash_web WITH CHECK (
    (SELECT fw.has('front_door', 'manager')) AND linked_by_id = (SELECT fw.membership())
    AND (SELECT true FROM contacts_subject s WHERE s.id = subject_id LIMIT 1)
);
CREATE POLICY undone ON contacts_personlink FOR UPDATE TO mash_web USING (
    (SELECT fw.has('front_door', 'manager')) AND (SELECT true FROM contacts_subject s WHERE s.id = subject_id LIMIT 1)
);

CREATE POLICY seen ON contacts_personapart FOR SELECT TO mash_web USING (
    (SELECT true FROM contacts_subject s JOIN contacts_contact c ON c.id = s.contact_id WHERE s.id = subject_id LIMIT 1)
);
CREATE POLICY decided ON contacts_personapart FOR INSERT TO mash_web WITH CHECK (
    (SELECT fw.has('front_door', 'manager')) AND decided_by_id = (SELECT fw.membership())
    AND (SELECT true FROM contacts_subject s WHERE s.id = subject_id LIMIT 1)
    AND (SELECT true FROM contacts_subject s WHERE s.id = other_id LIMIT 1)
);
CREATE POLICY undone ON contacts_personapart FOR UPDATE TO mash_web USING (
    (SELECT fw.has('front_door', 'manager')) AND (SELECT true FROM contacts_subject s WHERE s.id = subject_id LIMIT 1)
);

-- What is right instead: whoever reads the report must read what was wrong in it.
-- Of a link that was undone it names the person on record: not to somebody to whom that person is closed.
CREATE POLICY seen ON contacts_correction FOR SELECT TO mash_web USING (
    (SELECT true FROM contacts_report r WHERE r.contact_id = contacts_correction.contact_id LIMIT 1)
    AND (person_id = ANY ((SELECT fw.closed_persons())::uuid[])) IS NOT TRUE
);
CREATE POLICY made ON contacts_correction FOR INSERT TO mash_web WITH CHECK (
    made_by_id = (SELECT fw.membership())
    AND (SELECT fw.has('front_door', 'manager', 'screener', 'social_worker', 'out_of_hours'))
    AND (SELECT true FROM contacts_contact c WHERE c.id = contact_id
          AND (c.enquiry_id = ANY ((SELECT fw.emergency_access())::uuid[])) IS NOT TRUE LIMIT 1)
);

-- What was said before it was changed: it may be the very words that were taken out, a private referrer's name among
-- them, so it is read by those who know a private referrer. Written by whoever changes it.
CREATE POLICY seen ON contacts_earliervalue FOR SELECT TO mash_web USING (
    (SELECT true FROM contacts_contact c WHERE c.id = contact_id AND (
        (SELECT fw.has('front_door', 'manager'))
        OR c.social_worker_id = (SELECT fw.worker())
        OR c.enquiry_id = ANY ((SELECT fw.stands_in())::uuid[])) LIMIT 1)
);
CREATE POLICY written ON contacts_earliervalue FOR INSERT TO mash_web WITH CHECK (
    changed_by_id = (SELECT fw.membership())
    AND (SELECT fw.has('front_door', 'manager', 'screener', 'social_worker', 'out_of_hours'))
    AND (SELECT true FROM contacts_contact c WHERE c.id = contact_id
          AND (c.enquiry_id = ANY ((SELECT fw.emergency_access())::uuid[])) IS NOT TRUE LIMIT 1)
);

-- People on record: whoever logs and decides, and whoever sees somebody who is linked to them.
CREATE POLICY seen ON contacts_person FOR SELECT TO mash_web USING (
    (SELECT fw.has('front_door', 'manager'))
    OR (SELECT true FROM contacts_subject s WHERE s.person_id = contacts_person.id LIMIT 1)
);
CREATE POLICY written ON contacts_person FOR INSERT TO mash_web WITH CHECK ((SELECT fw.has('front_door', 'manager')));
CREATE POLICY changed ON contacts_person FOR UPDATE TO mash_web USING ((SELECT fw.has('front_door', 'manager')));
CREATE POLICY closed ON contacts_person AS RESTRICTIVE FOR ALL TO mash_web
    USING (NOT id = ANY ((SELECT fw.closed_persons())::uuid[]));

-- Protective work: waits for no stage.
CREATE POLICY worked ON contacts_protection FOR ALL TO mash_web USING (
    (SELECT fw.has('front_door', 'manager'))
    OR ((SELECT fw.has('social_worker', 'out_of_hours'))
        AND (state IN ('raised', 'convened')
             OR (SELECT fw.membership()) = ANY (ARRAY[raised_by_id, convened_by_id, held_by_id, stood_down_by_id])))
    OR (state = 'held' AND (SELECT fw.has('out_of_hours'))
        AND (SELECT true FROM contacts_contact c
              WHERE c.id = contact_id AND (c.ended_at IS NULL OR held_at > c.ended_at) LIMIT 1))
    OR ((SELECT fw.worker()) IS NOT NULL AND fw.works_on_contact(contact_id))
);

-- Raised from a contact that is open to whoever raises it: the work itself would open it otherwise.
CREATE POLICY raised ON contacts_protection AS RESTRICTIVE FOR INSERT TO mash_web WITH CHECK (
    raised_by_id = (SELECT fw.membership()) AND (SELECT true FROM contacts_contact c WHERE c.id = contact_id LIMIT 1)
);
CREATE POLICY looked_into ON contacts_protection FOR SELECT TO mash_web USING (contact_id = ANY ((SELECT fw.contacts_looked_into())::uuid[]));
CREATE POLICY closed ON contacts_protection AS RESTRICTIVE FOR ALL TO mash_web
    USING (NOT contact_id = ANY ((SELECT fw.closed_contacts())::uuid[]));

CREATE POLICY seen ON contacts_whereabouts FOR SELECT TO mash_web
    USING ((SELECT true FROM contacts_protection p WHERE p.id = protection_id LIMIT 1));
CREATE POLICY recorded ON contacts_whereabouts FOR INSERT TO mash_web WITH CHECK (
    recorded_by_id = (SELECT fw.membership()) AND (SELECT fw.has('front_door', 'manager', 'social_worker', 'out_of_hours'))
    AND (SELECT true FROM contacts_protection p WHERE p.id = protection_id LIMIT 1)
);

CREATE POLICY seen ON contacts_furtherreason FOR SELECT TO mash_web
    USING ((SELECT true FROM contacts_protection p WHERE p.id = protection_id LIMIT 1));
CREATE POLICY recorded ON contacts_furtherreason FOR INSERT TO mash_web WITH CHECK (
    given_by_id = (SELECT fw.membership()) AND (SELECT fw.has('front_door', 'manager', 'social_worker', 'out_of_hours'))
    AND (SELECT true FROM contacts_protection p WHERE p.id = protection_id LIMIT 1)
);

CREATE POLICY seen ON contacts_strategydiscussion FOR SELECT TO mash_web
    USING ((SELECT true FROM contacts_protection p WHERE p.id = protection_id LIMIT 1));
CREATE POLICY recorded ON contacts_strategydiscussion FOR INSERT TO mash_web WITH CHECK (
    recorded_by_id = (SELECT fw.membership()) AND (SELECT fw.has('front_door', 'manager', 'social_worker', 'out_of_hours'))
    AND (SELECT true FROM contacts_protection p WHERE p.id = protection_id LIMIT 1)
);

-- Wall 2: matches are for managers, and never for the person that they are about; the clock tells that there is one.
CREATE POLICY settled ON contacts_staffmatch FOR ALL TO mash_web USING (
    (SELECT fw.has('manager'))
    AND user_id IS DISTINCT FROM (SELECT m.user_id FROM agencies_membership m WHERE m.id = (SELECT fw.membership()))
);
CREATE POLICY told ON contacts_staffmatch FOR ALL TO mash_web, mash_sweep USING ((SELECT fw.has('clock')));
CREATE POLICY closed ON contacts_staffmatch AS RESTRICTIVE FOR ALL TO mash_web
    USING (NOT contact_id = ANY ((SELECT fw.closed_contacts())::uuid[]));
