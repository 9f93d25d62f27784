-- Rights about a person follow the person: whoever is asked about a child in one contact of an enquiry is asked about the
-- same child in every other contact of it. The rows are kept by the database, so that each rule on a request's people
-- holds for them as it stands.

CREATE OR REPLACE FUNCTION fw.requests_follow_persons(enquiry uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    DELETE FROM public.information_sharing_requestsubject q
     USING public.information_sharing_informationrequest r, public.contacts_subject s
     WHERE r.id = q.request_id AND s.id = q.subject_id AND r.enquiry_id = enquiry AND q.by_person
       AND (s.enquiry_id IS DISTINCT FROM enquiry OR s.person_id IS NULL OR NOT EXISTS (
            SELECT 1 FROM public.information_sharing_requestsubject o
              JOIN public.contacts_subject p ON p.id = o.subject_id
             WHERE o.request_id = q.request_id AND NOT o.by_person AND p.person_id = s.person_id));
    INSERT INTO public.information_sharing_requestsubject (id, request_id, subject_id, by_person)
    SELECT DISTINCT ON (q.request_id, s.id) gen_random_uuid(), q.request_id, s.id, true
      FROM public.information_sharing_informationrequest r
      JOIN public.information_sharing_requestsubject q ON q.request_id = r.id AND NOT q.by_person
      JOIN public.contacts_subject p ON p.id = q.subject_id
      JOIN public.contacts_subject s ON s.person_id = p.person_id AND s.enquiry_id = enquiry AND s.id <> p.id
     WHERE r.enquiry_id = enquiry
        ON CONFLICT (request_id, subject_id) DO NOTHING;
END $$;

CREATE OR REPLACE FUNCTION fw.asking_follows_person() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    PERFORM fw.requests_follow_persons(r.enquiry_id)
       FROM public.information_sharing_informationrequest r WHERE r.id = NEW.request_id;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION fw.person_takes_rights() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF OLD.enquiry_id IS NOT NULL THEN PERFORM fw.requests_follow_persons(OLD.enquiry_id); END IF;
    IF NEW.enquiry_id IS DISTINCT FROM OLD.enquiry_id AND NEW.enquiry_id IS NOT NULL THEN
        PERFORM fw.requests_follow_persons(NEW.enquiry_id);
    END IF;
    RETURN NULL;
END $$;
