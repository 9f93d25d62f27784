-- When an enquiry's decision is due is copied from its clock by the database: worklists are ordered by it, and
-- what changes the clock (rating, own deadline, "safe until") lies in several apps. A deadline's row never changes
-- its instant: a new row replaces it, so only insertions count.

CREATE FUNCTION fw.deadline_gives_enquiry() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    UPDATE public.screening_enquiry e SET due_at = NEW.due_at WHERE e.id = NEW.subject_id;
    RETURN NULL;
END $$;
ALTER FUNCTION fw.deadline_gives_enquiry() OWNER TO mash_definer;
CREATE TRIGGER gives_enquiry AFTER INSERT ON clock_deadline
    FOR EACH ROW WHEN (NEW.subject_kind = 'enquiry' AND NEW.measure = 'decision')
    EXECUTE FUNCTION fw.deadline_gives_enquiry();
