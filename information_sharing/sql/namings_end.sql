-- Whom an owner named for an item ends with the enquiry: the rule gives nothing after that, and the rows would only pile
-- up behind the few that are still open.

CREATE FUNCTION fw.closing_ends_namings() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    DELETE FROM public.information_sharing_itemgrant g USING public.information_sharing_item i
     WHERE i.id = g.content_object_id AND i.enquiry_id = NEW.id;
    RETURN NULL;
END $$;
ALTER FUNCTION fw.closing_ends_namings() OWNER TO mash_definer;
GRANT SELECT, DELETE ON information_sharing_itemgrant TO mash_definer;
GRANT SELECT ON information_sharing_item, screening_enquiry TO mash_definer;
CREATE TRIGGER closing_ends_namings AFTER UPDATE OF state ON screening_enquiry
    FOR EACH ROW WHEN (NEW.state = 'closed' AND OLD.state <> 'closed') EXECUTE FUNCTION fw.closing_ends_namings();

-- Once, what it would have done before: as the definer, since the owner of a table sees no row of it.
CREATE FUNCTION fw.end_old_namings() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    DELETE FROM public.information_sharing_itemgrant g
     USING public.information_sharing_item i, public.screening_enquiry e
     WHERE i.id = g.content_object_id AND e.id = i.enquiry_id AND e.state = 'closed';
END $$;
ALTER FUNCTION fw.end_old_namings() OWNER TO mash_definer;
SELECT fw.end_old_namings();
DROP FUNCTION fw.end_old_namings();
