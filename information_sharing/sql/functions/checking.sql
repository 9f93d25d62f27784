-- What agencies told the hub on an enquiry, for the leak check alone, of texts that their writer may not read
-- (information_sharing/reads/unseen.py, docs/adr/0098).
-- callers: web
CREATE OR REPLACE FUNCTION fw.items_to_compare(enquiry uuid)
RETURNS TABLE (key uuid, item uuid, agency uuid, text text, is_sealed boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF NOT fw.has('checker') THEN RETURN; END IF;
    RETURN QUERY
    SELECT t.id, i.id, i.agency_id, t.text, false
      FROM public.information_sharing_item i JOIN public.information_sharing_itemtext t ON t.item_id = i.id
     WHERE i.enquiry_id = enquiry
    UNION ALL
    SELECT t.id, i.id, i.agency_id, fw.with_key(t.text, t.id::text), true
      FROM public.information_sharing_item i JOIN public.information_sharing_sealedtext t ON t.item_id = i.id
     WHERE i.enquiry_id = enquiry;
END $$;
