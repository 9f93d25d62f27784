-- Wall 2 for corrections that were passed on: the rule of decisions/visibility/corrections.py once more.
-- What they correct comes back only through its own policy.

ALTER TABLE decisions_correctionnotice ENABLE ROW LEVEL SECURITY;
ALTER TABLE decisions_correctionnotice FORCE ROW LEVEL SECURITY;

CREATE POLICY seen ON decisions_correctionnotice FOR SELECT TO mash_web USING (
    (SELECT fw.has('manager'))
    OR ((SELECT fw.has('front_door')) AND kind IN ('feedback', 'letter', 'handover'))
    OR ((SELECT fw.has('social_worker'))
        AND (SELECT true FROM contacts_contact c
              WHERE c.id = contact_id AND c.social_worker_id = (SELECT fw.membership()) LIMIT 1))
    OR (agency_id = (SELECT fw.agency())
        AND (SELECT true FROM information_sharing_informationrequest r WHERE r.id = request_id LIMIT 1))
    OR (team_id = (SELECT fw.team())
        AND ((SELECT true FROM screening_handover h WHERE h.id = handover_id LIMIT 1)
             OR (SELECT true FROM decisions_mashsummary s WHERE s.id = summary_id LIMIT 1)))
);
CREATE POLICY written ON decisions_correctionnotice FOR INSERT TO mash_web WITH CHECK (
    (SELECT fw.has('manager', 'front_door', 'social_worker'))
    AND written_by_id = (SELECT fw.membership()) AND told_at IS NULL
    AND (SELECT true FROM contacts_contact c WHERE c.id = contact_id LIMIT 1)
);
CREATE POLICY told ON decisions_correctionnotice FOR UPDATE TO mash_web USING (
    ((SELECT fw.has('manager', 'front_door')) AND kind IN ('feedback', 'letter'))
    OR (agency_id = (SELECT fw.agency())
        AND (SELECT true FROM information_sharing_informationrequest r WHERE r.id = request_id LIMIT 1))
    OR (team_id = (SELECT fw.team())
        AND ((SELECT true FROM screening_handover h WHERE h.id = handover_id LIMIT 1)
             OR (SELECT true FROM decisions_mashsummary s WHERE s.id = summary_id LIMIT 1)))
);
CREATE POLICY closed ON decisions_correctionnotice AS RESTRICTIVE FOR ALL TO mash_web
    USING (NOT contact_id = ANY ((SELECT fw.closed_contacts())::uuid[]));
-- Their references are closed with the case (fw.closed_references).
GRANT SELECT ON decisions_correctionnotice TO mash_definer;
