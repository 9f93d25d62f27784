-- What a contact carries of its enquiry: the key itself, the social worker and the colour.
-- Rules and policies read these columns, so they are copied by the database and cannot drift.

ALTER TABLE contacts_contact
    ADD CONSTRAINT contact_enquiry_exists FOREIGN KEY (enquiry_id) REFERENCES screening_enquiry (id)
    DEFERRABLE INITIALLY DEFERRED;

CREATE FUNCTION fw.contact_takes_enquiry() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF NEW.enquiry_id IS NULL THEN
        NEW.enquiry_reference := '';
        NEW.social_worker_id := NULL;
        NEW.colour := '';
    ELSE
        SELECT e.reference, e.social_worker_id, e.colour
          INTO NEW.enquiry_reference, NEW.social_worker_id, NEW.colour
          FROM public.screening_enquiry e WHERE e.id = NEW.enquiry_id;
    END IF;
    RETURN NEW;
END $$;
ALTER FUNCTION fw.contact_takes_enquiry() OWNER TO mash_definer;
CREATE TRIGGER takes_enquiry
    BEFORE INSERT OR UPDATE OF enquiry_id, enquiry_reference, social_worker_id, colour ON contacts_contact
    FOR EACH ROW EXECUTE FUNCTION fw.contact_takes_enquiry();

CREATE FUNCTION fw.enquiry_gives_contact() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    UPDATE public.contacts_contact c SET social_worker_id = NEW.social_worker_id, colour = NEW.colour
     WHERE c.enquiry_id = NEW.id;
    RETURN NULL;
END $$;
ALTER FUNCTION fw.enquiry_gives_contact() OWNER TO mash_definer;
CREATE TRIGGER gives_contact AFTER UPDATE OF social_worker_id, colour ON screening_enquiry
    FOR EACH ROW WHEN (OLD.social_worker_id IS DISTINCT FROM NEW.social_worker_id OR OLD.colour IS DISTINCT FROM NEW.colour)
    EXECUTE FUNCTION fw.enquiry_gives_contact();
