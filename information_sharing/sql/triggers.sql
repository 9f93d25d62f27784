CREATE TRIGGER grants_made AFTER INSERT ON information_sharing_informationrequest
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION fw.request_grants();
CREATE TRIGGER grants_changed AFTER UPDATE ON information_sharing_informationrequest
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION fw.request_grants();
CREATE TRIGGER takes_enquiry BEFORE INSERT OR UPDATE ON information_sharing_informationrequest
    FOR EACH ROW EXECUTE FUNCTION fw.request_takes_enquiry();
CREATE TRIGGER agency_moves_it_on BEFORE UPDATE ON information_sharing_informationrequest FOR EACH ROW
    WHEN (current_user = 'mash_web' AND NOT fw.has('manager', 'social_worker'))
    EXECUTE FUNCTION fw.only_these_change('state', 'version', 'first_word_at', 'cannot_until', 'answered_at');
CREATE TRIGGER stays BEFORE UPDATE ON information_sharing_informationrequest FOR EACH ROW
    WHEN (current_user = 'mash_web')
    EXECUTE FUNCTION fw.these_never_change('id', 'reference', 'asks', 'purpose', 'concern', 'lawful_basis', 'sent_at');
CREATE TRIGGER withdrawn_for_good BEFORE UPDATE ON information_sharing_informationrequest FOR EACH ROW
    WHEN (current_user = 'mash_web' AND OLD.state = 'withdrawn') EXECUTE FUNCTION fw.these_never_change('state');
CREATE CONSTRAINT TRIGGER answered_with_an_answer AFTER UPDATE ON information_sharing_informationrequest
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.state = 'answered' AND OLD.state <> 'answered') EXECUTE FUNCTION fw.answered_with_an_answer();
CREATE TRIGGER in_own_name BEFORE INSERT OR UPDATE ON information_sharing_informationrequest FOR EACH ROW
    WHEN (current_user = 'mash_web') EXECUTE FUNCTION fw.in_own_name('sent_by_id');

CREATE TRIGGER gives_request AFTER UPDATE OF social_worker_id ON screening_enquiry
    FOR EACH ROW WHEN (OLD.social_worker_id IS DISTINCT FROM NEW.social_worker_id)
    EXECUTE FUNCTION fw.enquiry_gives_request();
CREATE TRIGGER closing_ends_namings AFTER UPDATE OF state ON screening_enquiry
    FOR EACH ROW WHEN (NEW.state = 'closed' AND OLD.state <> 'closed') EXECUTE FUNCTION fw.closing_ends_namings();

CREATE TRIGGER takes_request BEFORE INSERT OR UPDATE ON information_sharing_item
    FOR EACH ROW EXECUTE FUNCTION fw.item_takes_request();
CREATE TRIGGER keep_held_marker AFTER INSERT OR UPDATE OF handling, given_at, withdrawn_at ON information_sharing_item
    FOR EACH ROW EXECUTE FUNCTION fw.keep_held_marker();
CREATE TRIGGER sealing_takes_texts AFTER UPDATE OF handling ON information_sharing_item
    FOR EACH ROW WHEN (NEW.handling = 'manager_only' AND OLD.handling <> 'manager_only')
    EXECUTE FUNCTION fw.sealing_takes_texts();
CREATE TRIGGER in_own_name BEFORE INSERT OR UPDATE ON information_sharing_item FOR EACH ROW
    WHEN (current_user = 'mash_web') EXECUTE FUNCTION fw.in_own_name('author_id');

CREATE TRIGGER gives_request AFTER INSERT ON clock_deadline
    FOR EACH ROW WHEN (NEW.subject_kind = 'request' AND NEW.measure = 'full_answer')
    EXECUTE FUNCTION fw.clock_gives_request();

CREATE TRIGGER stays BEFORE UPDATE ON information_sharing_answer FOR EACH ROW WHEN (current_user = 'mash_web')
    EXECUTE FUNCTION fw.these_never_change('id', 'request_id', 'given_by_id', 'is_spoken');
CREATE TRIGGER in_own_name BEFORE INSERT OR UPDATE ON information_sharing_answer FOR EACH ROW
    WHEN (current_user = 'mash_web') EXECUTE FUNCTION fw.in_own_name('confirmed_by_id', 'given_by_id');

CREATE TRIGGER stays BEFORE UPDATE ON information_sharing_safetyinstruction FOR EACH ROW
    WHEN (current_user = 'mash_web')
    EXECUTE FUNCTION fw.these_never_change('id', 'reference', 'item_id', 'agency_id', 'kept_with', 'proposed_text');
CREATE TRIGGER owner_settles BEFORE UPDATE ON information_sharing_safetyinstruction FOR EACH ROW
    WHEN (current_user = 'mash_web' AND fw.has('manager'))
    EXECUTE FUNCTION fw.owner_settles_words();
CREATE TRIGGER in_own_name BEFORE INSERT OR UPDATE ON information_sharing_safetyinstruction FOR EACH ROW
    WHEN (current_user = 'mash_web') EXECUTE FUNCTION fw.in_own_name('proposed_by_id', 'refused_by_id', 'settled_by_id');

CREATE TRIGGER in_own_name BEFORE INSERT OR UPDATE ON information_sharing_sealedreader FOR EACH ROW
    WHEN (current_user = 'mash_web') EXECUTE FUNCTION fw.in_own_name('ended_by_id', 'named_by_id');

CREATE TRIGGER in_own_name BEFORE INSERT OR UPDATE ON information_sharing_itemtext FOR EACH ROW
    WHEN (current_user = 'mash_web') EXECUTE FUNCTION fw.in_own_name('written_by_id');

CREATE TRIGGER in_own_name BEFORE INSERT OR UPDATE ON information_sharing_sharingauthority FOR EACH ROW
    WHEN (current_user = 'mash_web') EXECUTE FUNCTION fw.in_own_name('given_by_id');

CREATE TRIGGER takes_answer BEFORE INSERT OR UPDATE ON information_sharing_item
    FOR EACH ROW EXECUTE FUNCTION fw.item_takes_answer();

CREATE TRIGGER gives_items AFTER INSERT OR UPDATE OF confirmed_at ON information_sharing_answer
    FOR EACH ROW WHEN (NEW.is_spoken) EXECUTE FUNCTION fw.answer_gives_items();

CREATE TRIGGER follows_person AFTER INSERT ON information_sharing_requestsubject
    FOR EACH ROW WHEN (NOT NEW.by_person) EXECUTE FUNCTION fw.asking_follows_person();
CREATE TRIGGER person_takes_rights AFTER UPDATE OF person_id, enquiry_id ON contacts_subject
    FOR EACH ROW WHEN ((OLD.person_id, OLD.enquiry_id) IS DISTINCT FROM (NEW.person_id, NEW.enquiry_id)
                       AND (OLD.person_id IS NOT NULL OR NEW.person_id IS NOT NULL))
    EXECUTE FUNCTION fw.person_takes_rights();
