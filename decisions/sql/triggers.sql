CREATE TRIGGER takes_enquiry BEFORE INSERT OR UPDATE ON decisions_mashsummary
    FOR EACH ROW EXECUTE FUNCTION fw.summary_takes_enquiry();
CREATE TRIGGER words_frozen BEFORE UPDATE ON decisions_mashsummary
    FOR EACH ROW WHEN (OLD.released_at IS NOT NULL) EXECUTE FUNCTION fw.summary_words_frozen();
CREATE CONSTRAINT TRIGGER returns AFTER UPDATE ON decisions_mashsummary DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.state IN ('declined', 'withdrawn')) EXECUTE FUNCTION fw.summary_returns();
CREATE TRIGGER weighed AFTER UPDATE OF released_at ON decisions_mashsummary
    FOR EACH ROW WHEN (OLD.released_at IS DISTINCT FROM NEW.released_at) EXECUTE FUNCTION fw.release_weighed();
CREATE TRIGGER stays BEFORE UPDATE ON decisions_mashsummary FOR EACH ROW WHEN (current_user = 'mash_web')
    EXECUTE FUNCTION fw.these_never_change('id', 'reference', 'decision_id');

-- What goes outside: only a manager releases, only what its owner cleared is picked, only an owner agrees to words.
CREATE TRIGGER manager_releases BEFORE UPDATE ON decisions_mashsummary FOR EACH ROW
    WHEN (current_user = 'mash_web' AND NOT fw.has('manager'))
    EXECUTE FUNCTION fw.these_never_change('released_at', 'released_by_id', 'team_id', 'enquiry_id', 'superseded_at',
        'superseded_by_id', 'superseded_because');
CREATE TRIGGER in_own_name BEFORE INSERT OR UPDATE ON decisions_mashsummary FOR EACH ROW
    WHEN (current_user = 'mash_web') EXECUTE FUNCTION fw.in_own_name('prepared_by_id', 'released_by_id', 'taken_by_id',
        'superseded_by_id', 'telephoned_by_id');

CREATE TRIGGER gives_summary AFTER UPDATE OF social_worker_id ON screening_enquiry
    FOR EACH ROW WHEN (OLD.social_worker_id IS DISTINCT FROM NEW.social_worker_id)
    EXECUTE FUNCTION fw.enquiry_gives_summary();

CREATE TRIGGER frozen AFTER INSERT OR UPDATE OR DELETE ON decisions_summaryitem
    FOR EACH ROW EXECUTE FUNCTION fw.frozen_after_release();
CREATE TRIGGER only_what_is_cleared AFTER INSERT ON decisions_summaryitem
    FOR EACH ROW EXECUTE FUNCTION fw.only_what_is_cleared();

CREATE TRIGGER frozen AFTER INSERT OR UPDATE OR DELETE ON decisions_summarychild
    FOR EACH ROW EXECUTE FUNCTION fw.frozen_after_release();

CREATE TRIGGER frozen AFTER INSERT OR UPDATE OR DELETE ON decisions_summaryinstruction
    FOR EACH ROW EXECUTE FUNCTION fw.frozen_after_release();

-- What was sent is not as it was sent any more: noted with the change, whoever made it.
CREATE TRIGGER changes_release AFTER UPDATE OF version, handling, withdrawn_at ON information_sharing_item
    FOR EACH ROW WHEN ((OLD.version, OLD.handling, OLD.withdrawn_at)
                       IS DISTINCT FROM (NEW.version, NEW.handling, NEW.withdrawn_at))
    EXECUTE FUNCTION fw.item_changes_release();
CREATE TRIGGER changes_release AFTER INSERT OR UPDATE OF undone_at ON contacts_personlink
    FOR EACH ROW EXECUTE FUNCTION fw.link_changes_release();
CREATE TRIGGER only_settled BEFORE UPDATE ON decisions_summarychange FOR EACH ROW
    WHEN (current_user = 'mash_web') EXECUTE FUNCTION fw.only_these_change('told_at', 'settled_at', 'settled_by_id');
CREATE TRIGGER in_own_name BEFORE INSERT OR UPDATE ON decisions_summarychange FOR EACH ROW
    WHEN (current_user = 'mash_web') EXECUTE FUNCTION fw.in_own_name('settled_by_id');
CREATE TRIGGER in_own_name BEFORE INSERT OR UPDATE ON decisions_recall FOR EACH ROW
    WHEN (current_user = 'mash_web') EXECUTE FUNCTION fw.in_own_name('recalled_by_id');

CREATE TRIGGER notes_requests AFTER INSERT ON contacts_correction
    FOR EACH ROW WHEN (NEW.since IS NOT NULL) EXECUTE FUNCTION fw.correction_notes_requests();
CREATE TRIGGER weighed AFTER INSERT ON contacts_correction
    FOR EACH ROW EXECUTE FUNCTION fw.own_contact_weighed();

CREATE TRIGGER weighed AFTER INSERT ON decisions_correctionnotice
    FOR EACH ROW EXECUTE FUNCTION fw.own_contact_weighed();

-- A correction that was passed on keeps its words; that it was told is added once.
CREATE TRIGGER correction_is_only_told BEFORE UPDATE ON decisions_correctionnotice FOR EACH ROW
    WHEN (current_user = 'mash_web') EXECUTE FUNCTION fw.only_these_change('told_at', 'told_by_id', 'call');
CREATE TRIGGER in_own_name BEFORE INSERT OR UPDATE ON decisions_correctionnotice FOR EACH ROW
    WHEN (current_user = 'mash_web') EXECUTE FUNCTION fw.in_own_name('told_by_id', 'written_by_id');

CREATE TRIGGER weighed AFTER INSERT OR UPDATE OF contact_id, sent_at ON screening_handover
    FOR EACH ROW EXECUTE FUNCTION fw.own_contact_weighed();

CREATE TRIGGER weighed AFTER INSERT ON decisions_feedback
    FOR EACH ROW EXECUTE FUNCTION fw.own_contact_weighed();
CREATE TRIGGER in_own_name BEFORE INSERT OR UPDATE ON decisions_feedback FOR EACH ROW
    WHEN (current_user = 'mash_web') EXECUTE FUNCTION fw.in_own_name('told_by_id');

CREATE TRIGGER weighed AFTER INSERT OR UPDATE OF state, sent_at ON decisions_familyletter
    FOR EACH ROW EXECUTE FUNCTION fw.own_contact_weighed();
CREATE TRIGGER letters_weighed AFTER INSERT OR UPDATE OF state ON decisions_familyletter
    FOR EACH ROW EXECUTE FUNCTION fw.letters_weighed();
CREATE TRIGGER stays BEFORE UPDATE ON decisions_familyletter FOR EACH ROW WHEN (current_user = 'mash_web')
    EXECUTE FUNCTION fw.these_never_change('id', 'reference', 'contact_id', 'subject_id');
CREATE TRIGGER in_own_name BEFORE INSERT OR UPDATE ON decisions_familyletter FOR EACH ROW
    WHEN (current_user = 'mash_web') EXECUTE FUNCTION fw.in_own_name('sent_by_id', 'written_by_id');

CREATE TRIGGER weighed AFTER INSERT ON information_sharing_requestsubject
    FOR EACH ROW EXECUTE FUNCTION fw.contact_asked_about_weighed();

CREATE TRIGGER weighed AFTER UPDATE OF state, sent_at ON information_sharing_informationrequest
    FOR EACH ROW WHEN (OLD.sent_at IS DISTINCT FROM NEW.sent_at
                       OR (OLD.state = 'withdrawn') IS DISTINCT FROM (NEW.state = 'withdrawn'))
    EXECUTE FUNCTION fw.request_weighed();

CREATE TRIGGER weighed AFTER UPDATE OF enquiry_id ON contacts_contact
    FOR EACH ROW WHEN (OLD.enquiry_id IS DISTINCT FROM NEW.enquiry_id) EXECUTE FUNCTION fw.moved_contact_weighed();
CREATE TRIGGER letters_weighed AFTER UPDATE OF state, ended_at ON contacts_contact
    FOR EACH ROW WHEN ((OLD.state = 'ended' OR NEW.state = 'ended')
                       AND (OLD.state, OLD.ended_at) IS DISTINCT FROM (NEW.state, NEW.ended_at))
    EXECUTE FUNCTION fw.letters_of_contact_weighed();

CREATE TRIGGER letters_weighed AFTER INSERT OR UPDATE OF kind, subject_id ON contacts_relation
    FOR EACH ROW EXECUTE FUNCTION fw.letters_weighed();

CREATE TRIGGER letters_weighed AFTER UPDATE OF kind ON contacts_subject
    FOR EACH ROW WHEN (OLD.kind IS DISTINCT FROM NEW.kind) EXECUTE FUNCTION fw.letters_weighed();

CREATE TRIGGER stays BEFORE UPDATE ON decisions_complaint FOR EACH ROW WHEN (current_user = 'mash_web')
    EXECUTE FUNCTION fw.these_never_change('id', 'reference', 'contact_id');
CREATE TRIGGER in_own_name BEFORE INSERT OR UPDATE ON decisions_complaint FOR EACH ROW
    WHEN (current_user = 'mash_web') EXECUTE FUNCTION fw.in_own_name('answered_by_id', 'recorded_by_id');

CREATE TRIGGER stays BEFORE UPDATE ON decisions_outgoingtext FOR EACH ROW WHEN (current_user = 'mash_web')
    EXECUTE FUNCTION fw.these_never_change('id', 'reference', 'contact_id', 'path', 'action', 'fields', 'sent_at', 'sent_by_id');
CREATE TRIGGER in_own_name BEFORE INSERT OR UPDATE ON decisions_outgoingtext FOR EACH ROW
    WHEN (current_user = 'mash_web') EXECUTE FUNCTION fw.in_own_name('sent_by_id', 'settled_by_id');

CREATE TRIGGER in_own_name BEFORE INSERT OR UPDATE ON decisions_analysis FOR EACH ROW
    WHEN (current_user = 'mash_web') EXECUTE FUNCTION fw.in_own_name('saved_by_id', 'sent_by_id');

CREATE TRIGGER in_own_name BEFORE INSERT OR UPDATE ON decisions_analysisversion FOR EACH ROW
    WHEN (current_user = 'mash_web') EXECUTE FUNCTION fw.in_own_name('sent_by_id');

CREATE TRIGGER takes_item BEFORE INSERT ON decisions_considereditem
    FOR EACH ROW EXECUTE FUNCTION fw.considered_takes_item();
CREATE TRIGGER in_own_name BEFORE INSERT OR UPDATE ON decisions_decision FOR EACH ROW
    WHEN (current_user = 'mash_web') EXECUTE FUNCTION fw.in_own_name('decided_by_id');

CREATE TRIGGER in_own_name BEFORE INSERT OR UPDATE ON decisions_exchange FOR EACH ROW
    WHEN (current_user = 'mash_web') EXECUTE FUNCTION fw.in_own_name('said_by_id');

CREATE TRIGGER in_own_name BEFORE INSERT OR UPDATE ON decisions_jointview FOR EACH ROW
    WHEN (current_user = 'mash_web') EXECUTE FUNCTION fw.in_own_name('given_by_id');

-- A mail about a child that failed for good is a task of those who answer for the child, whoever sees to the mail.
CREATE TRIGGER undelivered AFTER INSERT ON notices_deadletter
    FOR EACH ROW EXECUTE FUNCTION fw.letter_undelivered();
CREATE TRIGGER seen_to AFTER UPDATE OF seen_to_at ON notices_deadletter
    FOR EACH ROW WHEN (OLD.seen_to_at IS NULL AND NEW.seen_to_at IS NOT NULL) EXECUTE FUNCTION fw.letter_seen_to();
CREATE TRIGGER only_settled BEFORE UPDATE ON decisions_undelivered FOR EACH ROW
    WHEN (current_user = 'mash_web') EXECUTE FUNCTION fw.only_these_change('noted_at', 'settled_at', 'settled_by_id',
        'way', 'how', 'informed_at', 'informed_by', 'reason');
CREATE TRIGGER only_settled BEFORE UPDATE ON decisions_cameback FOR EACH ROW
    WHEN (current_user = 'mash_web') EXECUTE FUNCTION fw.only_these_change('settled_at', 'settled_by_id', 'way', 'how',
        'informed_at', 'informed_by', 'reason');
CREATE TRIGGER in_own_name BEFORE INSERT OR UPDATE ON decisions_cameback FOR EACH ROW
    WHEN (current_user = 'mash_web') EXECUTE FUNCTION fw.in_own_name('recorded_by_id', 'settled_by_id');
CREATE TRIGGER in_own_name BEFORE INSERT OR UPDATE ON decisions_undelivered FOR EACH ROW
    WHEN (current_user = 'mash_web') EXECUTE FUNCTION fw.in_own_name('settled_by_id');
