-- Data keys as the roles of the application may reach them: never a table, one exactly known key at a time.
--
-- What these functions hand out is closed by the key ring, which the database does not have.

-- A stored text with the key of its row and its closed data key. A text of another form is left as it is.
-- callers: web, sweep
CREATE OR REPLACE FUNCTION fw.with_key(stored text, row_key text) RETURNS text
LANGUAGE plpgsql STABLE STRICT SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    named text := split_part(stored, '.', 2);
    closed text;
BEGIN
    IF left(stored, 5) <> 'enc2.' THEN RETURN stored; END IF;
    IF named ~ '^[0-9a-f]{32}$' THEN
        SELECT CASE WHEN k.destroyed_at IS NULL THEN k.ring_key || ' ' || k.wrapped ELSE 'destroyed' END
          INTO closed FROM public.agencies_datakey k WHERE k.id = named::uuid;
    END IF;
    RETURN stored || ' ' || row_key || ' ' || coalesce(closed, 'missing');
END $$;

-- The data key of a contact, an enquiry or the hub, for a text that is about to be written. The key that is offered
-- is taken if there is none yet. It is held until the end of the transaction, so that destroying it waits for the text.
-- callers: web, sweep, owner
CREATE OR REPLACE FUNCTION fw.data_key_of(owner uuid, offered uuid, offered_ring_key text, offered_wrapped text)
RETURNS TABLE (id uuid, ring_key text, wrapped text, is_destroyed boolean)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    RETURN QUERY SELECT k.id, k.ring_key::text, k.wrapped, k.destroyed_at IS NOT NULL
                   FROM public.agencies_datakey k WHERE k.owner_id = owner FOR KEY SHARE;
    IF FOUND THEN RETURN; END IF;
    INSERT INTO public.agencies_datakey (id, owner_id, ring_key, wrapped, made_at)
         VALUES (offered, owner, offered_ring_key, offered_wrapped, fw.now())
    ON CONFLICT (owner_id) DO NOTHING;
    RETURN QUERY SELECT k.id, k.ring_key::text, k.wrapped, k.destroyed_at IS NOT NULL
                   FROM public.agencies_datakey k WHERE k.owner_id = owner FOR KEY SHARE;
END $$;

-- The names of the ring's keys that close data keys, for the check at the start; a name is no secret.
-- callers: web, sweep, owner
CREATE OR REPLACE FUNCTION fw.ring_keys_in_use() RETURNS TABLE (ring_key text, held bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    RETURN QUERY SELECT k.ring_key::text, count(*) FROM public.agencies_datakey k
                  WHERE k.destroyed_at IS NULL GROUP BY 1 ORDER BY 1;
END $$;
