-- When agencies' sight of others' items ends: as many days after the decision as the agreement says, where it gives
-- days, and in any case when the enquiry closes. Rule and policy read the column; only this trigger writes it.

CREATE FUNCTION fw.agreement_closes_items() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    decided_on date := (NEW.decided_at AT TIME ZONE 'Europe/London')::date;
    days int;
BEGIN
    NEW.items_close_at := NULL;
    IF NEW.decided_at IS NOT NULL THEN
        -- Of several versions in force that day, the one that closes them first: each agency has signed one of them.
        SELECT min(g.items_close_after_days) INTO days FROM public.agencies_agreement g
         WHERE g.starts_on <= decided_on AND g.ends_on >= decided_on AND g.items_close_after_days > 0;
        -- To the end of that day in London, whatever the clocks do in between.
        NEW.items_close_at := (decided_on + days + 1)::timestamp AT TIME ZONE 'Europe/London';
    END IF;
    IF NEW.closed_at IS NOT NULL THEN
        NEW.items_close_at := least(NEW.items_close_at, NEW.closed_at);
    END IF;
    RETURN NEW;
END $$;
ALTER FUNCTION fw.agreement_closes_items() OWNER TO mash_definer;
CREATE TRIGGER agreement_closes_items
    BEFORE INSERT OR UPDATE OF decided_at, closed_at, items_close_at ON screening_enquiry
    FOR EACH ROW EXECUTE FUNCTION fw.agreement_closes_items();
