-- Wall 2 for what takes a person out of a case or lets one in.
--
-- Whoever is closed out does not learn of it, in none of their memberships; nobody lifts a conflict against themself,
-- names themself as reviewer or judges their own broken glass. What is entered is not reworded afterwards.

SET ROLE mash_definer;
-- Conflicts against the person at work, in whichever membership, in force or lifted.
CREATE FUNCTION fw.closed_out_of() RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    me uuid := fw.person();
BEGIN
    IF me IS NULL THEN RETURN '{}'; END IF;
    RETURN coalesce((
        SELECT array_agg(c.id) FROM public.agencies_conflictofinterest c
         WHERE c.user_id = me OR EXISTS (
            SELECT 1 FROM public.agencies_membership m
             WHERE m.user_id = me
               AND (c.membership_id = m.id OR c.agency_id = m.agency_id OR c.team_id = m.team_id))), '{}');
END $$;
REVOKE ALL ON FUNCTION fw.closed_out_of() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION fw.closed_out_of() TO mash_web;
RESET ROLE;

ALTER TABLE agencies_conflictofinterest ENABLE ROW LEVEL SECURITY;
ALTER TABLE agencies_conflictofinterest FORCE ROW LEVEL SECURITY;
CREATE POLICY conflict_seen ON agencies_conflictofinterest FOR SELECT TO mash_web USING (
    (SELECT fw.has('manager')) AND NOT id = ANY ((SELECT fw.closed_out_of())::uuid[])
);
-- What is closed to a manager is closed with whoever else is closed out of it.
CREATE POLICY closed ON agencies_conflictofinterest AS RESTRICTIVE FOR SELECT TO mash_web USING (
    (enquiry_id = ANY ((SELECT fw.closed_enquiries())::uuid[])) IS NOT TRUE
    AND (contact_id = ANY ((SELECT fw.closed_contacts())::uuid[])) IS NOT TRUE
    AND (person_id = ANY ((SELECT fw.closed_persons())::uuid[])) IS NOT TRUE
);
CREATE POLICY closed_unchanged ON agencies_conflictofinterest AS RESTRICTIVE FOR UPDATE TO mash_web USING (
    (enquiry_id = ANY ((SELECT fw.closed_enquiries())::uuid[])) IS NOT TRUE
    AND (contact_id = ANY ((SELECT fw.closed_contacts())::uuid[])) IS NOT TRUE
    AND (person_id = ANY ((SELECT fw.closed_persons())::uuid[])) IS NOT TRUE
);
CREATE POLICY conflict_entered ON agencies_conflictofinterest FOR INSERT TO mash_web WITH CHECK (
    entered_by_id = (SELECT fw.membership()) AND lifted_at IS NULL AND lifted_by_id IS NULL AND (
        (source IN ('entered', 'matched') AND (SELECT fw.has('manager')))
        OR (source = 'declared' AND cardinality((SELECT fw.roles())) > 0 AND (
            user_id = (SELECT fw.person()) OR membership_id = ANY ((SELECT fw.memberships())::uuid[])))
    )
);
CREATE POLICY conflict_lifted ON agencies_conflictofinterest FOR UPDATE TO mash_web
    USING ((SELECT fw.has('manager')) AND NOT id = ANY ((SELECT fw.closed_out_of())::uuid[]))
    WITH CHECK ((SELECT fw.has('manager')) AND (lifted_by_id IS NULL OR lifted_by_id = (SELECT fw.membership())));
CREATE TRIGGER conflict_is_only_lifted BEFORE UPDATE ON agencies_conflictofinterest FOR EACH ROW
    WHEN (current_user = 'mash_web') EXECUTE FUNCTION fw.only_these_change('lifted_at', 'lifted_by_id');
CREATE TRIGGER conflict_is_lifted_once BEFORE UPDATE ON agencies_conflictofinterest FOR EACH ROW
    WHEN (current_user = 'mash_web') EXECUTE FUNCTION fw.set_once('lifted_at', 'lifted_by_id');

-- Reviews: named by a manager for somebody else, on enquiries that are open to that manager.
ALTER TABLE agencies_review ENABLE ROW LEVEL SECURITY;
ALTER TABLE agencies_review FORCE ROW LEVEL SECURITY;
CREATE POLICY review_seen ON agencies_review FOR SELECT TO mash_web USING (
    NOT enquiry_id = ANY ((SELECT fw.closed_enquiries())::uuid[])
    AND (membership_id = (SELECT fw.membership()) OR (SELECT fw.has('manager', 'auditor')))
);
CREATE POLICY review_named ON agencies_review FOR INSERT TO mash_web WITH CHECK (
    (SELECT fw.has('manager')) AND named_by_id = (SELECT fw.membership()) AND ended_at IS NULL
    AND NOT membership_id = ANY ((SELECT fw.memberships())::uuid[])
    AND NOT enquiry_id = ANY ((SELECT fw.closed_enquiries())::uuid[])
);
CREATE POLICY review_ended ON agencies_review FOR UPDATE TO mash_web
    USING ((SELECT fw.has('manager')) AND NOT enquiry_id = ANY ((SELECT fw.closed_enquiries())::uuid[]))
    WITH CHECK ((SELECT fw.has('manager')));
CREATE TRIGGER review_only_ends BEFORE UPDATE ON agencies_review FOR EACH ROW
    WHEN (current_user = 'mash_web') EXECUTE FUNCTION fw.only_these_change('ended_at');
CREATE TRIGGER review_ends_once BEFORE UPDATE ON agencies_review FOR EACH ROW
    WHEN (current_user = 'mash_web') EXECUTE FUNCTION fw.set_once('ended_at');

-- Broken glass: made by fw.break_glass() alone; judged by an auditor who is another.
ALTER TABLE agencies_brokenglass ENABLE ROW LEVEL SECURITY;
ALTER TABLE agencies_brokenglass FORCE ROW LEVEL SECURITY;
CREATE POLICY glass_seen ON agencies_brokenglass FOR SELECT TO mash_web USING (
    NOT enquiry_id = ANY ((SELECT fw.closed_enquiries())::uuid[])
    AND (membership_id = (SELECT fw.membership()) OR (SELECT fw.has('manager', 'auditor')))
);
CREATE POLICY glass_judged ON agencies_brokenglass FOR UPDATE TO mash_web
    USING (
        (SELECT fw.has('auditor')) AND NOT membership_id = ANY ((SELECT fw.memberships())::uuid[])
        AND NOT enquiry_id = ANY ((SELECT fw.closed_enquiries())::uuid[])
    )
    WITH CHECK ((SELECT fw.has('auditor')) AND reviewed_by_id = (SELECT fw.membership()));
CREATE TRIGGER glass_is_only_judged BEFORE UPDATE ON agencies_brokenglass FOR EACH ROW
    WHEN (current_user = 'mash_web')
    EXECUTE FUNCTION fw.only_these_change('reviewed_at', 'reviewed_by_id', 'finding');
CREATE TRIGGER glass_is_judged_once BEFORE UPDATE ON agencies_brokenglass FOR EACH ROW
    WHEN (current_user = 'mash_web') EXECUTE FUNCTION fw.set_once('reviewed_at', 'reviewed_by_id');

-- Wrong passwords in a row: each account its own.
ALTER TABLE agencies_passwordtries ENABLE ROW LEVEL SECURITY;
ALTER TABLE agencies_passwordtries FORCE ROW LEVEL SECURITY;
CREATE POLICY tries_own ON agencies_passwordtries FOR ALL TO mash_web
    USING (user_id = (SELECT fw.person())) WITH CHECK (user_id = (SELECT fw.person()));

-- Data keys: functions of the definer's hand them out one by one; the owner of the tables closes them anew and destroys
-- them. No role of the application reaches the table.
ALTER TABLE agencies_datakey ENABLE ROW LEVEL SECURITY;
ALTER TABLE agencies_datakey FORCE ROW LEVEL SECURITY;
CREATE POLICY keys_kept ON agencies_datakey TO mash_owner USING (true) WITH CHECK (true);
