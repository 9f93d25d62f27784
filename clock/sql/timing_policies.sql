-- Wall 2 for what the clock goes by: read by all, written by a signed administrator. A policy in force never changes:
-- the web role may add one and no more (clock/rights.py).

ALTER TABLE clock_ratingpolicy ENABLE ROW LEVEL SECURITY;
ALTER TABLE clock_ratingpolicy FORCE ROW LEVEL SECURITY;
CREATE POLICY policy_seen ON clock_ratingpolicy FOR SELECT TO mash_web, mash_sweep USING (true);
CREATE POLICY policy_added ON clock_ratingpolicy FOR INSERT TO mash_web WITH CHECK ((SELECT fw.has('administrator')));

ALTER TABLE clock_bankholiday ENABLE ROW LEVEL SECURITY;
ALTER TABLE clock_bankholiday FORCE ROW LEVEL SECURITY;
CREATE POLICY holiday_seen ON clock_bankholiday FOR SELECT TO mash_web, mash_sweep USING (true);
CREATE POLICY holiday_added ON clock_bankholiday FOR INSERT TO mash_web WITH CHECK ((SELECT fw.has('administrator')));

ALTER TABLE clock_closure ENABLE ROW LEVEL SECURITY;
ALTER TABLE clock_closure FORCE ROW LEVEL SECURITY;
CREATE POLICY closure_seen ON clock_closure FOR SELECT TO mash_web, mash_sweep USING (true);
CREATE POLICY closure_added ON clock_closure FOR INSERT TO mash_web WITH CHECK ((SELECT fw.has('administrator')));
CREATE POLICY closure_removed ON clock_closure FOR DELETE TO mash_web USING ((SELECT fw.has('administrator')));

ALTER TABLE clock_ladderstep ENABLE ROW LEVEL SECURITY;
ALTER TABLE clock_ladderstep FORCE ROW LEVEL SECURITY;
CREATE POLICY step_seen ON clock_ladderstep FOR SELECT TO mash_web, mash_sweep USING (true);
CREATE POLICY step_added ON clock_ladderstep FOR INSERT TO mash_web WITH CHECK ((SELECT fw.has('administrator')));
CREATE POLICY step_changed ON clock_ladderstep FOR UPDATE TO mash_web
    USING ((SELECT fw.has('administrator'))) WITH CHECK ((SELECT fw.has('administrator')));
CREATE POLICY step_removed ON clock_ladderstep FOR DELETE TO mash_web USING ((SELECT fw.has('administrator')));
