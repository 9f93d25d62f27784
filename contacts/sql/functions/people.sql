-- What depends on people and protective work of other contacts, which the viewer may not see: a screener puts a contact
-- to the running enquiry of the same family, and a deadline comes no later than the moment until which a child is safe.

CREATE OR REPLACE FUNCTION fw.screens_contact(contact uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    RETURN NOT contact = ANY (fw.closed_contacts()) AND (
        fw.has('front_door', 'manager')
        OR EXISTS (SELECT 1 FROM public.contacts_contact c
                    WHERE c.id = contact AND (c.state = 'with_panel' AND fw.screens() IN ('all', 'panel')
                                              OR c.state = 'received' AND fw.screens() = 'all')));
END $$;

-- MASH enquiries about somebody linked to a person of a contact: keys alone; their header has its own rule.
-- callers: web
CREATE OR REPLACE FUNCTION fw.enquiries_of_same_people(contact uuid) RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF NOT coalesce(fw.screens_contact(contact), false) THEN RETURN '{}'; END IF;
    RETURN coalesce((
        SELECT array_agg(DISTINCT other.enquiry_id)
          FROM public.contacts_subject own JOIN public.contacts_subject other ON other.person_id = own.person_id
         WHERE own.contact_id = contact AND other.contact_id <> contact AND other.enquiry_id IS NOT NULL
           AND NOT own.person_id = ANY ((SELECT fw.closed_persons())::uuid[])), '{}');
END $$;

-- Contacts that wait for screening and share a linked person with an enquiry: keys alone; each has its own rule.
-- callers: web
CREATE OR REPLACE FUNCTION fw.contacts_of_same_people(enquiry uuid) RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF NOT fw.has('front_door', 'screener', 'manager') OR enquiry = ANY (fw.closed_enquiries()) THEN RETURN '{}'; END IF;
    RETURN coalesce((
        SELECT array_agg(DISTINCT other.contact_id)
          FROM public.contacts_subject own JOIN public.contacts_subject other ON other.person_id = own.person_id
          JOIN public.contacts_contact c ON c.id = other.contact_id
         WHERE own.enquiry_id = enquiry AND c.state = 'received'
           AND NOT own.person_id = ANY ((SELECT fw.closed_persons())::uuid[])), '{}');
END $$;

-- Until when every child of an enquiry is safe: the earliest of what was last said about each. What was recorded before
-- a strategy discussion still holds after it; what was stood down no longer counts.
-- callers: web
CREATE OR REPLACE FUNCTION fw.safe_until(enquiry uuid) RETURNS timestamptz
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF NOT fw.has('front_door', 'screener', 'manager', 'social_worker', 'out_of_hours') THEN RETURN NULL; END IF;
    RETURN (
        SELECT min(said.safe_until) FROM (
            SELECT DISTINCT ON (w.subject_id) w.safe_until
              FROM public.contacts_whereabouts w
              JOIN public.contacts_protection p ON p.id = w.protection_id
              JOIN public.contacts_contact c ON c.id = p.contact_id
             WHERE c.enquiry_id = enquiry AND p.state <> 'stood_down'
             ORDER BY w.subject_id, w.recorded_at DESC, w.id) said);
END $$;

-- Children and adults carry the enquiry of their contact, copied by the database: whoever was asked about one of them
-- sees the person and not the contact, and a join through the contact would lose them without a word.
CREATE OR REPLACE FUNCTION fw.subject_takes_contact() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    SELECT c.enquiry_id INTO NEW.enquiry_id FROM public.contacts_contact c WHERE c.id = NEW.contact_id;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION fw.contact_gives_subject() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    UPDATE public.contacts_subject s SET enquiry_id = NEW.enquiry_id WHERE s.contact_id = NEW.id;
    RETURN NULL;
END $$;

-- A link that would make one person of two who stand in one contact; whoever was entered twice is joined by name.
CREATE OR REPLACE FUNCTION fw.two_of_one_contact() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM public.contacts_subject mine
                 JOIN public.contacts_subject beside ON beside.contact_id = mine.contact_id AND beside.id <> mine.id
                WHERE mine.id = NEW.subject_id AND beside.person_id = NEW.person_id) THEN
        RAISE EXCEPTION 'two of one contact are not one person' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
