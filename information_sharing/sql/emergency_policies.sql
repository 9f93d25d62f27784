-- The emergency route in the second wall: an agency without a signature in force reads and answers the requests that
-- a manager opened to it, and nothing else. Policies add up, so these stand beside those of the tables' own files.

CREATE POLICY emergency_seen ON information_sharing_informationrequest FOR SELECT TO mash_web USING (
    id = ANY ((SELECT fw.emergency())::uuid[])
);
CREATE POLICY emergency_moved ON information_sharing_informationrequest FOR UPDATE TO mash_web
    USING (id = ANY ((SELECT fw.emergency())::uuid[]))
    WITH CHECK (id = ANY ((SELECT fw.emergency())::uuid[]));
