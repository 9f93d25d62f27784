-- Wall 2 for analysis, decision, release and feedback: the rules of decisions/visibility once more, in the database.

-- The analysis: the decision team; a draft passes on with the enquiry. Reviewers read.
CREATE POLICY seen ON decisions_analysis FOR SELECT TO mash_web USING (
    (SELECT true FROM screening_enquiry e WHERE e.id = enquiry_id AND (
        (SELECT fw.has('manager'))
        OR e.social_worker_id = (SELECT fw.worker())
        OR e.id = ANY ((SELECT fw.stands_in())::uuid[])
        OR e.id = ANY ((SELECT fw.reviewed())::uuid[])) LIMIT 1)
);
CREATE POLICY worked ON decisions_analysis FOR ALL TO mash_web USING (
    (SELECT true FROM screening_enquiry e WHERE e.id = enquiry_id AND (
        (SELECT fw.has('manager'))
        OR e.social_worker_id = (SELECT fw.worker())
        OR e.id = ANY ((SELECT fw.stands_in())::uuid[])) LIMIT 1)
);

CREATE POLICY seen ON decisions_analysisversion FOR SELECT TO mash_web
    USING ((SELECT true FROM decisions_analysis a WHERE a.id = analysis_id LIMIT 1));
CREATE POLICY written ON decisions_analysisversion FOR INSERT TO mash_web WITH CHECK (
    (SELECT fw.has('manager', 'social_worker')) AND (SELECT true FROM decisions_analysis a WHERE a.id = analysis_id LIMIT 1)
);

CREATE POLICY seen ON decisions_childmeaning FOR SELECT TO mash_web
    USING ((SELECT true FROM decisions_analysis a WHERE a.id = analysis_id LIMIT 1));
CREATE POLICY worked ON decisions_childmeaning FOR ALL TO mash_web USING (
    (SELECT fw.has('manager', 'social_worker')) AND (SELECT true FROM decisions_analysis a WHERE a.id = analysis_id LIMIT 1)
);

CREATE POLICY seen ON decisions_pickeditem FOR SELECT TO mash_web USING (
    (SELECT true FROM decisions_analysis a WHERE a.id = analysis_id LIMIT 1)
    AND (SELECT true FROM information_sharing_item i WHERE i.id = item_id LIMIT 1)
);
CREATE POLICY worked ON decisions_pickeditem FOR ALL TO mash_web USING (
    (SELECT fw.has('manager', 'social_worker'))
    AND (SELECT true FROM decisions_analysis a WHERE a.id = analysis_id LIMIT 1)
    AND (SELECT true FROM information_sharing_item i WHERE i.id = item_id LIMIT 1)
);

CREATE POLICY seen ON decisions_jointview FOR SELECT TO mash_web USING (
    (SELECT true FROM screening_enquiry e WHERE e.id = enquiry_id AND (
        (SELECT fw.has('manager'))
        OR e.social_worker_id = (SELECT fw.worker())
        OR e.id = ANY ((SELECT fw.stands_in())::uuid[])
        OR e.id = ANY ((SELECT fw.reviewed())::uuid[])) LIMIT 1)
);
CREATE POLICY worked ON decisions_jointview FOR ALL TO mash_web USING (
    (SELECT fw.has('manager')) AND (SELECT true FROM screening_enquiry e WHERE e.id = enquiry_id LIMIT 1)
);

-- That it is decided, and when.
CREATE POLICY seen ON decisions_decision FOR SELECT TO mash_web USING (
    (SELECT fw.has('front_door', 'screener', 'manager', 'out_of_hours', 'clock'))
    OR ((SELECT fw.has('social_worker')) AND (SELECT true FROM screening_enquiry e
         WHERE e.id = enquiry_id AND (e.social_worker_id = (SELECT fw.membership())
             OR e.id = ANY ((SELECT fw.stands_in())::uuid[])) LIMIT 1))
    OR enquiry_id = ANY ((SELECT fw.looked_into())::uuid[])
    OR ((SELECT fw.agency()) IS NOT NULL AND fw.contributed(enquiry_id))
    OR ((SELECT fw.team()) IS NOT NULL AND (SELECT true FROM decisions_summarygrant g
         JOIN decisions_mashsummary s ON s.id = g.content_object_id
        WHERE s.decision_id = decisions_decision.id AND g.group_id = ANY ((SELECT fw.groups())::int[]) LIMIT 1))
);
CREATE POLICY taken ON decisions_decision FOR INSERT TO mash_web WITH CHECK (
    (SELECT fw.has('manager')) AND decided_by_id = (SELECT fw.membership())
    AND (SELECT true FROM screening_enquiry e WHERE e.id = enquiry_id LIMIT 1)
);
CREATE POLICY closed ON decisions_decision AS RESTRICTIVE FOR ALL TO mash_web
    USING (NOT enquiry_id = ANY ((SELECT fw.closed_enquiries())::uuid[]));

-- The outcome per child: agencies only for children about whom they were asked.
CREATE POLICY seen ON decisions_childdecision FOR SELECT TO mash_web USING (
    (SELECT fw.has('front_door', 'screener', 'manager', 'out_of_hours', 'clock'))
    OR (SELECT true FROM decisions_decision d JOIN screening_enquiry e ON e.id = d.enquiry_id WHERE d.id = decision_id AND (
        e.social_worker_id = (SELECT fw.worker())
        OR e.id = ANY ((SELECT fw.stands_in())::uuid[])
        OR e.id = ANY ((SELECT fw.looked_into())::uuid[])) LIMIT 1)
    OR ((SELECT fw.agency()) IS NOT NULL AND fw.asked_about(subject_id) AND (SELECT true FROM decisions_decision d
         WHERE d.id = decision_id AND fw.contributed(d.enquiry_id) LIMIT 1))
);
CREATE POLICY taken ON decisions_childdecision FOR INSERT TO mash_web WITH CHECK (
    (SELECT fw.has('manager')) AND (SELECT true FROM decisions_decision d WHERE d.id = decision_id LIMIT 1)
);
CREATE POLICY closed ON decisions_childdecision AS RESTRICTIVE FOR ALL TO mash_web
    USING (NOT decision_id = ANY ((SELECT fw.closed_decisions())::uuid[]));

-- Reasons: screeners, also of earlier contacts, and the decision team.
CREATE POLICY seen ON decisions_childreasons FOR SELECT TO mash_web USING (
    (SELECT true FROM decisions_childdecision c JOIN decisions_decision d ON d.id = c.decision_id
      JOIN screening_enquiry e ON e.id = d.enquiry_id WHERE c.id = child_id AND (
        (SELECT fw.has('screener', 'manager', 'clock'))
        OR e.social_worker_id = (SELECT fw.worker())
        OR e.id = ANY ((SELECT fw.stands_in())::uuid[])
        OR e.id = ANY ((SELECT fw.looked_into())::uuid[])) LIMIT 1)
);
CREATE POLICY given ON decisions_childreasons FOR INSERT TO mash_web WITH CHECK (
    (SELECT fw.has('manager')) AND (SELECT true FROM decisions_childdecision c WHERE c.id = child_id LIMIT 1)
);

-- Without reviewers: it says whether anything confidential was considered.
CREATE POLICY seen ON decisions_decisionbasis FOR SELECT TO mash_web USING (
    (SELECT true FROM decisions_decision d JOIN screening_enquiry e ON e.id = d.enquiry_id WHERE d.id = decision_id AND (
        (SELECT fw.has('manager'))
        OR e.social_worker_id = (SELECT fw.worker())
        OR e.id = ANY ((SELECT fw.stands_in())::uuid[])) LIMIT 1)
);
CREATE POLICY given ON decisions_decisionbasis FOR INSERT TO mash_web WITH CHECK (
    (SELECT fw.has('manager')) AND (SELECT true FROM decisions_decision d WHERE d.id = decision_id LIMIT 1)
);

CREATE POLICY seen ON decisions_dissent FOR SELECT TO mash_web USING (
    (SELECT true FROM decisions_decision d JOIN screening_enquiry e ON e.id = d.enquiry_id WHERE d.id = decision_id AND (
        (SELECT fw.has('manager'))
        OR e.social_worker_id = (SELECT fw.worker())
        OR e.id = ANY ((SELECT fw.stands_in())::uuid[])
        OR e.id = ANY ((SELECT fw.reviewed())::uuid[])) LIMIT 1)
);
CREATE POLICY given ON decisions_dissent FOR INSERT TO mash_web WITH CHECK (
    (SELECT fw.has('manager')) AND (SELECT true FROM decisions_decision d WHERE d.id = decision_id LIMIT 1)
);

CREATE POLICY worked ON decisions_sealedreasons FOR ALL TO mash_web USING (
    (SELECT fw.has('manager')) AND (SELECT true FROM decisions_decision d WHERE d.id = decision_id LIMIT 1)
);

CREATE POLICY seen ON decisions_considereditem FOR SELECT TO mash_web USING (
    (SELECT true FROM decisions_decision d JOIN screening_enquiry e ON e.id = d.enquiry_id WHERE d.id = decision_id AND (
        (SELECT fw.has('manager'))
        OR e.social_worker_id = (SELECT fw.worker())
        OR e.id = ANY ((SELECT fw.stands_in())::uuid[])
        OR e.id = ANY ((SELECT fw.reviewed())::uuid[])) LIMIT 1)
    AND (NOT was_sealed OR (SELECT fw.has('manager')))
);
CREATE POLICY given ON decisions_considereditem FOR INSERT TO mash_web WITH CHECK (
    (SELECT fw.has('manager')) AND (SELECT true FROM decisions_decision d WHERE d.id = decision_id LIMIT 1)
    AND (SELECT true FROM information_sharing_item i WHERE i.id = item_id LIMIT 1)
);

CREATE POLICY grant_seen ON decisions_summarygrant FOR SELECT TO mash_web
    USING (group_id = ANY ((SELECT fw.groups())::int[]) OR fw.releases(content_object_id, group_id));
CREATE POLICY grant_made ON decisions_summarygrant FOR INSERT TO mash_web
    WITH CHECK (fw.releases(content_object_id, group_id));
CREATE POLICY grant_ended ON decisions_summarygrant FOR DELETE TO mash_web
    USING (fw.releases(content_object_id, group_id));

-- The summary: the decision team, and the team to which it was released.
CREATE POLICY worked ON decisions_mashsummary FOR ALL TO mash_web USING (
    (SELECT fw.has('manager'))
    OR social_worker_id = (SELECT fw.worker())
    OR enquiry_id = ANY ((SELECT fw.stands_in())::uuid[])
);

-- Declined, it is the hub's again: the grant ends with the transaction, and until then whoever declined says why.
CREATE POLICY received ON decisions_mashsummary FOR SELECT TO mash_web USING (
    state IN ('sent', 'queried', 'accepted', 'superseded', 'settled', 'declined') AND (SELECT fw.team()) IS NOT NULL
    AND (SELECT true FROM decisions_summarygrant g WHERE g.content_object_id = decisions_mashsummary.id
          AND g.group_id = ANY ((SELECT fw.groups())::int[]) LIMIT 1)
);
CREATE POLICY answered ON decisions_mashsummary FOR UPDATE TO mash_web USING (
    state IN ('sent', 'queried', 'accepted', 'superseded', 'settled', 'declined') AND (SELECT fw.team()) IS NOT NULL
    AND (SELECT true FROM decisions_summarygrant g WHERE g.content_object_id = decisions_mashsummary.id
          AND g.group_id = ANY ((SELECT fw.groups())::int[]) LIMIT 1)
);
CREATE POLICY looked_into ON decisions_mashsummary FOR SELECT TO mash_web
    USING (enquiry_id = ANY ((SELECT fw.looked_into())::uuid[]) OR (SELECT fw.has('clock')));
CREATE POLICY told ON decisions_mashsummary FOR SELECT TO mash_sweep USING ((SELECT fw.has('clock')));
CREATE POLICY closed ON decisions_mashsummary AS RESTRICTIVE FOR ALL TO mash_web
    USING (NOT enquiry_id = ANY ((SELECT fw.closed_enquiries())::uuid[]));

CREATE POLICY seen ON decisions_summarychild FOR SELECT TO mash_web
    USING ((SELECT true FROM decisions_mashsummary s WHERE s.id = summary_id LIMIT 1));
CREATE POLICY worked ON decisions_summarychild FOR ALL TO mash_web USING (
    (SELECT fw.has('manager', 'social_worker')) AND (SELECT true FROM decisions_mashsummary s WHERE s.id = summary_id
        AND ((SELECT fw.has('manager')) OR (s.social_worker_id = (SELECT fw.membership())
            OR s.enquiry_id = ANY ((SELECT fw.stands_in())::uuid[]))) LIMIT 1)
);

-- What has changed in a released summary is written by trigger; the manager settles it, the clock tells of it.
CREATE POLICY seen ON decisions_summarychange FOR SELECT TO mash_web
    USING ((SELECT true FROM decisions_mashsummary s WHERE s.id = summary_id LIMIT 1));
CREATE POLICY told ON decisions_summarychange FOR ALL TO mash_sweep USING ((SELECT fw.has('clock')));
CREATE POLICY settled ON decisions_summarychange FOR UPDATE TO mash_web USING (
    (SELECT fw.has('manager', 'clock'))
    AND (SELECT true FROM decisions_mashsummary s WHERE s.id = summary_id LIMIT 1)
);

-- The record of a breach: as the summary, which its team does not see any more.
CREATE POLICY seen ON decisions_recall FOR SELECT TO mash_web
    USING ((SELECT true FROM decisions_mashsummary s WHERE s.id = summary_id LIMIT 1));
CREATE POLICY written ON decisions_recall FOR INSERT TO mash_web WITH CHECK (
    (SELECT fw.has('manager')) AND recalled_by_id = (SELECT fw.membership())
    AND (SELECT true FROM decisions_mashsummary s WHERE s.id = summary_id LIMIT 1)
);

CREATE POLICY seen ON decisions_exchange FOR SELECT TO mash_web
    USING ((SELECT true FROM decisions_mashsummary s WHERE s.id = summary_id LIMIT 1));
CREATE POLICY said ON decisions_exchange FOR INSERT TO mash_web WITH CHECK (
    said_by_id = (SELECT fw.membership()) AND (SELECT fw.has('manager', 'social_worker', 'receiving_worker'))
    AND (SELECT true FROM decisions_mashsummary s WHERE s.id = summary_id LIMIT 1)
);

CREATE POLICY seen ON decisions_summaryinstruction FOR SELECT TO mash_web USING (
    (SELECT true FROM decisions_mashsummary s WHERE s.id = summary_id LIMIT 1)
    OR ((SELECT fw.has('out_of_hours')) AND fw.is_out(summary_id))
);
CREATE POLICY worked ON decisions_summaryinstruction FOR ALL TO mash_web USING (
    (SELECT fw.has('manager', 'social_worker')) AND (SELECT true FROM decisions_mashsummary s WHERE s.id = summary_id
        AND ((SELECT fw.has('manager')) OR (s.social_worker_id = (SELECT fw.membership())
            OR s.enquiry_id = ANY ((SELECT fw.stands_in())::uuid[]))) LIMIT 1)
);

-- Protected places go to whoever visits: the one who accepted the summary, while they see it.
CREATE POLICY seen ON decisions_summaryplaces FOR SELECT TO mash_web USING (
    (SELECT fw.has('receiving_worker')) AND (SELECT true FROM decisions_mashsummary s
        WHERE s.id = summary_id AND s.taken_by_id = (SELECT fw.membership()) LIMIT 1)
);
CREATE POLICY released ON decisions_summaryplaces FOR INSERT TO mash_web WITH CHECK (
    (SELECT fw.has('manager')) AND (SELECT true FROM decisions_mashsummary s WHERE s.id = summary_id LIMIT 1)
);

CREATE POLICY seen ON decisions_summaryitem FOR SELECT TO mash_web USING (
    (SELECT true FROM decisions_mashsummary s WHERE s.id = summary_id LIMIT 1)
    OR (agency_id = (SELECT fw.agency()) AND fw.is_out(summary_id))
);
CREATE POLICY worked ON decisions_summaryitem FOR ALL TO mash_web USING (
    (SELECT fw.has('manager', 'social_worker')) AND (SELECT true FROM decisions_mashsummary s WHERE s.id = summary_id
        AND ((SELECT fw.has('manager')) OR (s.social_worker_id = (SELECT fw.membership())
            OR s.enquiry_id = ANY ((SELECT fw.stands_in())::uuid[]))) LIMIT 1)
);

-- What decisions open of earlier stages.
CREATE POLICY received ON screening_enquiry FOR SELECT TO mash_web USING ((SELECT fw.team()) IS NOT NULL AND fw.received(id));
CREATE POLICY answered ON screening_enquiry FOR UPDATE TO mash_web USING ((SELECT fw.team()) IS NOT NULL AND fw.received(id));

-- Letters, feedback and complaints: front door and decision team.
CREATE POLICY worked ON decisions_feedback FOR ALL TO mash_web USING (
    (SELECT true FROM contacts_contact c WHERE c.id = contact_id AND (
        (SELECT fw.has('front_door', 'manager'))
        OR c.social_worker_id = (SELECT fw.worker())
        OR c.enquiry_id = ANY ((SELECT fw.stands_in())::uuid[])) LIMIT 1)
);

-- What referrers and families are told, and complaints: for a reviewer, not for whoever broke the glass.
CREATE POLICY looked_into ON decisions_feedback FOR SELECT TO mash_web USING (contact_id = ANY ((SELECT fw.contacts_reviewed())::uuid[]));

CREATE POLICY worked ON decisions_familyletter FOR ALL TO mash_web USING (
    (SELECT true FROM contacts_contact c WHERE c.id = contact_id AND (
        (SELECT fw.has('front_door', 'manager'))
        OR c.social_worker_id = (SELECT fw.worker())
        OR c.enquiry_id = ANY ((SELECT fw.stands_in())::uuid[])) LIMIT 1)
);
CREATE POLICY looked_into ON decisions_familyletter FOR SELECT TO mash_web USING (contact_id = ANY ((SELECT fw.contacts_reviewed())::uuid[]));

-- What came back is seen as the letter. It is nobody's to move to another contact: only_settled.
CREATE POLICY worked ON decisions_cameback FOR ALL TO mash_web USING (
    (SELECT true FROM contacts_contact c WHERE c.id = contact_id AND (
        (SELECT fw.has('front_door', 'manager'))
        OR c.social_worker_id = (SELECT fw.worker())
        OR c.enquiry_id = ANY ((SELECT fw.stands_in())::uuid[])) LIMIT 1)
);
CREATE POLICY looked_into ON decisions_cameback FOR SELECT TO mash_web USING (contact_id = ANY ((SELECT fw.contacts_reviewed())::uuid[]));

CREATE POLICY worked ON decisions_complaint FOR ALL TO mash_web USING (
    (SELECT true FROM contacts_contact c WHERE c.id = contact_id AND (
        (SELECT fw.has('front_door', 'manager'))
        OR c.social_worker_id = (SELECT fw.worker())
        OR c.enquiry_id = ANY ((SELECT fw.stands_in())::uuid[])) LIMIT 1)
);
CREATE POLICY looked_into ON decisions_complaint FOR SELECT TO mash_web USING (contact_id = ANY ((SELECT fw.contacts_reviewed())::uuid[]));

-- A text that a manager reads before it goes out: its writer puts it in and does not read it back.
CREATE POLICY worked ON decisions_outgoingtext FOR ALL TO mash_web
    USING ((SELECT fw.has('manager')) AND (SELECT true FROM contacts_contact c WHERE c.id = contact_id LIMIT 1));
CREATE POLICY handed_in ON decisions_outgoingtext FOR INSERT TO mash_web WITH CHECK (
    state = 'waiting' AND sent_by_id = (SELECT fw.membership())
    AND (SELECT true FROM contacts_contact c WHERE c.id = contact_id LIMIT 1)
);

-- Wall 2 for corrections that were passed on: the rule of decisions/visibility/corrections.py once more.
-- What they correct comes back only through its own policy.
CREATE POLICY seen ON decisions_correctionnotice FOR SELECT TO mash_web USING (
    (SELECT fw.has('manager'))
    OR ((SELECT fw.has('front_door')) AND kind IN ('feedback', 'letter', 'handover'))
    OR ((SELECT fw.has('social_worker'))
        AND (SELECT true FROM contacts_contact c
              WHERE c.id = contact_id AND (c.social_worker_id = (SELECT fw.membership())
                  OR c.enquiry_id = ANY ((SELECT fw.stands_in())::uuid[])) LIMIT 1))
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
    (SELECT fw.has('manager'))
    OR ((SELECT fw.has('front_door')) AND kind IN ('feedback', 'letter'))
    OR (agency_id = (SELECT fw.agency())
        AND (SELECT true FROM information_sharing_informationrequest r WHERE r.id = request_id LIMIT 1))
    OR (team_id = (SELECT fw.team())
        AND ((SELECT true FROM screening_handover h WHERE h.id = handover_id LIMIT 1)
             OR (SELECT true FROM decisions_mashsummary s WHERE s.id = summary_id LIMIT 1)))
);
CREATE POLICY closed ON decisions_correctionnotice AS RESTRICTIVE FOR ALL TO mash_web
    USING (NOT contact_id = ANY ((SELECT fw.closed_contacts())::uuid[]));

-- Who was asked through a link that was undone: as the request, to those who answer for the enquiry.
CREATE POLICY seen ON decisions_askedthrough FOR SELECT TO mash_web USING (
    (SELECT true FROM information_sharing_informationrequest r WHERE r.id = request_id
        AND ((SELECT fw.has('manager')) OR r.social_worker_id = (SELECT fw.worker())
             OR r.enquiry_id = ANY ((SELECT fw.stands_in())::uuid[])) LIMIT 1)
);

-- What did not arrive: the manager, whoever works on the enquiry; the front door what was for somebody without an
-- account, and what fell before an enquiry. Written by trigger, with the dead letter.
CREATE POLICY seen ON decisions_undelivered FOR SELECT TO mash_web USING (
    (SELECT fw.has('manager', 'clock'))
    OR ((SELECT fw.has('front_door')) AND (recipient_id IS NULL OR enquiry_id IS NULL))
    OR social_worker_id = (SELECT fw.worker())
    OR enquiry_id = ANY ((SELECT fw.stands_in())::uuid[])
);
CREATE POLICY settled ON decisions_undelivered FOR UPDATE TO mash_web USING (
    (SELECT fw.has('manager', 'clock'))
    OR ((SELECT fw.has('front_door')) AND (recipient_id IS NULL OR enquiry_id IS NULL))
    OR social_worker_id = (SELECT fw.worker())
    OR enquiry_id = ANY ((SELECT fw.stands_in())::uuid[])
);
CREATE POLICY noted ON decisions_undelivered FOR ALL TO mash_sweep USING ((SELECT fw.has('clock')));
CREATE POLICY closed ON decisions_undelivered AS RESTRICTIVE FOR ALL TO mash_web USING (
    (enquiry_id = ANY ((SELECT fw.closed_enquiries())::uuid[])) IS NOT TRUE
    AND (contact_id = ANY ((SELECT fw.closed_contacts())::uuid[])) IS NOT TRUE
);

-- A record's page shows its clocks. A function, so that no statement on clocks carries the policies of seven other tables.
-- PostgreSQL asks policies in the reverse order of their names: after "seen" and "kept", by which most clocks open.
CREATE POLICY as_its_record ON clock_deadline FOR SELECT TO mash_web
    USING (fw.sees(CASE subject_kind
        WHEN 'contact' THEN 'contacts.contact'
        WHEN 'enquiry' THEN 'screening.enquiry'
        WHEN 'request' THEN 'information_sharing.informationrequest'
        WHEN 'handover' THEN 'screening.handover'
        WHEN 'instruction' THEN 'information_sharing.safetyinstruction'
        WHEN 'release' THEN 'decisions.mashsummary'
        WHEN 'complaint' THEN 'decisions.complaint' END, subject_id));
