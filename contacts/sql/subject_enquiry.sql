-- Children and adults carry the enquiry of their contact, copied by the database: whoever was asked about one of them
-- sees the person and not the contact, and a join through the contact would lose them without a word.

CREATE FUNCTION fw.subject_takes_contact() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    SELECT c.enquiry_id INTO NEW.enquiry_id FROM public.contacts_contact c WHERE c.id = NEW.contact_id;
    RETURN NEW;
END $$;
ALTER FUNCTION fw.subject_takes_contact() OWNER TO mash_definer;
CREATE TRIGGER takes_contact BEFORE INSERT OR UPDATE ON contacts_subject
    FOR EACH ROW EXECUTE FUNCTION fw.subject_takes_contact();

CREATE FUNCTION fw.contact_gives_subject() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    UPDATE public.contacts_subject s SET enquiry_id = NEW.enquiry_id WHERE s.contact_id = NEW.id;
    RETURN NULL;
END $$;
ALTER FUNCTION fw.contact_gives_subject() OWNER TO mash_definer;
CREATE TRIGGER gives_subject AFTER UPDATE OF enquiry_id ON contacts_contact
    FOR EACH ROW WHEN (OLD.enquiry_id IS DISTINCT FROM NEW.enquiry_id)
    EXECUTE FUNCTION fw.contact_gives_subject();
