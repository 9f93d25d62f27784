CREATE TRIGGER meets_staff AFTER INSERT OR UPDATE OF staff_keys, person_id ON contacts_subject
    FOR EACH ROW WHEN (NEW.staff_keys <> '{}' OR NEW.person_id IS NOT NULL) EXECUTE FUNCTION fw.subject_meets_staff();
CREATE TRIGGER stays BEFORE UPDATE ON contacts_subject FOR EACH ROW WHEN (current_user = 'mash_web')
    EXECUTE FUNCTION fw.these_never_change('id', 'contact_id');

CREATE TRIGGER meets_subjects AFTER INSERT OR UPDATE OF keys ON agencies_staffrecord
    FOR EACH ROW WHEN (NEW.keys <> '{}') EXECUTE FUNCTION fw.staff_meets_subjects();

CREATE TRIGGER stays BEFORE UPDATE ON contacts_contact FOR EACH ROW WHEN (current_user = 'mash_web')
    EXECUTE FUNCTION fw.these_never_change('id', 'reference', 'logged_by_id', 'logged_at', 'arrived_at');
CREATE TRIGGER enters_by_screening BEFORE UPDATE ON contacts_contact FOR EACH ROW
    WHEN (current_user = 'mash_web' AND NOT fw.has('front_door', 'screener', 'manager'))
    EXECUTE FUNCTION fw.these_never_change('enquiry_id');
CREATE TRIGGER in_own_name BEFORE INSERT OR UPDATE ON contacts_contact FOR EACH ROW
    WHEN (current_user = 'mash_web') EXECUTE FUNCTION fw.in_own_name('acknowledged_by_id', 'claimed_by_id', 'logged_by_id');

CREATE TRIGGER stays BEFORE UPDATE ON contacts_protection FOR EACH ROW WHEN (current_user = 'mash_web')
    EXECUTE FUNCTION fw.these_never_change('id', 'reference', 'contact_id', 'raised_by_id', 'raised_at', 'reason');
CREATE TRIGGER in_own_name BEFORE INSERT OR UPDATE ON contacts_protection FOR EACH ROW
    WHEN (current_user = 'mash_web') EXECUTE FUNCTION fw.in_own_name('convened_by_id', 'held_by_id', 'raised_by_id', 'stood_down_by_id');

CREATE TRIGGER stays BEFORE UPDATE ON contacts_referrer FOR EACH ROW WHEN (current_user = 'mash_web')
    EXECUTE FUNCTION fw.these_never_change('id', 'contact_id');

CREATE TRIGGER in_own_name BEFORE INSERT OR UPDATE ON contacts_correction FOR EACH ROW
    WHEN (current_user = 'mash_web') EXECUTE FUNCTION fw.in_own_name('made_by_id');

CREATE TRIGGER in_own_name BEFORE INSERT OR UPDATE ON contacts_earliervalue FOR EACH ROW
    WHEN (current_user = 'mash_web') EXECUTE FUNCTION fw.in_own_name('changed_by_id');

CREATE TRIGGER in_own_name BEFORE INSERT OR UPDATE ON contacts_furtherreason FOR EACH ROW
    WHEN (current_user = 'mash_web') EXECUTE FUNCTION fw.in_own_name('given_by_id');

CREATE TRIGGER in_own_name BEFORE INSERT OR UPDATE ON contacts_personlink FOR EACH ROW
    WHEN (current_user = 'mash_web') EXECUTE FUNCTION fw.in_own_name('linked_by_id', 'undone_by_id');

-- Two of one contact are one person only where somebody said that the same one was entered twice: never twins.
CREATE TRIGGER two_of_one_contact BEFORE INSERT ON contacts_personlink FOR EACH ROW
    WHEN (NOT NEW.entered_twice) EXECUTE FUNCTION fw.two_of_one_contact();
CREATE TRIGGER only_undone BEFORE UPDATE ON contacts_personapart FOR EACH ROW
    WHEN (current_user = 'mash_web') EXECUTE FUNCTION fw.only_these_change('undone_at', 'undone_by_id');
CREATE TRIGGER in_own_name BEFORE INSERT OR UPDATE ON contacts_personapart FOR EACH ROW
    WHEN (current_user = 'mash_web') EXECUTE FUNCTION fw.in_own_name('decided_by_id', 'undone_by_id');

CREATE TRIGGER in_own_name BEFORE INSERT OR UPDATE ON contacts_staffmatch FOR EACH ROW
    WHEN (current_user = 'mash_web') EXECUTE FUNCTION fw.in_own_name('settled_by_id');

CREATE TRIGGER in_own_name BEFORE INSERT OR UPDATE ON contacts_strategydiscussion FOR EACH ROW
    WHEN (current_user = 'mash_web') EXECUTE FUNCTION fw.in_own_name('recorded_by_id');

CREATE TRIGGER in_own_name BEFORE INSERT OR UPDATE ON contacts_whereabouts FOR EACH ROW
    WHEN (current_user = 'mash_web') EXECUTE FUNCTION fw.in_own_name('recorded_by_id');

CREATE TRIGGER takes_contact BEFORE INSERT OR UPDATE ON contacts_subject
    FOR EACH ROW EXECUTE FUNCTION fw.subject_takes_contact();

CREATE TRIGGER gives_subject AFTER UPDATE OF enquiry_id ON contacts_contact
    FOR EACH ROW WHEN (OLD.enquiry_id IS DISTINCT FROM NEW.enquiry_id)
    EXECUTE FUNCTION fw.contact_gives_subject();
