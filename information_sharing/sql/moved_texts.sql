-- Two things that another row decides, so that they cannot drift.

-- A request is due when its clock says so, also after the enquiry was rated again.
CREATE FUNCTION fw.clock_gives_request() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    UPDATE public.information_sharing_informationrequest r SET due_at = NEW.due_at WHERE r.id = NEW.subject_id;
    RETURN NULL;
END $$;
ALTER FUNCTION fw.clock_gives_request() OWNER TO mash_definer;
CREATE TRIGGER gives_request AFTER INSERT ON clock_deadline
    FOR EACH ROW WHEN (NEW.subject_kind = 'request' AND NEW.measure = 'full_answer')
    EXECUTE FUNCTION fw.clock_gives_request();

-- What its owner seals afterwards rests encrypted from then on: the application has written every version as sealed
-- text, the clear ones go.
CREATE FUNCTION fw.sealing_takes_texts() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM public.information_sharing_itemtext t WHERE t.item_id = NEW.id AND NOT EXISTS (
            SELECT 1 FROM public.information_sharing_sealedtext s WHERE s.item_id = t.item_id AND s.version = t.version)) THEN
        RAISE EXCEPTION 'An item is sealed only after each version of its text was.';
    END IF;
    DELETE FROM public.information_sharing_itemtext t WHERE t.item_id = NEW.id;
    RETURN NULL;
END $$;
ALTER FUNCTION fw.sealing_takes_texts() OWNER TO mash_definer;
CREATE TRIGGER sealing_takes_texts AFTER UPDATE OF handling ON information_sharing_item
    FOR EACH ROW WHEN (NEW.handling = 'manager_only' AND OLD.handling <> 'manager_only')
    EXECUTE FUNCTION fw.sealing_takes_texts();
