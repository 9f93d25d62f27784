-- Columns that rules and policies read are copied by the database, so that they cannot drift.

CREATE FUNCTION fw.request_takes_enquiry() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        NEW.enquiry_id := OLD.enquiry_id;
        NEW.agency_id := OLD.agency_id;
    END IF;
    SELECT e.social_worker_id INTO NEW.social_worker_id FROM public.screening_enquiry e WHERE e.id = NEW.enquiry_id;
    RETURN NEW;
END $$;
ALTER FUNCTION fw.request_takes_enquiry() OWNER TO mash_definer;
CREATE TRIGGER takes_enquiry BEFORE INSERT OR UPDATE ON information_sharing_informationrequest
    FOR EACH ROW EXECUTE FUNCTION fw.request_takes_enquiry();

CREATE FUNCTION fw.enquiry_gives_request() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    UPDATE public.information_sharing_informationrequest r SET social_worker_id = NEW.social_worker_id
     WHERE r.enquiry_id = NEW.id;
    RETURN NULL;
END $$;
ALTER FUNCTION fw.enquiry_gives_request() OWNER TO mash_definer;
CREATE TRIGGER gives_request AFTER UPDATE OF social_worker_id ON screening_enquiry
    FOR EACH ROW WHEN (OLD.social_worker_id IS DISTINCT FROM NEW.social_worker_id)
    EXECUTE FUNCTION fw.enquiry_gives_request();

CREATE FUNCTION fw.item_takes_request() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN NEW.request_id := OLD.request_id; END IF;
    -- A request that is not there gives no agency: the policy refuses that like a request of another's.
    SELECT r.enquiry_id, r.agency_id INTO NEW.enquiry_id, NEW.agency_id
      FROM public.information_sharing_informationrequest r WHERE r.id = NEW.request_id;
    RETURN NEW;
END $$;
ALTER FUNCTION fw.item_takes_request() OWNER TO mash_definer;
CREATE TRIGGER takes_request BEFORE INSERT OR UPDATE ON information_sharing_item
    FOR EACH ROW EXECUTE FUNCTION fw.item_takes_request();

-- The held marker: one per enquiry, made by the first sealed item and gone with the last. It says nothing else.
CREATE FUNCTION fw.keep_held_marker() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM public.information_sharing_item i
                WHERE i.enquiry_id = NEW.enquiry_id AND i.handling = 'manager_only'
                  AND i.given_at IS NOT NULL AND i.withdrawn_at IS NULL) THEN
        INSERT INTO public.information_sharing_heldmarker (enquiry_id) VALUES (NEW.enquiry_id) ON CONFLICT DO NOTHING;
    ELSE
        DELETE FROM public.information_sharing_heldmarker m WHERE m.enquiry_id = NEW.enquiry_id;
    END IF;
    RETURN NULL;
END $$;
ALTER FUNCTION fw.keep_held_marker() OWNER TO mash_definer;
CREATE TRIGGER keep_held_marker AFTER INSERT OR UPDATE OF handling, given_at, withdrawn_at ON information_sharing_item
    FOR EACH ROW EXECUTE FUNCTION fw.keep_held_marker();
