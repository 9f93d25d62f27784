-- An item carries whether its owner has still to confirm it, copied from the answer by the database: whoever was named
-- for the item does not see the answer, and must not read as fact what was said by telephone.

CREATE FUNCTION fw.item_takes_answer() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    NEW.is_unconfirmed := NEW.is_spoken AND EXISTS (
        SELECT 1 FROM public.information_sharing_answer a
         WHERE a.request_id = NEW.request_id AND a.confirmed_at IS NULL);
    RETURN NEW;
END $$;
ALTER FUNCTION fw.item_takes_answer() OWNER TO mash_definer;
CREATE TRIGGER takes_answer BEFORE INSERT OR UPDATE ON information_sharing_item
    FOR EACH ROW EXECUTE FUNCTION fw.item_takes_answer();

CREATE FUNCTION fw.answer_gives_items() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    UPDATE public.information_sharing_item i SET is_unconfirmed = NEW.confirmed_at IS NULL
     WHERE i.request_id = NEW.request_id AND i.is_spoken;
    RETURN NULL;
END $$;
ALTER FUNCTION fw.answer_gives_items() OWNER TO mash_definer;
CREATE TRIGGER gives_items AFTER INSERT OR UPDATE OF confirmed_at ON information_sharing_answer
    FOR EACH ROW WHEN (NEW.is_spoken) EXECUTE FUNCTION fw.answer_gives_items();
