-- Wall 2 for notices: whoever acts may write them, only their recipient reads them, only the sender's viewer sends.
-- A recipient who holds no role any more and is let in to nothing reads none: they may say that a child is asked about.

CREATE POLICY sent ON notices_notice FOR ALL TO mash_web, mash_sweep USING ((SELECT fw.has('clock')));
CREATE POLICY own ON notices_notice FOR SELECT TO mash_web
    USING (channel = 'in_app' AND membership_id = (SELECT fw.membership())
           AND (SELECT fw.roles() <> '{}' OR fw.emergency_route() <> '{}'));
CREATE POLICY read ON notices_notice FOR UPDATE TO mash_web
    USING (channel = 'in_app' AND membership_id = (SELECT fw.membership())
           AND (SELECT fw.roles() <> '{}' OR fw.emergency_route() <> '{}'));
CREATE POLICY written ON notices_notice FOR INSERT TO mash_web WITH CHECK (
    (SELECT fw.membership()) IS NOT NULL AND sent_at IS NULL AND read_at IS NULL
);
CREATE POLICY closed ON notices_notice AS RESTRICTIVE FOR SELECT TO mash_web
    USING (NOT reference = ANY ((SELECT fw.closed_references())::text[]));
CREATE POLICY closed_unread ON notices_notice AS RESTRICTIVE FOR UPDATE TO mash_web
    USING (NOT reference = ANY ((SELECT fw.closed_references())::text[]));

-- The loss of a mail to somebody without an account is for the front door and the managers to see to.
CREATE POLICY kept ON notices_deadletter FOR ALL TO mash_web, mash_sweep USING ((SELECT fw.has('administrator', 'clock')));
CREATE POLICY to_the_public ON notices_deadletter FOR ALL TO mash_web
    USING ((SELECT fw.has('manager', 'front_door')) AND is_to_the_public);
CREATE POLICY closed ON notices_deadletter AS RESTRICTIVE FOR ALL TO mash_web
    USING (NOT reference = ANY ((SELECT fw.closed_references())::text[]));
