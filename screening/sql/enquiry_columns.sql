-- What an enquiry carries of its clocks and of its contacts, copied by the database so that it cannot drift.
--
-- due_at: worklists are ordered by it, and what changes the clocks (rating, own deadline, "safe until", release) lies
-- in several apps. A deadline's row never changes its instant: a new row replaces it, so only insertions count.
-- crime_possible: core police and health are told the whole concern where one of the contacts says so.

CREATE FUNCTION fw.deadline_gives_enquiry() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF NEW.measure = 'decision' THEN
        UPDATE public.screening_enquiry e SET due_at = NEW.due_at WHERE e.id = NEW.subject_id;
    ELSE
        -- The earliest of the teams that have not accepted yet; the decision left no instant behind.
        UPDATE public.screening_enquiry e SET due_at = least(e.due_at, NEW.due_at) WHERE e.id = NEW.enquiry_id;
    END IF;
    RETURN NULL;
END $$;
ALTER FUNCTION fw.deadline_gives_enquiry() OWNER TO mash_definer;
CREATE TRIGGER gives_enquiry AFTER INSERT ON clock_deadline
    FOR EACH ROW WHEN (
        (NEW.subject_kind = 'enquiry' AND NEW.measure = 'decision')
        OR (NEW.measure = 'acceptance' AND NEW.enquiry_id IS NOT NULL)
    )
    EXECUTE FUNCTION fw.deadline_gives_enquiry();

CREATE FUNCTION fw.contact_gives_enquiry() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    UPDATE public.screening_enquiry e
       SET crime_possible = EXISTS (
           SELECT 1 FROM public.contacts_contact c WHERE c.enquiry_id = NEW.enquiry_id AND c.crime_possible)
     WHERE e.id = NEW.enquiry_id;
    RETURN NULL;
END $$;
ALTER FUNCTION fw.contact_gives_enquiry() OWNER TO mash_definer;
CREATE TRIGGER gives_enquiry AFTER UPDATE OF enquiry_id, crime_possible ON contacts_contact
    FOR EACH ROW WHEN (
        NEW.enquiry_id IS NOT NULL
        AND (OLD.enquiry_id IS DISTINCT FROM NEW.enquiry_id OR OLD.crime_possible <> NEW.crime_possible)
    )
    EXECUTE FUNCTION fw.contact_gives_enquiry();
