-- The emergency route in the second wall: an agency without a signature in force reads and answers the requests that
-- a manager opened to it, and nothing else. Policies add up, so these stand beside those of the tables' own files.

-- The assigned social worker asks in it, so they may know that it is open (the reason is a row of the managers').
CREATE POLICY emergency_used ON agencies_emergencyuse FOR SELECT TO mash_web USING (
    (SELECT fw.has('social_worker'))
    AND (SELECT true FROM screening_enquiry e
          WHERE e.id = enquiry_id AND e.social_worker_id = (SELECT fw.membership()))
    AND NOT enquiry_id = ANY ((SELECT fw.closed_enquiries())::uuid[])
);

CREATE POLICY emergency_seen ON information_sharing_informationrequest FOR SELECT TO mash_web USING (
    id = ANY ((SELECT fw.emergency())::uuid[])
);
CREATE POLICY emergency_moved ON information_sharing_informationrequest FOR UPDATE TO mash_web
    USING (id = ANY ((SELECT fw.emergency())::uuid[]))
    WITH CHECK (id = ANY ((SELECT fw.emergency())::uuid[]));
