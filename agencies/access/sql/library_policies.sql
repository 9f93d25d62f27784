-- Wall 2 for the libraries' tables that could decide rights. The hub reads rights from memberships alone; these stay
-- empty or fixed, so that no library is ever asked and answers yes.

-- Groups of agencies and teams, to which grants go; made with them.
ALTER TABLE auth_group ENABLE ROW LEVEL SECURITY;
ALTER TABLE auth_group FORCE ROW LEVEL SECURITY;
CREATE POLICY group_seen ON auth_group FOR SELECT TO mash_web, mash_sweep USING (true);
CREATE POLICY group_made ON auth_group FOR INSERT TO mash_web WITH CHECK ((SELECT fw.has('administrator')));

-- Permissions are made by migrations, as the owner.
ALTER TABLE auth_permission ENABLE ROW LEVEL SECURITY;
ALTER TABLE auth_permission FORCE ROW LEVEL SECURITY;
CREATE POLICY permission_seen ON auth_permission FOR SELECT TO mash_web USING (true);
CREATE POLICY permission_migrated ON auth_permission FOR ALL TO mash_owner USING (true) WITH CHECK (true);

ALTER TABLE auth_group_permissions ENABLE ROW LEVEL SECURITY;
ALTER TABLE auth_group_permissions FORCE ROW LEVEL SECURITY;

ALTER TABLE agencies_user_groups ENABLE ROW LEVEL SECURITY;
ALTER TABLE agencies_user_groups FORCE ROW LEVEL SECURITY;

ALTER TABLE agencies_user_user_permissions ENABLE ROW LEVEL SECURITY;
ALTER TABLE agencies_user_user_permissions FORCE ROW LEVEL SECURITY;

ALTER TABLE guardian_groupobjectpermission ENABLE ROW LEVEL SECURITY;
ALTER TABLE guardian_groupobjectpermission FORCE ROW LEVEL SECURITY;
ALTER TABLE guardian_userobjectpermission ENABLE ROW LEVEL SECURITY;
ALTER TABLE guardian_userobjectpermission FORCE ROW LEVEL SECURITY;

-- Further addresses of an account, to which a reset would go: the hub has none. Signing in asks, and finds nothing.
ALTER TABLE account_emailaddress ENABLE ROW LEVEL SECURITY;
ALTER TABLE account_emailaddress FORCE ROW LEVEL SECURITY;
CREATE POLICY address_seen ON account_emailaddress FOR SELECT TO mash_web USING (false);
ALTER TABLE account_emailconfirmation ENABLE ROW LEVEL SECURITY;
ALTER TABLE account_emailconfirmation FORCE ROW LEVEL SECURITY;
