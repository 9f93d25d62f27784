-- Wall 2 for analysis, decision, release and feedback: the rules of decisions/visibility once more, in the database.

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY '{analysis,analysisversion,childmeaning,pickeditem,jointview,decision,childdecision,
                            childreasons,decisionbasis,dissent,sealedreasons,considereditem,mashsummary,summarychild,
                            summaryinstruction,summaryitem,exchange,summarygrant,feedback,familyletter,complaint}'::text[] LOOP
        EXECUTE format('ALTER TABLE decisions_%s ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('ALTER TABLE decisions_%s FORCE ROW LEVEL SECURITY', name);
    END LOOP;
END $$;

-- The analysis: the decision team; a draft passes on with the enquiry. Reviewers read.
CREATE POLICY seen ON decisions_analysis FOR SELECT TO mash_web USING (
    (SELECT true FROM screening_enquiry e WHERE e.id = enquiry_id AND (
        (SELECT fw.has('manager'))
        OR ((SELECT fw.has('social_worker')) AND e.social_worker_id = (SELECT fw.membership()))
        OR e.id = ANY ((SELECT fw.reviewed())::uuid[])) LIMIT 1)
);
CREATE POLICY worked ON decisions_analysis FOR ALL TO mash_web USING (
    (SELECT true FROM screening_enquiry e WHERE e.id = enquiry_id AND (
        (SELECT fw.has('manager'))
        OR ((SELECT fw.has('social_worker')) AND e.social_worker_id = (SELECT fw.membership()))) LIMIT 1)
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
        OR ((SELECT fw.has('social_worker')) AND e.social_worker_id = (SELECT fw.membership()))
        OR e.id = ANY ((SELECT fw.reviewed())::uuid[])) LIMIT 1)
);
CREATE POLICY worked ON decisions_jointview FOR ALL TO mash_web USING (
    (SELECT fw.has('manager')) AND (SELECT true FROM screening_enquiry e WHERE e.id = enquiry_id LIMIT 1)
);

-- Decisions that a conflict closes, for what names a decision and may be read without its enquiry.
CREATE FUNCTION fw.closed_decisions() RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM public.agencies_conflictofinterest) THEN RETURN '{}'; END IF;
    RETURN coalesce((SELECT array_agg(d.id) FROM public.decisions_decision d
                      WHERE d.enquiry_id = ANY (fw.closed_enquiries())), '{}');
END $$;

-- Enquiries on which the agency was asked: core agencies; virtual ones only where they gave something in the open.
CREATE FUNCTION fw.contributed(enquiry uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    mine uuid := fw.agency();
BEGIN
    IF mine IS NULL THEN RETURN false; END IF;
    RETURN EXISTS (
        SELECT 1 FROM public.information_sharing_informationrequest r
         WHERE r.enquiry_id = enquiry AND r.agency_id = mine AND r.state <> 'withdrawn'
           AND (fw.is_core() OR EXISTS (SELECT 1 FROM public.information_sharing_item i
                 WHERE i.request_id = r.id AND i.given_at IS NOT NULL AND i.handling <> 'manager_only')));
END $$;

-- Of a summary that is or was outside: what stands in it for out of hours, and an agency's own items.
CREATE FUNCTION fw.is_out(summary uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    RETURN EXISTS (SELECT 1 FROM public.decisions_mashsummary s
                    WHERE s.id = summary AND s.state IN ('sent', 'queried', 'accepted', 'declined')
                      AND NOT s.enquiry_id = ANY (fw.closed_enquiries()));
END $$;
REVOKE ALL ON FUNCTION fw.closed_decisions(), fw.contributed(uuid), fw.is_out(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION fw.closed_decisions(), fw.contributed(uuid), fw.is_out(uuid) TO mash_web;
ALTER FUNCTION fw.closed_decisions() OWNER TO mash_definer;
ALTER FUNCTION fw.contributed(uuid) OWNER TO mash_definer;
ALTER FUNCTION fw.is_out(uuid) OWNER TO mash_definer;

-- That it is decided, and when.
CREATE POLICY seen ON decisions_decision FOR SELECT TO mash_web USING (
    (SELECT fw.has('front_door', 'screener', 'manager', 'out_of_hours', 'clock'))
    OR ((SELECT fw.has('social_worker')) AND (SELECT true FROM screening_enquiry e
         WHERE e.id = enquiry_id AND e.social_worker_id = (SELECT fw.membership()) LIMIT 1))
    OR enquiry_id = ANY ((SELECT fw.looked_into())::uuid[])
    OR ((SELECT fw.agency()) IS NOT NULL AND fw.contributed(enquiry_id))
    OR ((SELECT fw.team()) IS NOT NULL AND (SELECT true FROM decisions_summarygrant g
         JOIN decisions_mashsummary s ON s.id = g.content_object_id
        WHERE s.decision_id = decisions_decision.id AND g.group_id = ANY ((SELECT fw.gids())::int[]) LIMIT 1))
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
        ((SELECT fw.has('social_worker')) AND e.social_worker_id = (SELECT fw.membership()))
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
        OR ((SELECT fw.has('social_worker')) AND e.social_worker_id = (SELECT fw.membership()))
        OR e.id = ANY ((SELECT fw.looked_into())::uuid[])) LIMIT 1)
);
CREATE POLICY given ON decisions_childreasons FOR INSERT TO mash_web WITH CHECK (
    (SELECT fw.has('manager')) AND (SELECT true FROM decisions_childdecision c WHERE c.id = child_id LIMIT 1)
);

-- Without reviewers: it says whether anything confidential was considered.
CREATE POLICY seen ON decisions_decisionbasis FOR SELECT TO mash_web USING (
    (SELECT true FROM decisions_decision d JOIN screening_enquiry e ON e.id = d.enquiry_id WHERE d.id = decision_id AND (
        (SELECT fw.has('manager'))
        OR ((SELECT fw.has('social_worker')) AND e.social_worker_id = (SELECT fw.membership()))) LIMIT 1)
);
CREATE POLICY given ON decisions_decisionbasis FOR INSERT TO mash_web WITH CHECK (
    (SELECT fw.has('manager')) AND (SELECT true FROM decisions_decision d WHERE d.id = decision_id LIMIT 1)
);
CREATE POLICY seen ON decisions_dissent FOR SELECT TO mash_web USING (
    (SELECT true FROM decisions_decision d JOIN screening_enquiry e ON e.id = d.enquiry_id WHERE d.id = decision_id AND (
        (SELECT fw.has('manager'))
        OR ((SELECT fw.has('social_worker')) AND e.social_worker_id = (SELECT fw.membership()))
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
        OR ((SELECT fw.has('social_worker')) AND e.social_worker_id = (SELECT fw.membership()))
        OR e.id = ANY ((SELECT fw.reviewed())::uuid[])) LIMIT 1)
    AND (SELECT true FROM information_sharing_item i WHERE i.id = item_id LIMIT 1)
);
CREATE POLICY given ON decisions_considereditem FOR INSERT TO mash_web WITH CHECK (
    (SELECT fw.has('manager')) AND (SELECT true FROM decisions_decision d WHERE d.id = decision_id LIMIT 1)
    AND (SELECT true FROM information_sharing_item i WHERE i.id = item_id LIMIT 1)
);

-- Grants of summaries: to the team; the manager makes them with the release and ends them, for the summary's own team
-- and where no conflict closes the case.
CREATE FUNCTION fw.releases(summary uuid, wanted int) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    RETURN fw.has('manager') AND EXISTS (
        SELECT 1 FROM public.decisions_mashsummary s JOIN public.agencies_team t ON t.id = s.team_id
         WHERE s.id = summary AND t.group_id = wanted AND NOT s.enquiry_id = ANY (fw.closed_enquiries()));
END $$;
REVOKE ALL ON FUNCTION fw.releases(uuid, int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION fw.releases(uuid, int) TO mash_web;
ALTER FUNCTION fw.releases(uuid, int) OWNER TO mash_definer;
CREATE POLICY grant_seen ON decisions_summarygrant FOR SELECT TO mash_web
    USING (group_id = ANY ((SELECT fw.gids())::int[]) OR fw.releases(content_object_id, group_id));
CREATE POLICY grant_made ON decisions_summarygrant FOR INSERT TO mash_web
    WITH CHECK (fw.releases(content_object_id, group_id));
CREATE POLICY grant_ended ON decisions_summarygrant FOR DELETE TO mash_web
    USING (fw.releases(content_object_id, group_id));

-- The summary: the decision team, and the team to which it was released.
CREATE POLICY worked ON decisions_mashsummary FOR ALL TO mash_web USING (
    (SELECT fw.has('manager'))
    OR ((SELECT fw.has('social_worker')) AND social_worker_id = (SELECT fw.membership()))
);
-- Declined, it is the hub's again: its grant ends with the transaction, in which whoever declined says why.
CREATE POLICY received ON decisions_mashsummary FOR SELECT TO mash_web USING (
    state IN ('sent', 'queried', 'accepted', 'declined') AND (SELECT fw.team()) IS NOT NULL
    AND (SELECT true FROM decisions_summarygrant g WHERE g.content_object_id = decisions_mashsummary.id
          AND g.group_id = ANY ((SELECT fw.gids())::int[]) LIMIT 1)
);
CREATE POLICY answered ON decisions_mashsummary FOR UPDATE TO mash_web USING (
    state IN ('sent', 'queried', 'accepted', 'declined') AND (SELECT fw.team()) IS NOT NULL
    AND (SELECT true FROM decisions_summarygrant g WHERE g.content_object_id = decisions_mashsummary.id
          AND g.group_id = ANY ((SELECT fw.gids())::int[]) LIMIT 1)
);
CREATE POLICY looked_into ON decisions_mashsummary FOR SELECT TO mash_web
    USING (enquiry_id = ANY ((SELECT fw.looked_into())::uuid[]) OR (SELECT fw.has('clock')));
CREATE POLICY closed ON decisions_mashsummary AS RESTRICTIVE FOR ALL TO mash_web
    USING (NOT enquiry_id = ANY ((SELECT fw.closed_enquiries())::uuid[]));
CREATE POLICY of_release ON clock_deadline FOR SELECT TO mash_web USING (
    subject_kind = 'release' AND (SELECT true FROM decisions_mashsummary s WHERE s.id = subject_id LIMIT 1)
);

-- A summary that was declined is the hub's again: its grant ends with the transaction.
CREATE FUNCTION fw.summary_returns() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    DELETE FROM public.decisions_summarygrant g WHERE g.content_object_id = NEW.id;
    RETURN NULL;
END $$;
ALTER FUNCTION fw.summary_returns() OWNER TO mash_definer;
CREATE CONSTRAINT TRIGGER returns AFTER UPDATE ON decisions_mashsummary DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.state IN ('declined', 'withdrawn')) EXECUTE FUNCTION fw.summary_returns();
GRANT SELECT, DELETE ON decisions_summarygrant TO mash_definer;
GRANT SELECT ON decisions_mashsummary, decisions_decision TO mash_definer;

CREATE POLICY seen ON decisions_summarychild FOR SELECT TO mash_web
    USING ((SELECT true FROM decisions_mashsummary s WHERE s.id = summary_id LIMIT 1));
CREATE POLICY worked ON decisions_summarychild FOR ALL TO mash_web USING (
    (SELECT fw.has('manager', 'social_worker')) AND (SELECT true FROM decisions_mashsummary s WHERE s.id = summary_id
        AND ((SELECT fw.has('manager')) OR s.social_worker_id = (SELECT fw.membership())) LIMIT 1)
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
        AND ((SELECT fw.has('manager')) OR s.social_worker_id = (SELECT fw.membership())) LIMIT 1)
);
CREATE POLICY seen ON decisions_summaryitem FOR SELECT TO mash_web USING (
    (SELECT true FROM decisions_mashsummary s WHERE s.id = summary_id LIMIT 1)
    OR (agency_id = (SELECT fw.agency()) AND fw.is_out(summary_id))
);
CREATE POLICY worked ON decisions_summaryitem FOR ALL TO mash_web USING (
    (SELECT fw.has('manager', 'social_worker')) AND (SELECT true FROM decisions_mashsummary s WHERE s.id = summary_id
        AND ((SELECT fw.has('manager')) OR s.social_worker_id = (SELECT fw.membership())) LIMIT 1)
);

-- What decisions open of earlier stages.
CREATE POLICY received ON screening_enquiry FOR SELECT TO mash_web USING (
    (SELECT fw.team()) IS NOT NULL AND (SELECT true FROM decisions_summarygrant g
        JOIN decisions_mashsummary s ON s.id = g.content_object_id
       WHERE s.enquiry_id = screening_enquiry.id AND g.group_id = ANY ((SELECT fw.gids())::int[]) LIMIT 1)
);
CREATE POLICY answered ON screening_enquiry FOR UPDATE TO mash_web USING (
    (SELECT fw.team()) IS NOT NULL AND (SELECT true FROM decisions_summarygrant g
        JOIN decisions_mashsummary s ON s.id = g.content_object_id
       WHERE s.enquiry_id = screening_enquiry.id AND g.group_id = ANY ((SELECT fw.gids())::int[]) LIMIT 1)
);
-- Letters, feedback and complaints: front door and decision team.
CREATE POLICY worked ON decisions_feedback FOR ALL TO mash_web USING (
    (SELECT true FROM contacts_contact c WHERE c.id = contact_id AND (
        (SELECT fw.has('front_door', 'manager'))
        OR ((SELECT fw.has('social_worker')) AND c.social_worker_id = (SELECT fw.membership()))) LIMIT 1)
);
CREATE POLICY looked_into ON decisions_feedback FOR SELECT TO mash_web USING (
    (SELECT true FROM contacts_contact c WHERE c.id = contact_id
        AND c.enquiry_id = ANY ((SELECT fw.looked_into())::uuid[]) LIMIT 1)
);
CREATE POLICY worked ON decisions_familyletter FOR ALL TO mash_web USING (
    (SELECT true FROM contacts_contact c WHERE c.id = contact_id AND (
        (SELECT fw.has('front_door', 'manager'))
        OR ((SELECT fw.has('social_worker')) AND c.social_worker_id = (SELECT fw.membership()))) LIMIT 1)
);
CREATE POLICY looked_into ON decisions_familyletter FOR SELECT TO mash_web USING (
    (SELECT true FROM contacts_contact c WHERE c.id = contact_id
        AND c.enquiry_id = ANY ((SELECT fw.looked_into())::uuid[]) LIMIT 1)
);
CREATE POLICY worked ON decisions_complaint FOR ALL TO mash_web USING (
    (SELECT true FROM contacts_contact c WHERE c.id = contact_id AND (
        (SELECT fw.has('front_door', 'manager'))
        OR ((SELECT fw.has('social_worker')) AND c.social_worker_id = (SELECT fw.membership()))) LIMIT 1)
);
CREATE POLICY looked_into ON decisions_complaint FOR SELECT TO mash_web USING (
    (SELECT true FROM contacts_contact c WHERE c.id = contact_id
        AND c.enquiry_id = ANY ((SELECT fw.looked_into())::uuid[]) LIMIT 1)
);
