-- Wall 2 for the clock. Only the clock's own viewer writes: every start, stop and withdrawal is its bookkeeping
-- (clock/actions), made inside the transaction of the action. Later apps open the clocks of their records to their
-- readers.

CREATE POLICY kept ON clock_deadline FOR ALL TO mash_web, mash_sweep USING ((SELECT fw.has('clock')));
CREATE POLICY seen ON clock_deadline FOR SELECT TO mash_web USING (
    (SELECT fw.has('manager'))
    OR (measure IN ('first_sight', 'statutory_step', 'acknowledgement', 'decision', 'feedback', 'feedback_school')
        AND ((SELECT fw.has('front_door', 'screener')) OR (colour = 'red' AND (SELECT fw.has('out_of_hours')))))
    OR (measure IN ('convening', 'discussion', 'safe_until')
        AND (SELECT fw.has('front_door', 'social_worker', 'out_of_hours')))
    OR (measure IN ('letter', 'undelivered', 'came_back') AND (SELECT fw.has('front_door')))
    OR (measure = 'correction' AND subject_kind IN ('correction', 'correction_said') AND (SELECT fw.has('front_door')))
    OR (measure IN ('first_sight', 'statutory_step') AND (SELECT fw.has('social_worker')))
    OR membership_id = (SELECT fw.worker())
    OR enquiry_id = ANY ((SELECT fw.stands_in())::uuid[])
    OR (agency_id = (SELECT fw.agency()) AND (measure IN ('first_word', 'full_answer', 'confirmation', 'correction')
        OR (measure = 'safety_instruction' AND (SELECT fw.has('lead')))))
    OR (team_id = (SELECT fw.team()) AND subject_kind = 'correction_read')
);
CREATE POLICY closed ON clock_deadline AS RESTRICTIVE FOR ALL TO mash_web USING (
    NOT case_id = ANY ((SELECT fw.closed_enquiries())::uuid[])
    AND NOT case_id = ANY ((SELECT fw.closed_contacts())::uuid[])
);

-- Why a deadline was missed: the manager, and whoever gave the reason.
CREATE POLICY seen ON clock_breachreason FOR SELECT TO mash_web USING (
    ((SELECT fw.has('manager')) OR given_by_id = (SELECT fw.membership()))
    AND (SELECT true FROM clock_deadline d WHERE d.id = deadline_id LIMIT 1)
);
CREATE POLICY given ON clock_breachreason FOR INSERT TO mash_web WITH CHECK (
    given_by_id = (SELECT fw.membership()) AND (SELECT true FROM clock_deadline d WHERE d.id = deadline_id LIMIT 1)
);

CREATE POLICY kept ON clock_escalation FOR ALL TO mash_web, mash_sweep USING ((SELECT fw.has('clock')));
CREATE POLICY seen ON clock_escalation FOR SELECT TO mash_web
    USING ((SELECT true FROM clock_deadline d WHERE d.id = deadline_id LIMIT 1));

-- Wall 2 for what the clock goes by: read by all, written by a signed administrator. A policy in force never changes:
-- the web role may add one and no more (clock/rights.py).
CREATE POLICY policy_seen ON clock_ratingpolicy FOR SELECT TO mash_web, mash_sweep USING (true);
CREATE POLICY policy_added ON clock_ratingpolicy FOR INSERT TO mash_web WITH CHECK ((SELECT fw.has('administrator')));

CREATE POLICY holiday_seen ON clock_bankholiday FOR SELECT TO mash_web, mash_sweep USING (true);
CREATE POLICY holiday_added ON clock_bankholiday FOR INSERT TO mash_web WITH CHECK ((SELECT fw.has('administrator')));

CREATE POLICY closure_seen ON clock_closure FOR SELECT TO mash_web, mash_sweep USING (true);
CREATE POLICY closure_added ON clock_closure FOR INSERT TO mash_web WITH CHECK ((SELECT fw.has('administrator')));
CREATE POLICY closure_removed ON clock_closure FOR DELETE TO mash_web USING ((SELECT fw.has('administrator')));

CREATE POLICY step_seen ON clock_ladderstep FOR SELECT TO mash_web, mash_sweep USING (true);
CREATE POLICY step_added ON clock_ladderstep FOR INSERT TO mash_web WITH CHECK ((SELECT fw.has('administrator')));
CREATE POLICY step_changed ON clock_ladderstep FOR UPDATE TO mash_web
    USING ((SELECT fw.has('administrator'))) WITH CHECK ((SELECT fw.has('administrator')));
CREATE POLICY step_removed ON clock_ladderstep FOR DELETE TO mash_web USING ((SELECT fw.has('administrator')));

-- Which rows the worker could not handle: the clock's to keep, since it says when a row is tried again. Keys alone; who
-- sees what such a key is of asks the record's own policy.
CREATE POLICY kept ON clock_failedrow FOR ALL TO mash_web, mash_sweep USING ((SELECT fw.has('clock')));
CREATE POLICY seen ON clock_failedrow FOR SELECT TO mash_web USING (
    (SELECT fw.has('manager', 'social_worker', 'front_door', 'administrator', 'out_of_hours'))
);
