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
    EXECUTE FUNCTION fw.only_these_change('state', 'version', 'due_at', 'closed_at', 'items_close_at');
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
