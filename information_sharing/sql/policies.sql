-- Wall 2 for requests, answers and items: the rules of information_sharing/visibility.py once more, in the database.
--
-- The application's query drives (an indexed agency or enquiry), the policy probes the rows of the page.
-- `social_worker_id` is a copied column, so no other table is read.

CREATE POLICY request_seen ON information_sharing_informationrequest FOR SELECT TO mash_web USING (
    agency_id = (SELECT fw.agency())
    OR (SELECT fw.has('manager'))
    OR social_worker_id = (SELECT fw.worker())
    OR enquiry_id = ANY ((SELECT fw.stands_in())::uuid[])
);
CREATE POLICY request_made ON information_sharing_informationrequest FOR INSERT TO mash_web WITH CHECK (
    sent_by_id = (SELECT fw.membership()) AND (
        (SELECT fw.has('manager'))
        OR social_worker_id = (SELECT fw.worker())
        OR enquiry_id = ANY ((SELECT fw.stands_in())::uuid[])
    )
);
CREATE POLICY request_moved ON information_sharing_informationrequest FOR UPDATE TO mash_web
    USING (
        agency_id = (SELECT fw.agency())
        OR (SELECT fw.has('manager'))
        OR social_worker_id = (SELECT fw.worker())
        OR enquiry_id = ANY ((SELECT fw.stands_in())::uuid[])
    )
    WITH CHECK (
        agency_id = (SELECT fw.agency())
        OR (SELECT fw.has('manager'))
        OR social_worker_id = (SELECT fw.worker())
        OR enquiry_id = ANY ((SELECT fw.stands_in())::uuid[])
    );

CREATE POLICY looked_into ON information_sharing_informationrequest FOR SELECT TO mash_web
    USING (enquiry_id = ANY ((SELECT fw.looked_into())::uuid[]));
CREATE POLICY closed ON information_sharing_informationrequest AS RESTRICTIVE FOR ALL TO mash_web
    USING (NOT enquiry_id = ANY ((SELECT fw.closed_enquiries())::uuid[]));
CREATE POLICY emergency_seen ON information_sharing_informationrequest FOR SELECT TO mash_web USING (
    id = ANY ((SELECT fw.emergency_route())::uuid[])
);
CREATE POLICY emergency_moved ON information_sharing_informationrequest FOR UPDATE TO mash_web
    USING (id = ANY ((SELECT fw.emergency_route())::uuid[]))
    WITH CHECK (id = ANY ((SELECT fw.emergency_route())::uuid[]));

CREATE POLICY seen ON information_sharing_requestsubject FOR SELECT TO mash_web
    USING ((SELECT true FROM information_sharing_informationrequest r WHERE r.id = request_id LIMIT 1));
CREATE POLICY asked ON information_sharing_requestsubject FOR INSERT TO mash_web WITH CHECK (
    NOT by_person AND (SELECT true FROM information_sharing_informationrequest r WHERE r.id = request_id AND (
        (SELECT fw.has('manager'))
        OR r.social_worker_id = (SELECT fw.worker())
        OR r.enquiry_id = ANY ((SELECT fw.stands_in())::uuid[])) LIMIT 1)
    AND (SELECT true FROM contacts_subject s WHERE s.id = subject_id LIMIT 1)
);

CREATE POLICY asked_about ON contacts_subject FOR SELECT TO mash_web
    USING ((SELECT fw.agency()) IS NOT NULL AND fw.asked_about(id));
CREATE POLICY emergency_seen ON contacts_subject FOR SELECT TO mash_web
    USING (cardinality((SELECT fw.emergency_route())::uuid[]) > 0 AND fw.asked_by_emergency_route(id));

CREATE POLICY seen ON information_sharing_answer FOR SELECT TO mash_web
    USING ((SELECT true FROM information_sharing_informationrequest r WHERE r.id = request_id LIMIT 1));
CREATE POLICY given ON information_sharing_answer FOR INSERT TO mash_web WITH CHECK (
    given_by_id = (SELECT fw.membership())
    AND (SELECT true FROM information_sharing_informationrequest r WHERE r.id = request_id AND (
        r.agency_id = (SELECT fw.agency())
        OR (is_spoken AND ((SELECT fw.has('manager')) OR (r.social_worker_id = (SELECT fw.membership())
            OR r.enquiry_id = ANY ((SELECT fw.stands_in())::uuid[]))))) LIMIT 1)
);
CREATE POLICY changed ON information_sharing_answer FOR UPDATE TO mash_web USING (
    (SELECT true FROM information_sharing_informationrequest r
      WHERE r.id = request_id AND r.agency_id = (SELECT fw.agency()) LIMIT 1)
);
CREATE POLICY emergency_given ON information_sharing_answer FOR INSERT TO mash_web WITH CHECK (
    given_by_id = (SELECT fw.membership()) AND NOT is_spoken AND request_id = ANY ((SELECT fw.emergency_route())::uuid[])
);
CREATE POLICY emergency_changed ON information_sharing_answer FOR UPDATE TO mash_web
    USING (request_id = ANY ((SELECT fw.emergency_route())::uuid[]));

CREATE POLICY seen ON information_sharing_sharingauthority FOR SELECT TO mash_web USING (
    (SELECT true FROM screening_enquiry e WHERE e.id = enquiry_id AND (
        (SELECT fw.has('manager'))
        OR e.social_worker_id = (SELECT fw.worker())
        OR e.id = ANY ((SELECT fw.stands_in())::uuid[])
        OR e.id = ANY ((SELECT fw.looked_into())::uuid[])) LIMIT 1)
);
CREATE POLICY given ON information_sharing_sharingauthority FOR INSERT TO mash_web WITH CHECK (
    (SELECT fw.has('manager')) AND given_by_id = (SELECT fw.membership())
    AND (SELECT true FROM screening_enquiry e WHERE e.id = enquiry_id LIMIT 1)
);

-- Whom a lead named for what is sealed on a request may be un-named. The row stays as evidence, and nobody sees it any
-- more: the policies that ask for it ask under this one, so the right ends with the statement.
CREATE POLICY seen ON information_sharing_sealedreader FOR SELECT TO mash_web USING (
    ended_at IS NULL AND (SELECT true FROM information_sharing_informationrequest r WHERE r.id = request_id
        AND r.agency_id = (SELECT fw.agency())
        AND ((SELECT fw.has('lead')) OR membership_id = (SELECT fw.membership())) LIMIT 1)
);
CREATE POLICY named ON information_sharing_sealedreader FOR INSERT TO mash_web 
    WITH CHECK (
    ended_at IS NULL AND (SELECT fw.has('lead')) AND named_by_id = (SELECT fw.membership())
    AND membership_id <> named_by_id
    AND (SELECT true FROM agencies_membership m WHERE m.id = membership_id AND m.agency_id = (SELECT fw.agency()))
    AND (SELECT true FROM information_sharing_informationrequest r
          WHERE r.id = request_id AND r.agency_id = (SELECT fw.agency()) LIMIT 1)
);

CREATE POLICY grant_seen ON information_sharing_itemgrant FOR SELECT TO mash_web
    USING (group_id = ANY ((SELECT fw.groups())::int[]) OR fw.owns_item(content_object_id));
CREATE POLICY grant_made ON information_sharing_itemgrant FOR INSERT TO mash_web WITH CHECK (fw.owns_item(content_object_id));
CREATE POLICY grant_ended ON information_sharing_itemgrant FOR DELETE TO mash_web USING (fw.owns_item(content_object_id));

-- That an item exists. Two audiences: what is for the manager alone exists for author, those named and the manager.
-- All else, in the order of the clauses (`item_rule` in visibility.py says the same):
--   its own agency, in its researchers and leads, also what is not given yet or was withdrawn; then what is given, for
--   the manager;
--   the social worker of its enquiry, and who stands in for them;
--   a reviewer, in the enquiries and days that were named;
--   emergency access, for what may be passed on;
--   the duty team, for what its owner marked as needed at night, while the enquiry is Red and open;
--   a core agency that its owner named, once it has answered about the same child.
-- Whom the emergency route lets in, and whom a conflict of interest keeps out, say policies of their own below.
CREATE POLICY shared ON information_sharing_item FOR SELECT TO mash_web USING (
    handling <> 'manager_only' AND (
        agency_id = (SELECT fw.agency())
        OR (given_at IS NOT NULL AND withdrawn_at IS NULL AND (
            (SELECT fw.has('manager'))
            OR ((SELECT fw.has('social_worker')) AND (SELECT true FROM information_sharing_informationrequest r
                 WHERE r.id = request_id AND (r.social_worker_id = (SELECT fw.membership())
                     OR r.enquiry_id = ANY ((SELECT fw.stands_in())::uuid[])) LIMIT 1))
            OR enquiry_id = ANY ((SELECT fw.reviewed())::uuid[])
            OR (handling = 'onward' AND enquiry_id = ANY ((SELECT fw.emergency_access())::uuid[]))
            OR (needed_at_night AND (SELECT fw.has('out_of_hours')) AND (SELECT true FROM screening_enquiry e
                 WHERE e.id = enquiry_id AND e.colour = 'red' AND e.state <> 'closed' LIMIT 1))
            OR ((SELECT fw.is_core()) AND (SELECT true FROM information_sharing_itemgrant g
                 WHERE g.content_object_id = information_sharing_item.id
                   AND g.group_id = (SELECT fw.core_group()) LIMIT 1)
                AND fw.answered_alike(request_id, subject_id, enquiry_id)))))
);
CREATE POLICY sealed ON information_sharing_item FOR SELECT TO mash_web USING (
    handling = 'manager_only' AND (
        (SELECT fw.has('manager'))
        OR ((SELECT fw.agency()) IS NOT NULL AND (
            author_id = (SELECT fw.membership())
            OR (SELECT true FROM information_sharing_sealedreader s
                 WHERE s.request_id = information_sharing_item.request_id
                   AND s.membership_id = (SELECT fw.membership()) LIMIT 1))))
);
CREATE POLICY given ON information_sharing_item FOR INSERT TO mash_web WITH CHECK (
    author_id = (SELECT fw.membership()) AND (
        agency_id = (SELECT fw.agency())
        OR (is_spoken AND handling = 'hub_only' AND (SELECT true FROM information_sharing_informationrequest r
             WHERE r.id = request_id
               AND ((SELECT fw.has('manager')) OR (r.social_worker_id = (SELECT fw.membership())
                   OR r.enquiry_id = ANY ((SELECT fw.stands_in())::uuid[]))) LIMIT 1)))
);

-- A statement that reads no column is not held to what may be read, so this says once more whose a sealed one is.
CREATE POLICY changed ON information_sharing_item FOR UPDATE TO mash_web USING (
    agency_id = (SELECT fw.agency()) AND (
        handling <> 'manager_only' OR author_id = (SELECT fw.membership())
        OR (SELECT true FROM information_sharing_sealedreader s
             WHERE s.request_id = information_sharing_item.request_id
               AND s.membership_id = (SELECT fw.membership()) LIMIT 1))
);

-- The manager locks what goes out with a summary until it is frozen there.
CREATE POLICY locked ON information_sharing_item FOR UPDATE TO mash_web
    USING ((SELECT fw.has('manager'))) WITH CHECK (false);
CREATE POLICY closed ON information_sharing_item AS RESTRICTIVE FOR ALL TO mash_web
    USING (NOT enquiry_id = ANY ((SELECT fw.closed_enquiries())::uuid[]));
CREATE POLICY emergency_seen ON information_sharing_item FOR SELECT TO mash_web USING (
    request_id = ANY ((SELECT fw.emergency_route())::uuid[])
    AND (handling <> 'manager_only' OR author_id = (SELECT fw.membership()))
);
CREATE POLICY emergency_given ON information_sharing_item FOR INSERT TO mash_web WITH CHECK (
    author_id = (SELECT fw.membership()) AND NOT is_spoken AND request_id = ANY ((SELECT fw.emergency_route())::uuid[])
);
CREATE POLICY emergency_changed ON information_sharing_item FOR UPDATE TO mash_web USING (
    request_id = ANY ((SELECT fw.emergency_route())::uuid[])
    AND (handling <> 'manager_only' OR author_id = (SELECT fw.membership()))
);

CREATE POLICY seen ON information_sharing_itemtext FOR SELECT TO mash_web
    USING ((SELECT true FROM information_sharing_item i WHERE i.id = item_id LIMIT 1));
CREATE POLICY written ON information_sharing_itemtext FOR INSERT TO mash_web WITH CHECK (
    written_by_id = (SELECT fw.membership())
    AND (SELECT true FROM information_sharing_item i WHERE i.id = item_id AND i.handling <> 'manager_only'
          AND (i.agency_id = (SELECT fw.agency()) OR (i.is_spoken AND i.author_id = (SELECT fw.membership()))) LIMIT 1)
);
CREATE POLICY emergency_written ON information_sharing_itemtext FOR INSERT TO mash_web WITH CHECK (
    written_by_id = (SELECT fw.membership())
    AND (SELECT true FROM information_sharing_item i WHERE i.id = item_id AND i.handling <> 'manager_only'
          AND i.request_id = ANY ((SELECT fw.emergency_route())::uuid[]) LIMIT 1)
);

CREATE POLICY seen ON information_sharing_sealedtext FOR SELECT TO mash_web USING (
    (SELECT true FROM information_sharing_item i WHERE i.id = item_id AND (
        (SELECT fw.has('manager'))
        OR ((SELECT fw.agency()) IS NOT NULL AND (
            i.author_id = (SELECT fw.membership())
            OR (SELECT true FROM information_sharing_sealedreader s
                 WHERE s.request_id = i.request_id AND s.membership_id = (SELECT fw.membership()) LIMIT 1)))) LIMIT 1)
);

-- Its agency seals: the earlier versions of a text, by whomever, are copied before the item itself is closed.
CREATE POLICY written ON information_sharing_sealedtext FOR INSERT TO mash_web WITH CHECK (
    (SELECT true FROM information_sharing_item i WHERE i.id = item_id AND i.agency_id = (SELECT fw.agency()) LIMIT 1)
    AND (written_by_id = (SELECT fw.membership()) OR (SELECT true FROM information_sharing_itemtext t
         WHERE t.item_id = information_sharing_sealedtext.item_id AND t.version = information_sharing_sealedtext.version
           AND t.written_by_id = information_sharing_sealedtext.written_by_id LIMIT 1))
);
CREATE POLICY emergency_seen ON information_sharing_sealedtext FOR SELECT TO mash_web USING (
    (SELECT true FROM information_sharing_item i WHERE i.id = item_id AND i.author_id = (SELECT fw.membership())
       AND i.request_id = ANY ((SELECT fw.emergency_route())::uuid[]) LIMIT 1)
);
CREATE POLICY emergency_written ON information_sharing_sealedtext FOR INSERT TO mash_web WITH CHECK (
    (SELECT true FROM information_sharing_item i WHERE i.id = item_id AND i.author_id = (SELECT fw.membership())
       AND i.request_id = ANY ((SELECT fw.emergency_route())::uuid[]) LIMIT 1)
    AND (written_by_id = (SELECT fw.membership()) OR (SELECT true FROM information_sharing_itemtext t
         WHERE t.item_id = information_sharing_sealedtext.item_id AND t.version = information_sharing_sealedtext.version
           AND t.written_by_id = information_sharing_sealedtext.written_by_id LIMIT 1))
);

-- That something confidential is held: the decision team, without reviewers.
CREATE POLICY seen ON information_sharing_heldmarker FOR SELECT TO mash_web USING (
    (SELECT true FROM screening_enquiry e WHERE e.id = enquiry_id AND (
        (SELECT fw.has('manager'))
        OR e.social_worker_id = (SELECT fw.worker())
        OR e.id = ANY ((SELECT fw.stands_in())::uuid[])) LIMIT 1)
);

-- Manager, author, those named; the agency's lead once it was refused.
CREATE POLICY worked ON information_sharing_safetyinstruction FOR ALL TO mash_web USING (
    (SELECT true FROM information_sharing_item i WHERE i.id = item_id AND (
        (SELECT fw.has('manager'))
        OR ((SELECT fw.agency()) IS NOT NULL AND (
            i.author_id = (SELECT fw.membership())
            OR (SELECT true FROM information_sharing_sealedreader s
                 WHERE s.request_id = i.request_id AND s.membership_id = (SELECT fw.membership()) LIMIT 1)))) LIMIT 1)
    OR ((SELECT fw.has('lead')) AND agency_id = (SELECT fw.agency()) AND refused_at IS NOT NULL)
);
CREATE POLICY closed ON information_sharing_safetyinstruction AS RESTRICTIVE FOR ALL TO mash_web
    USING (NOT item_id = ANY ((SELECT fw.closed_items())::uuid[]));

-- The wording for what its author sealed: they read the proposal and agree or refuse.
CREATE POLICY emergency_seen ON information_sharing_safetyinstruction FOR SELECT TO mash_web USING (
    (SELECT true FROM information_sharing_item i WHERE i.id = item_id AND i.author_id = (SELECT fw.membership())
       AND i.request_id = ANY ((SELECT fw.emergency_route())::uuid[]) LIMIT 1)
);
CREATE POLICY emergency_said ON information_sharing_safetyinstruction FOR INSERT TO mash_web WITH CHECK (
    (SELECT true FROM information_sharing_item i WHERE i.id = item_id AND i.author_id = (SELECT fw.membership())
       AND i.request_id = ANY ((SELECT fw.emergency_route())::uuid[]) LIMIT 1)
);
CREATE POLICY emergency_settled ON information_sharing_safetyinstruction FOR UPDATE TO mash_web USING (
    (SELECT true FROM information_sharing_item i WHERE i.id = item_id AND i.author_id = (SELECT fw.membership())
       AND i.request_id = ANY ((SELECT fw.emergency_route())::uuid[]) LIMIT 1)
);
CREATE POLICY proposed ON information_sharing_safetyinstruction AS RESTRICTIVE FOR INSERT TO mash_web
    WITH CHECK (
        proposed_by_id = (SELECT fw.membership()) AND (
            ((SELECT fw.has('manager')) AND state = 'proposed')
            OR (state = 'agreed' AND settled_by_id = (SELECT fw.membership())
                AND (SELECT true FROM information_sharing_item i
                      WHERE i.id = item_id AND i.author_id = (SELECT fw.membership()) LIMIT 1)))
    );

CREATE POLICY emergency_seen ON screening_enquiry FOR SELECT TO mash_web
    USING (id = ANY ((SELECT fw.emergency_route_enquiries())::uuid[]));
