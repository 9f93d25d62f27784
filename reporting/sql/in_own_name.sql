-- Whoever writes, writes in their own name, and of a record only what their part in it may change. The last file of
-- the second wall: it looks over the tables of every app.

-- Every column that names who did something: what a row newly says there is the membership of the identity.
CREATE FUNCTION fw.in_own_name() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
DECLARE
    said jsonb := to_jsonb(NEW);
    stood jsonb := CASE TG_OP WHEN 'UPDATE' THEN to_jsonb(OLD) ELSE '{}' END;
    name text;
BEGIN
    FOREACH name IN ARRAY TG_ARGV LOOP
        IF said ->> name IS NOT NULL AND said ->> name IS DISTINCT FROM stood ->> name
           AND said ->> name IS DISTINCT FROM fw.membership()::text THEN
            RAISE EXCEPTION '% of % is written in the own name alone.', name, TG_TABLE_NAME
                USING ERRCODE = 'insufficient_privilege';
        END IF;
    END LOOP;
    RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION fw.in_own_name() FROM PUBLIC;

-- Earlier versions of a sealed text keep their writers when its agency seals them: its policy holds them to the clear
-- text, so this one column is left out.
DO $$
DECLARE
    found record;
BEGIN
    FOR found IN
        SELECT c.conrelid::regclass AS named, string_agg(quote_literal(a.attname), ', ' ORDER BY a.attname) AS columns
          FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
         WHERE c.contype = 'f' AND c.confrelid = 'agencies_membership'::regclass
           AND (a.attname LIKE '%\_by\_id' OR a.attname = 'author_id')
           AND c.conrelid <> 'information_sharing_sealedtext'::regclass
         GROUP BY c.conrelid
    LOOP
        EXECUTE format(
            'CREATE TRIGGER in_own_name BEFORE INSERT OR UPDATE ON %s FOR EACH ROW'
            ' WHEN (current_user = ''mash_web'') EXECUTE FUNCTION fw.in_own_name(%s)', found.named, found.columns);
    END LOOP;
END $$;

-- A team moves on what it was handed or sent, and an agency what it was asked: the words are the hub's.
CREATE TRIGGER team_moves_it_on BEFORE UPDATE ON screening_handover FOR EACH ROW
    WHEN (current_user = 'mash_web' AND NOT fw.has('front_door', 'screener', 'manager', 'social_worker'))
    EXECUTE FUNCTION fw.only_these_change('state', 'version', 'taken_at', 'taken_by_id');
CREATE TRIGGER team_moves_it_on BEFORE UPDATE ON screening_enquiry FOR EACH ROW
    WHEN (current_user = 'mash_web' AND NOT fw.has('front_door', 'screener', 'manager', 'social_worker'))
    EXECUTE FUNCTION fw.only_these_change('state', 'version', 'closed_at', 'due_at', 'items_close_at');
CREATE TRIGGER agency_moves_it_on BEFORE UPDATE ON information_sharing_informationrequest FOR EACH ROW
    WHEN (current_user = 'mash_web' AND NOT fw.has('manager', 'social_worker'))
    EXECUTE FUNCTION fw.only_these_change('state', 'version', 'first_word_at', 'cannot_until', 'answered_at');

-- Who works on an enquiry is the manager's word; the front door and screeners add contacts to it.
CREATE TRIGGER manager_assigns BEFORE UPDATE OF social_worker_id ON screening_enquiry FOR EACH ROW
    WHEN (current_user = 'mash_web' AND NEW.social_worker_id IS DISTINCT FROM OLD.social_worker_id
          AND NOT fw.has('manager'))
    EXECUTE FUNCTION fw.only_these_change('version');

-- A correction that was passed on keeps its words; that it was told is added once.
CREATE TRIGGER correction_is_only_told BEFORE UPDATE ON decisions_correctionnotice FOR EACH ROW
    WHEN (current_user = 'mash_web') EXECUTE FUNCTION fw.only_these_change('told_at', 'told_by_id');

-- Of an enquiry, whoever is not its manager moves the stage on; colour, deadline and worker are the manager's word.
CREATE TRIGGER hub_moves_it_on BEFORE UPDATE ON screening_enquiry FOR EACH ROW
    WHEN (current_user = 'mash_web' AND NOT fw.has('manager'))
    EXECUTE FUNCTION fw.only_these_change('state', 'version', 'closed_at', 'due_at', 'items_close_at', 'crime_possible');

-- What a row hangs on never changes: a case would come along with it.
CREATE FUNCTION fw.these_stay() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY TG_ARGV LOOP
        IF to_jsonb(OLD) ->> name IS DISTINCT FROM to_jsonb(NEW) ->> name THEN
            RAISE EXCEPTION '% of % stays as it is.', name, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
        END IF;
    END LOOP;
    RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION fw.these_stay() FROM PUBLIC;
CREATE TRIGGER stays BEFORE UPDATE ON contacts_contact FOR EACH ROW WHEN (current_user = 'mash_web')
    EXECUTE FUNCTION fw.these_stay('id', 'reference', 'logged_by_id', 'logged_at', 'arrived_at');
CREATE TRIGGER enters_by_screening BEFORE UPDATE ON contacts_contact FOR EACH ROW
    WHEN (current_user = 'mash_web' AND NOT fw.has('front_door', 'screener', 'manager'))
    EXECUTE FUNCTION fw.these_stay('enquiry_id');
CREATE TRIGGER stays BEFORE UPDATE ON contacts_protection FOR EACH ROW WHEN (current_user = 'mash_web')
    EXECUTE FUNCTION fw.these_stay('id', 'reference', 'contact_id', 'raised_by_id', 'raised_at', 'reason');
CREATE TRIGGER stays BEFORE UPDATE ON contacts_referrer FOR EACH ROW WHEN (current_user = 'mash_web')
    EXECUTE FUNCTION fw.these_stay('id', 'contact_id');
CREATE TRIGGER stays BEFORE UPDATE ON contacts_subject FOR EACH ROW WHEN (current_user = 'mash_web')
    EXECUTE FUNCTION fw.these_stay('id', 'contact_id');
CREATE TRIGGER stays BEFORE UPDATE ON screening_screening FOR EACH ROW WHEN (current_user = 'mash_web')
    EXECUTE FUNCTION fw.these_stay('id', 'reference', 'contact_id');
CREATE TRIGGER stays BEFORE UPDATE ON screening_handover FOR EACH ROW WHEN (current_user = 'mash_web')
    EXECUTE FUNCTION fw.these_stay('id', 'reference', 'screening_id', 'contact_id', 'team_id', 'text', 'exit');
CREATE TRIGGER stays BEFORE UPDATE ON information_sharing_informationrequest FOR EACH ROW
    WHEN (current_user = 'mash_web')
    EXECUTE FUNCTION fw.these_stay('id', 'reference', 'asks', 'purpose', 'concern', 'lawful_basis', 'sent_at');
CREATE TRIGGER withdrawn_for_good BEFORE UPDATE ON information_sharing_informationrequest FOR EACH ROW
    WHEN (current_user = 'mash_web' AND OLD.state = 'withdrawn') EXECUTE FUNCTION fw.these_stay('state');
CREATE TRIGGER stays BEFORE UPDATE ON information_sharing_answer FOR EACH ROW WHEN (current_user = 'mash_web')
    EXECUTE FUNCTION fw.these_stay('id', 'request_id', 'given_by_id', 'is_spoken');
CREATE TRIGGER stays BEFORE UPDATE ON information_sharing_safetyinstruction FOR EACH ROW
    WHEN (current_user = 'mash_web')
    EXECUTE FUNCTION fw.these_stay('id', 'reference', 'item_id', 'agency_id', 'kept_with', 'proposed_text');
CREATE TRIGGER stays BEFORE UPDATE ON decisions_mashsummary FOR EACH ROW WHEN (current_user = 'mash_web')
    EXECUTE FUNCTION fw.these_stay('id', 'reference', 'decision_id');
CREATE TRIGGER stays BEFORE UPDATE ON decisions_familyletter FOR EACH ROW WHEN (current_user = 'mash_web')
    EXECUTE FUNCTION fw.these_stay('id', 'reference', 'contact_id', 'subject_id');
CREATE TRIGGER stays BEFORE UPDATE ON decisions_complaint FOR EACH ROW WHEN (current_user = 'mash_web')
    EXECUTE FUNCTION fw.these_stay('id', 'reference', 'contact_id');

-- An answer is there before anybody counts as having answered: at the end of the transaction it must be.
CREATE FUNCTION fw.answered_with_an_answer() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM public.information_sharing_answer a WHERE a.request_id = NEW.id) THEN
        RAISE EXCEPTION 'A request is answered by an answer.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER answered_with_an_answer AFTER UPDATE ON information_sharing_informationrequest
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.state = 'answered' AND OLD.state <> 'answered') EXECUTE FUNCTION fw.answered_with_an_answer();
REVOKE ALL ON FUNCTION fw.answered_with_an_answer() FROM PUBLIC;
ALTER FUNCTION fw.answered_with_an_answer() OWNER TO mash_definer;

-- What goes outside: only a manager releases, only what its owner cleared is picked, only an owner agrees to words.
CREATE TRIGGER manager_releases BEFORE UPDATE ON decisions_mashsummary FOR EACH ROW
    WHEN (current_user = 'mash_web' AND NOT fw.has('manager'))
    EXECUTE FUNCTION fw.these_stay('released_at', 'released_by_id', 'team_id', 'enquiry_id');
CREATE FUNCTION fw.only_what_is_cleared() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM public.information_sharing_item i WHERE i.id = NEW.item_id AND i.handling = 'onward') THEN
        RAISE EXCEPTION 'Only what its owner cleared goes out.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER only_what_is_cleared AFTER INSERT ON decisions_summaryitem
    FOR EACH ROW EXECUTE FUNCTION fw.only_what_is_cleared();
REVOKE ALL ON FUNCTION fw.only_what_is_cleared() FROM PUBLIC;
ALTER FUNCTION fw.only_what_is_cleared() OWNER TO mash_definer;
CREATE TRIGGER owner_settles BEFORE UPDATE ON information_sharing_safetyinstruction FOR EACH ROW
    WHEN (current_user = 'mash_web' AND fw.has('manager'))
    EXECUTE FUNCTION fw.these_stay('state', 'agreed_text', 'refused_at', 'settled_at');
CREATE POLICY proposed ON information_sharing_safetyinstruction AS RESTRICTIVE FOR INSERT TO mash_web
    WITH CHECK ((SELECT fw.has('manager')) AND state = 'proposed' AND proposed_by_id = (SELECT fw.membership()));
