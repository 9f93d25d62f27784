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

-- A released summary is frozen: its copies and children are never changed or removed afterwards.
CREATE FUNCTION fw.frozen_after_release() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF (SELECT s.released_at IS NOT NULL AND s.state NOT IN ('draft', 'with_manager')
          FROM public.decisions_mashsummary s WHERE s.id = OLD.summary_id) THEN
        RAISE EXCEPTION 'a released summary is frozen';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
ALTER FUNCTION fw.frozen_after_release() OWNER TO mash_definer;
CREATE TRIGGER frozen BEFORE UPDATE OR DELETE ON decisions_summaryitem
    FOR EACH ROW EXECUTE FUNCTION fw.frozen_after_release();
CREATE TRIGGER frozen BEFORE UPDATE OR DELETE ON decisions_summarychild
    FOR EACH ROW EXECUTE FUNCTION fw.frozen_after_release();
CREATE TRIGGER frozen BEFORE UPDATE OR DELETE ON decisions_summaryinstruction
    FOR EACH ROW EXECUTE FUNCTION fw.frozen_after_release();
