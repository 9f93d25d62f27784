-- Wall 2 for the directory: read by everybody, also before anybody is known (a session's account, signing in, choosing
-- a membership); written by a signed administrator, and by nobody for themself.

-- Triggers that keep to what a record may become; for the web role, who has no other way to change a row.
CREATE FUNCTION fw.only_these_change() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    IF to_jsonb(OLD) - TG_ARGV IS DISTINCT FROM to_jsonb(NEW) - TG_ARGV THEN
        RAISE EXCEPTION 'Of % only % may change.', TG_TABLE_NAME, array_to_string(TG_ARGV, ', ')
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION fw.set_once() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY TG_ARGV LOOP
        IF to_jsonb(OLD) ->> name IS NOT NULL AND to_jsonb(OLD) ->> name IS DISTINCT FROM to_jsonb(NEW) ->> name THEN
            RAISE EXCEPTION '% of % is set once.', name, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
        END IF;
    END LOOP;
    RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION fw.only_these_change(), fw.set_once() FROM PUBLIC;

-- Every membership of the person at work: what one gives, no other one of theirs may take.
SET ROLE mash_definer;
CREATE FUNCTION fw.memberships() RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    RETURN coalesce((SELECT array_agg(m.id) FROM public.agencies_membership m WHERE m.user_id = fw.person()), '{}');
END $$;
REVOKE ALL ON FUNCTION fw.memberships() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION fw.memberships() TO mash_web;
RESET ROLE;

-- Accounts. Nobody is made a superuser from a page, and nobody changes their own account: its address is what they
-- sign in with, and who is a registered social worker may close a contact.
ALTER TABLE agencies_user ENABLE ROW LEVEL SECURITY;
ALTER TABLE agencies_user FORCE ROW LEVEL SECURITY;
CREATE POLICY account_seen ON agencies_user FOR SELECT TO mash_web, mash_sweep USING (true);
CREATE POLICY account_made ON agencies_user FOR INSERT TO mash_web WITH CHECK (
    (SELECT fw.has('administrator')) AND NOT is_superuser AND NOT is_staff AND password_stamp = ''
);
CREATE POLICY account_changed ON agencies_user FOR UPDATE TO mash_web
    USING ((SELECT fw.has('administrator')) AND id IS DISTINCT FROM (SELECT fw.person()))
    WITH CHECK ((SELECT fw.has('administrator')) AND NOT is_superuser AND NOT is_staff);

-- Agencies and teams. The group to which their grants go is theirs for good.
ALTER TABLE agencies_agency ENABLE ROW LEVEL SECURITY;
ALTER TABLE agencies_agency FORCE ROW LEVEL SECURITY;
CREATE POLICY agency_seen ON agencies_agency FOR SELECT TO mash_web, mash_sweep USING (true);
CREATE POLICY agency_made ON agencies_agency FOR INSERT TO mash_web WITH CHECK ((SELECT fw.has('administrator')));
CREATE POLICY agency_changed ON agencies_agency FOR UPDATE TO mash_web
    USING ((SELECT fw.has('administrator'))) WITH CHECK ((SELECT fw.has('administrator')));
CREATE TRIGGER agency_keeps_its_group BEFORE UPDATE ON agencies_agency FOR EACH ROW
    WHEN (current_user = 'mash_web')
    EXECUTE FUNCTION fw.only_these_change('name', 'short_name', 'kind', 'is_core', 'is_active', 'telephone');

ALTER TABLE agencies_team ENABLE ROW LEVEL SECURITY;
ALTER TABLE agencies_team FORCE ROW LEVEL SECURITY;
CREATE POLICY team_seen ON agencies_team FOR SELECT TO mash_web, mash_sweep USING (true);
CREATE POLICY team_made ON agencies_team FOR INSERT TO mash_web WITH CHECK ((SELECT fw.has('administrator')));
CREATE POLICY team_changed ON agencies_team FOR UPDATE TO mash_web
    USING ((SELECT fw.has('administrator'))) WITH CHECK ((SELECT fw.has('administrator')));
CREATE TRIGGER team_keeps_its_group BEFORE UPDATE ON agencies_team FOR EACH ROW
    WHEN (current_user = 'mash_web')
    EXECUTE FUNCTION fw.only_these_change('name', 'kind', 'is_active', 'telephone');

-- Memberships. Whose it is, where and in which roles never changes: another role is another membership.
ALTER TABLE agencies_membership ENABLE ROW LEVEL SECURITY;
ALTER TABLE agencies_membership FORCE ROW LEVEL SECURITY;
CREATE POLICY membership_seen ON agencies_membership FOR SELECT TO mash_web, mash_sweep USING (true);
CREATE POLICY membership_begun ON agencies_membership FOR INSERT TO mash_web WITH CHECK (
    (SELECT fw.has('administrator')) AND user_id IS DISTINCT FROM (SELECT fw.person())
);
CREATE POLICY membership_ended ON agencies_membership FOR UPDATE TO mash_web
    USING ((SELECT fw.has('administrator')))
    WITH CHECK (
        (SELECT fw.has('administrator')) AND (user_id IS DISTINCT FROM (SELECT fw.person()) OR ended_at IS NOT NULL)
    );
CREATE TRIGGER membership_only_ends BEFORE UPDATE ON agencies_membership FOR EACH ROW
    WHEN (current_user = 'mash_web') EXECUTE FUNCTION fw.only_these_change('ends_on', 'ended_at', 'version');
CREATE TRIGGER membership_ends_once BEFORE UPDATE ON agencies_membership FOR EACH ROW
    WHEN (current_user = 'mash_web') EXECUTE FUNCTION fw.set_once('ended_at');

-- The agreement and who has signed it.
ALTER TABLE agencies_agreement ENABLE ROW LEVEL SECURITY;
ALTER TABLE agencies_agreement FORCE ROW LEVEL SECURITY;
CREATE POLICY agreement_seen ON agencies_agreement FOR SELECT TO mash_web, mash_sweep USING (true);
CREATE POLICY agreement_made ON agencies_agreement FOR INSERT TO mash_web
    WITH CHECK ((SELECT fw.has('administrator')));
CREATE POLICY agreement_changed ON agencies_agreement FOR UPDATE TO mash_web
    USING ((SELECT fw.has('administrator'))) WITH CHECK ((SELECT fw.has('administrator')));

ALTER TABLE agencies_signature ENABLE ROW LEVEL SECURITY;
ALTER TABLE agencies_signature FORCE ROW LEVEL SECURITY;
CREATE POLICY signature_seen ON agencies_signature FOR SELECT TO mash_web, mash_sweep USING (true);
CREATE POLICY signature_entered ON agencies_signature FOR INSERT TO mash_web
    WITH CHECK ((SELECT fw.has('administrator')));
CREATE POLICY signature_ended ON agencies_signature FOR UPDATE TO mash_web
    USING ((SELECT fw.has('administrator'))) WITH CHECK ((SELECT fw.has('administrator')));
CREATE TRIGGER signature_only_ends BEFORE UPDATE ON agencies_signature FOR EACH ROW
    WHEN (current_user = 'mash_web') EXECUTE FUNCTION fw.only_these_change('ends_on');

-- How the hub works: the public form reads it, the administrator writes it.
ALTER TABLE agencies_hubsettings ENABLE ROW LEVEL SECURITY;
ALTER TABLE agencies_hubsettings FORCE ROW LEVEL SECURITY;
CREATE POLICY hub_seen ON agencies_hubsettings FOR SELECT TO mash_web, mash_sweep USING (true);
CREATE POLICY hub_begun ON agencies_hubsettings FOR INSERT TO mash_web WITH CHECK ((SELECT fw.has('administrator')));
CREATE POLICY hub_changed ON agencies_hubsettings FOR UPDATE TO mash_web
    USING ((SELECT fw.has('administrator'))) WITH CHECK ((SELECT fw.has('administrator')));

-- Forms that were sent: each membership its own, the public form its own.
ALTER TABLE agencies_submission ENABLE ROW LEVEL SECURITY;
ALTER TABLE agencies_submission FORCE ROW LEVEL SECURITY;
CREATE POLICY submission_own ON agencies_submission FOR ALL TO mash_web
    USING (membership_id = (SELECT fw.membership())) WITH CHECK (membership_id = (SELECT fw.membership()));
