-- Who changed the hub's settings: entered by the administrator who does it, read by those whom a setting warns.

ALTER TABLE agencies_settingchange ENABLE ROW LEVEL SECURITY;
ALTER TABLE agencies_settingchange FORCE ROW LEVEL SECURITY;
CREATE POLICY setting_change_seen ON agencies_settingchange FOR SELECT TO mash_web
    USING ((SELECT fw.has('administrator', 'manager', 'auditor')));
CREATE POLICY setting_change_entered ON agencies_settingchange FOR INSERT TO mash_web
    WITH CHECK ((SELECT fw.has('administrator')) AND changed_by_id = (SELECT fw.membership()));
