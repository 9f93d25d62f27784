CREATE TRIGGER takes_enquiry
    BEFORE INSERT OR UPDATE OF enquiry_id, enquiry_reference, social_worker_id, colour ON contacts_contact
    FOR EACH ROW EXECUTE FUNCTION fw.contact_takes_enquiry();
CREATE TRIGGER gives_enquiry AFTER UPDATE OF enquiry_id, crime_possible ON contacts_contact
    FOR EACH ROW WHEN (
        NEW.enquiry_id IS NOT NULL
        AND (OLD.enquiry_id IS DISTINCT FROM NEW.enquiry_id OR OLD.crime_possible IS DISTINCT FROM NEW.crime_possible)
    )
    EXECUTE FUNCTION fw.contact_gives_enquiry();
CREATE TRIGGER contact_takes_off_cases AFTER UPDATE OF enquiry_id ON contacts_contact
    FOR EACH ROW WHEN (NEW.enquiry_id IS NOT NULL AND OLD.enquiry_id IS DISTINCT FROM NEW.enquiry_id)
    EXECUTE FUNCTION fw.contact_takes_off_cases();

CREATE TRIGGER gives_contact AFTER UPDATE OF social_worker_id, colour ON screening_enquiry
    FOR EACH ROW WHEN (OLD.social_worker_id IS DISTINCT FROM NEW.social_worker_id OR OLD.colour IS DISTINCT FROM NEW.colour)
    EXECUTE FUNCTION fw.enquiry_gives_contact();
CREATE TRIGGER agreement_closes_items
    BEFORE INSERT OR UPDATE OF decided_at, closed_at, items_close_at ON screening_enquiry
    FOR EACH ROW EXECUTE FUNCTION fw.agreement_closes_items();
CREATE TRIGGER team_moves_it_on BEFORE UPDATE ON screening_enquiry FOR EACH ROW
    WHEN (current_user = 'mash_web' AND NOT fw.has('front_door', 'screener', 'manager', 'social_worker'))
    EXECUTE FUNCTION fw.only_these_change('state', 'version', 'closed_at', 'due_at', 'items_close_at');

-- Who works on an enquiry is the manager's word; the front door and screeners add contacts to it.
CREATE TRIGGER manager_assigns BEFORE UPDATE OF social_worker_id ON screening_enquiry FOR EACH ROW
    WHEN (current_user = 'mash_web' AND NEW.social_worker_id IS DISTINCT FROM OLD.social_worker_id
          AND NOT fw.has('manager'))
    EXECUTE FUNCTION fw.only_these_change('version');

-- Of an enquiry, whoever is not its manager moves the stage on; colour, deadline and worker are the manager's word.
CREATE TRIGGER hub_moves_it_on BEFORE UPDATE ON screening_enquiry FOR EACH ROW
    WHEN (current_user = 'mash_web' AND NOT fw.has('manager'))
    EXECUTE FUNCTION fw.only_these_change('state', 'version', 'closed_at', 'due_at', 'items_close_at', 'crime_possible');
CREATE TRIGGER in_own_name BEFORE INSERT OR UPDATE ON screening_enquiry FOR EACH ROW
    WHEN (current_user = 'mash_web') EXECUTE FUNCTION fw.in_own_name('opened_by_id');

CREATE TRIGGER gives_enquiry AFTER INSERT ON clock_deadline
    FOR EACH ROW WHEN (
        (NEW.subject_kind = 'enquiry' AND NEW.measure = 'decision')
        OR (NEW.measure = 'acceptance' AND NEW.enquiry_id IS NOT NULL)
    )
    EXECUTE FUNCTION fw.deadline_gives_enquiry();

CREATE CONSTRAINT TRIGGER returns AFTER UPDATE ON screening_handover DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.state IN ('declined', 'withdrawn')) EXECUTE FUNCTION fw.handover_returns();

CREATE TRIGGER weighs_contact AFTER INSERT OR UPDATE OF state ON screening_handover
    FOR EACH ROW EXECUTE FUNCTION fw.handover_weighs_contact();
CREATE TRIGGER keeps_red_waits BEFORE INSERT OR UPDATE OF red_waits ON contacts_contact
    FOR EACH ROW WHEN (current_user = 'mash_web') EXECUTE FUNCTION fw.contact_keeps_red_waits();

-- A team moves on what it was handed or sent: the words are the hub's.
CREATE TRIGGER team_moves_it_on BEFORE UPDATE ON screening_handover FOR EACH ROW
    WHEN (current_user = 'mash_web' AND NOT fw.has('front_door', 'screener', 'manager', 'social_worker'))
    EXECUTE FUNCTION fw.only_these_change('state', 'version', 'taken_at', 'taken_by_id');
CREATE TRIGGER stays BEFORE UPDATE ON screening_handover FOR EACH ROW WHEN (current_user = 'mash_web')
    EXECUTE FUNCTION fw.these_never_change('id', 'reference', 'screening_id', 'contact_id', 'team_id', 'text', 'exit',
        'colour');
CREATE TRIGGER in_own_name BEFORE INSERT OR UPDATE ON screening_handover FOR EACH ROW
    WHEN (current_user = 'mash_web') EXECUTE FUNCTION fw.in_own_name('sent_by_id', 'taken_by_id');

CREATE TRIGGER conflict_takes_off_cases AFTER INSERT ON agencies_conflictofinterest
    FOR EACH ROW EXECUTE FUNCTION fw.conflict_takes_off_cases();

CREATE TRIGGER subject_takes_off_cases AFTER UPDATE OF person_id ON contacts_subject
    FOR EACH ROW WHEN (NEW.person_id IS NOT NULL AND OLD.person_id IS DISTINCT FROM NEW.person_id)
    EXECUTE FUNCTION fw.contact_takes_off_cases();

CREATE TRIGGER notice_is_kept_back BEFORE INSERT ON notices_notice
    FOR EACH ROW WHEN (NEW.channel = 'mail' AND NEW.membership_id IS NOT NULL AND NEW.reference <> '')
    EXECUTE FUNCTION fw.notice_is_kept_back();

CREATE TRIGGER stays BEFORE UPDATE ON screening_screening FOR EACH ROW WHEN (current_user = 'mash_web')
    EXECUTE FUNCTION fw.these_never_change('id', 'reference', 'contact_id');
CREATE TRIGGER in_own_name BEFORE INSERT OR UPDATE ON screening_screening FOR EACH ROW
    WHEN (current_user = 'mash_web') EXECUTE FUNCTION fw.in_own_name('decided_by_id');

CREATE TRIGGER in_own_name BEFORE INSERT OR UPDATE ON screening_handoverexchange FOR EACH ROW
    WHEN (current_user = 'mash_web') EXECUTE FUNCTION fw.in_own_name('said_by_id');

CREATE TRIGGER in_own_name BEFORE INSERT OR UPDATE ON screening_owndeadline FOR EACH ROW
    WHEN (current_user = 'mash_web') EXECUTE FUNCTION fw.in_own_name('set_by_id');

CREATE TRIGGER in_own_name BEFORE INSERT OR UPDATE ON screening_reopening FOR EACH ROW
    WHEN (current_user = 'mash_web') EXECUTE FUNCTION fw.in_own_name('reopened_by_id');

CREATE TRIGGER in_own_name BEFORE INSERT OR UPDATE ON screening_panelview FOR EACH ROW
    WHEN (current_user = 'mash_web') EXECUTE FUNCTION fw.in_own_name('given_by_id');

CREATE TRIGGER in_own_name BEFORE INSERT OR UPDATE ON screening_rating FOR EACH ROW
    WHEN (current_user = 'mash_web') EXECUTE FUNCTION fw.in_own_name('rated_by_id');
