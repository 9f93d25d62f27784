-- A MASH summary carries its enquiry's social worker, copied by the database.

CREATE FUNCTION fw.summary_takes_enquiry() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN NEW.enquiry_id := OLD.enquiry_id; END IF;
    SELECT e.social_worker_id INTO NEW.social_worker_id FROM public.screening_enquiry e WHERE e.id = NEW.enquiry_id;
    RETURN NEW;
END $$;
ALTER FUNCTION fw.summary_takes_enquiry() OWNER TO mash_definer;
CREATE TRIGGER takes_enquiry BEFORE INSERT OR UPDATE ON decisions_mashsummary
    FOR EACH ROW EXECUTE FUNCTION fw.summary_takes_enquiry();

CREATE FUNCTION fw.enquiry_gives_summary() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    UPDATE public.decisions_mashsummary s SET social_worker_id = NEW.social_worker_id WHERE s.enquiry_id = NEW.id;
    RETURN NULL;
END $$;
ALTER FUNCTION fw.enquiry_gives_summary() OWNER TO mash_definer;
CREATE TRIGGER gives_summary AFTER UPDATE OF social_worker_id ON screening_enquiry
    FOR EACH ROW WHEN (OLD.social_worker_id IS DISTINCT FROM NEW.social_worker_id)
    EXECUTE FUNCTION fw.enquiry_gives_summary();

-- A released summary is frozen: nothing is added to what it holds, changed in it or removed from it afterwards.
-- Asked after the policies, so that nobody learns by its error that a summary is there.
CREATE FUNCTION fw.frozen_after_release() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    held uuid;
BEGIN
    IF TG_OP = 'INSERT' THEN held := NEW.summary_id; ELSE held := OLD.summary_id; END IF;
    IF (SELECT s.released_at IS NOT NULL FROM public.decisions_mashsummary s WHERE s.id = held) THEN
        RAISE EXCEPTION 'a released summary is frozen';
    END IF;
    RETURN NULL;
END $$;
ALTER FUNCTION fw.frozen_after_release() OWNER TO mash_definer;
CREATE TRIGGER frozen AFTER INSERT OR UPDATE OR DELETE ON decisions_summaryitem
    FOR EACH ROW EXECUTE FUNCTION fw.frozen_after_release();
CREATE TRIGGER frozen AFTER INSERT OR UPDATE OR DELETE ON decisions_summarychild
    FOR EACH ROW EXECUTE FUNCTION fw.frozen_after_release();
CREATE TRIGGER frozen AFTER INSERT OR UPDATE OR DELETE ON decisions_summaryinstruction
    FOR EACH ROW EXECUTE FUNCTION fw.frozen_after_release();

-- Its own words too: after the release only its state moves on.
CREATE FUNCTION fw.summary_words_frozen() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF (OLD.team_id, OLD.decision_id, OLD.covering_text, OLD.household, OLD.concern, OLD.reasons, OLD.agreement,
        OLD.family_told, OLD.referrer, OLD.door_question, OLD.missing, OLD.whom_to_ring, OLD.released_at, OLD.released_by_id)
       IS DISTINCT FROM
       (NEW.team_id, NEW.decision_id, NEW.covering_text, NEW.household, NEW.concern, NEW.reasons, NEW.agreement,
        NEW.family_told, NEW.referrer, NEW.door_question, NEW.missing, NEW.whom_to_ring, NEW.released_at, NEW.released_by_id)
    THEN
        RAISE EXCEPTION 'a released summary is frozen';
    END IF;
    RETURN NEW;
END $$;
ALTER FUNCTION fw.summary_words_frozen() OWNER TO mash_definer;
CREATE TRIGGER words_frozen BEFORE UPDATE ON decisions_mashsummary
    FOR EACH ROW WHEN (OLD.released_at IS NOT NULL) EXECUTE FUNCTION fw.summary_words_frozen();
