-- A request makes the grant on its enquiry, and its withdrawal ends it: a request without a grant cannot exist.

CREATE FUNCTION fw.request_grants() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    asked integer;
BEGIN
    SELECT p.id INTO STRICT asked FROM public.auth_permission p
      JOIN public.django_content_type t ON t.id = p.content_type_id
     WHERE t.app_label = 'screening' AND t.model = 'enquiry' AND p.codename = 'asked_on_enquiry';
    INSERT INTO public.screening_enquirygrant (permission_id, group_id, content_object_id)
    SELECT DISTINCT asked, a.group_id, r.enquiry_id
      FROM changed r JOIN public.agencies_agency a ON a.id = r.agency_id
     WHERE r.state <> 'withdrawn'
    ON CONFLICT DO NOTHING;
    DELETE FROM public.screening_enquirygrant g USING changed r, public.agencies_agency a
     WHERE a.id = r.agency_id AND g.group_id = a.group_id AND g.content_object_id = r.enquiry_id
       AND r.state = 'withdrawn'
       AND NOT EXISTS (SELECT 1 FROM public.information_sharing_informationrequest o
                        WHERE o.enquiry_id = r.enquiry_id AND o.agency_id = r.agency_id AND o.state <> 'withdrawn');
    RETURN NULL;
END $$;
ALTER FUNCTION fw.request_grants() OWNER TO mash_definer;
CREATE TRIGGER grants_made AFTER INSERT ON information_sharing_informationrequest
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION fw.request_grants();
CREATE TRIGGER grants_changed AFTER UPDATE ON information_sharing_informationrequest
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION fw.request_grants();
