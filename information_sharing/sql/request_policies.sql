-- Wall 2 for requests: the rule of information_sharing/visibility.py once more, in the database.
--
-- The application's query drives (an indexed agency or enquiry), the policy probes the rows of the page.
-- `social_worker_id` is a copied column (copied_columns.sql), so no other table is read.

ALTER TABLE information_sharing_informationrequest ENABLE ROW LEVEL SECURITY;
ALTER TABLE information_sharing_informationrequest FORCE ROW LEVEL SECURITY;

CREATE POLICY request_seen ON information_sharing_informationrequest FOR SELECT TO mash_web USING (
    agency_id = (SELECT fw.agency())
    OR (SELECT fw.has('manager'))
    OR ((SELECT fw.has('social_worker')) AND social_worker_id = (SELECT fw.membership()))
);

CREATE POLICY request_made ON information_sharing_informationrequest FOR INSERT TO mash_web WITH CHECK (
    sent_by_id = (SELECT fw.membership()) AND (
        (SELECT fw.has('manager'))
        OR ((SELECT fw.has('social_worker')) AND social_worker_id = (SELECT fw.membership()))
    )
);

CREATE POLICY request_moved ON information_sharing_informationrequest FOR UPDATE TO mash_web
    USING (
        agency_id = (SELECT fw.agency())
        OR (SELECT fw.has('manager'))
        OR ((SELECT fw.has('social_worker')) AND social_worker_id = (SELECT fw.membership()))
    )
    WITH CHECK (
        agency_id = (SELECT fw.agency())
        OR (SELECT fw.has('manager'))
        OR ((SELECT fw.has('social_worker')) AND social_worker_id = (SELECT fw.membership()))
    );

-- The grants that requests make: who else was asked is need-to-know.
ALTER TABLE screening_enquirygrant ENABLE ROW LEVEL SECURITY;
ALTER TABLE screening_enquirygrant FORCE ROW LEVEL SECURITY;

CREATE POLICY grant_seen ON screening_enquirygrant FOR SELECT TO mash_web USING (
    group_id = ANY ((SELECT fw.gids())::int[])
    OR (SELECT fw.has('manager'))
);
