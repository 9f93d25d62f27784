-- What a row of the directory may become, and that whoever writes says so in their own name. For the web role: it has
-- no other way to change a row.

CREATE TRIGGER stamp_stays BEFORE UPDATE OF password_stamp ON public.agencies_user FOR EACH ROW
    WHEN (NEW.password_stamp IS DISTINCT FROM OLD.password_stamp AND current_user <> 'mash_definer')
    EXECUTE FUNCTION fw.stamp_stays();
CREATE TRIGGER factor_stamp_stays BEFORE UPDATE OF second_factor_stamp ON public.agencies_user FOR EACH ROW
    WHEN (NEW.second_factor_stamp IS DISTINCT FROM OLD.second_factor_stamp AND current_user <> 'mash_definer')
    EXECUTE FUNCTION fw.stamp_stays();

CREATE TRIGGER agency_keeps_its_group BEFORE UPDATE ON agencies_agency FOR EACH ROW
    WHEN (current_user = 'mash_web')
    EXECUTE FUNCTION fw.only_these_change('name', 'short_name', 'kind', 'is_core', 'is_active', 'telephone', 'version');

CREATE TRIGGER team_keeps_its_group BEFORE UPDATE ON agencies_team FOR EACH ROW
    WHEN (current_user = 'mash_web')
    EXECUTE FUNCTION fw.only_these_change('name', 'kind', 'is_active', 'telephone', 'version');

CREATE TRIGGER membership_only_ends BEFORE UPDATE ON agencies_membership FOR EACH ROW
    WHEN (current_user = 'mash_web') EXECUTE FUNCTION fw.only_these_change('ends_on', 'ended_at', 'version');
CREATE TRIGGER membership_ends_once BEFORE UPDATE ON agencies_membership FOR EACH ROW
    WHEN (current_user = 'mash_web') EXECUTE FUNCTION fw.set_once('ended_at');

CREATE TRIGGER roles_stay_apart BEFORE INSERT OR UPDATE OF ends_on ON agencies_membership FOR EACH ROW
    WHEN (current_user IN ('mash_web', 'mash_definer')) EXECUTE FUNCTION fw.roles_stay_apart();
CREATE TRIGGER case_roles_are_not_prolonged BEFORE UPDATE OF ends_on ON agencies_membership FOR EACH ROW
    WHEN (current_user = 'mash_web') EXECUTE FUNCTION fw.case_roles_are_not_prolonged();

CREATE TRIGGER proposal_is_only_answered BEFORE UPDATE ON agencies_roleproposal FOR EACH ROW
    WHEN (current_user = 'mash_web')
    EXECUTE FUNCTION fw.only_these_change('answer', 'answered_at', 'answered_by_id', 'reason', 'version');
CREATE TRIGGER in_own_name BEFORE INSERT OR UPDATE ON agencies_roleproposal FOR EACH ROW
    WHEN (current_user = 'mash_web') EXECUTE FUNCTION fw.in_own_name('proposed_by_id', 'answered_by_id');

CREATE TRIGGER signature_only_ends BEFORE UPDATE ON agencies_signature FOR EACH ROW
    WHEN (current_user = 'mash_web') EXECUTE FUNCTION fw.only_these_change('ends_on');

CREATE TRIGGER conflict_is_only_lifted BEFORE UPDATE ON agencies_conflictofinterest FOR EACH ROW
    WHEN (current_user = 'mash_web') EXECUTE FUNCTION fw.only_these_change('lifted_at', 'lifted_by_id');
CREATE TRIGGER conflict_is_lifted_once BEFORE UPDATE ON agencies_conflictofinterest FOR EACH ROW
    WHEN (current_user = 'mash_web') EXECUTE FUNCTION fw.set_once('lifted_at', 'lifted_by_id');
CREATE TRIGGER conflict_waits BEFORE INSERT ON agencies_conflictofinterest
    FOR EACH ROW EXECUTE FUNCTION fw.conflict_waits();
CREATE TRIGGER in_own_name BEFORE INSERT OR UPDATE ON agencies_conflictofinterest FOR EACH ROW
    WHEN (current_user = 'mash_web') EXECUTE FUNCTION fw.in_own_name('entered_by_id', 'lifted_by_id');

CREATE TRIGGER review_only_ends BEFORE UPDATE ON agencies_review FOR EACH ROW
    WHEN (current_user = 'mash_web') EXECUTE FUNCTION fw.only_these_change('ended_at');
CREATE TRIGGER review_ends_once BEFORE UPDATE ON agencies_review FOR EACH ROW
    WHEN (current_user = 'mash_web') EXECUTE FUNCTION fw.set_once('ended_at');
CREATE TRIGGER in_own_name BEFORE INSERT OR UPDATE ON agencies_review FOR EACH ROW
    WHEN (current_user = 'mash_web') EXECUTE FUNCTION fw.in_own_name('named_by_id');

CREATE TRIGGER glass_is_only_judged BEFORE UPDATE ON agencies_brokenglass FOR EACH ROW
    WHEN (current_user = 'mash_web')
    EXECUTE FUNCTION fw.only_these_change('reviewed_at', 'reviewed_by_id', 'finding');
CREATE TRIGGER glass_is_judged_once BEFORE UPDATE ON agencies_brokenglass FOR EACH ROW
    WHEN (current_user = 'mash_web') EXECUTE FUNCTION fw.set_once('reviewed_at', 'reviewed_by_id');
CREATE TRIGGER in_own_name BEFORE INSERT OR UPDATE ON agencies_brokenglass FOR EACH ROW
    WHEN (current_user = 'mash_web') EXECUTE FUNCTION fw.in_own_name('reviewed_by_id');

CREATE TRIGGER in_own_name BEFORE INSERT OR UPDATE ON agencies_emergencyuse FOR EACH ROW
    WHEN (current_user = 'mash_web') EXECUTE FUNCTION fw.in_own_name('opened_by_id', 'reviewed_by_id');

CREATE TRIGGER in_own_name BEFORE INSERT OR UPDATE ON agencies_hubsettings FOR EACH ROW
    WHEN (current_user = 'mash_web') EXECUTE FUNCTION fw.in_own_name('public_form_opened_by_id', 'second_factor_set_by_id');

CREATE TRIGGER in_own_name BEFORE INSERT OR UPDATE ON agencies_formername FOR EACH ROW
    WHEN (current_user = 'mash_web') EXECUTE FUNCTION fw.in_own_name('changed_by_id');

CREATE TRIGGER in_own_name BEFORE INSERT OR UPDATE ON agencies_settingchange FOR EACH ROW
    WHEN (current_user = 'mash_web') EXECUTE FUNCTION fw.in_own_name('changed_by_id');

CREATE TRIGGER absence_only_ends BEFORE UPDATE ON agencies_absence FOR EACH ROW
    WHEN (current_user = 'mash_web') EXECUTE FUNCTION fw.only_these_change('ended_at', 'ended_by_id');
CREATE TRIGGER absence_ends_once BEFORE UPDATE ON agencies_absence FOR EACH ROW
    WHEN (current_user = 'mash_web') EXECUTE FUNCTION fw.set_once('ended_at', 'ended_by_id');
CREATE TRIGGER in_own_name BEFORE INSERT OR UPDATE ON agencies_absence FOR EACH ROW
    WHEN (current_user = 'mash_web') EXECUTE FUNCTION fw.in_own_name('marked_by_id', 'ended_by_id');

CREATE TRIGGER duty_only_ends BEFORE UPDATE ON agencies_duty FOR EACH ROW
    WHEN (current_user = 'mash_web') EXECUTE FUNCTION fw.only_these_change('ended_at', 'ended_by_id');
CREATE TRIGGER duty_ends_once BEFORE UPDATE ON agencies_duty FOR EACH ROW
    WHEN (current_user = 'mash_web') EXECUTE FUNCTION fw.set_once('ended_at', 'ended_by_id');
CREATE TRIGGER in_own_name BEFORE INSERT OR UPDATE ON agencies_duty FOR EACH ROW
    WHEN (current_user = 'mash_web') EXECUTE FUNCTION fw.in_own_name('named_by_id', 'ended_by_id');
