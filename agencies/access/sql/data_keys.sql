-- Data keys as the roles of the application may reach them: never a table, one exactly known key at a time.
--
-- What these functions hand out is closed by the key ring, which the database does not have.

-- A stored text with the key of its row and its closed data key. A text of another form is left as it is.
CREATE FUNCTION fw.with_key(stored text, row_key text) RETURNS text
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
CREATE FUNCTION fw.data_key_of(owner uuid, offered uuid, offered_ring_key text, offered_wrapped text)
RETURNS TABLE (id uuid, ring_key text, wrapped text, is_destroyed boolean)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    RETURN QUERY SELECT k.id, k.ring_key::text, k.wrapped, k.destroyed_at IS NOT NULL
                   FROM public.agencies_datakey k WHERE k.owner_id = owner FOR KEY SHARE;
    IF FOUND THEN RETURN; END IF;
    INSERT INTO public.agencies_datakey (id, owner_id, ring_key, wrapped, made_at)
         VALUES (offered, owner, offered_ring_key, offered_wrapped, now())
    ON CONFLICT (owner_id) DO NOTHING;
    RETURN QUERY SELECT k.id, k.ring_key::text, k.wrapped, k.destroyed_at IS NOT NULL
                   FROM public.agencies_datakey k WHERE k.owner_id = owner FOR KEY SHARE;
END $$;

-- The names of the ring's keys that close data keys, for the check at the start; a name is no secret.
CREATE FUNCTION fw.ring_keys_in_use() RETURNS TABLE (ring_key text, held bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    RETURN QUERY SELECT k.ring_key::text, count(*) FROM public.agencies_datakey k
                  WHERE k.destroyed_at IS NULL GROUP BY 1 ORDER BY 1;
END $$;

-- The names of the ring's keys that close texts of one column directly, as it was before there were data keys.
CREATE FUNCTION fw.ring_keys_of_column(of_table text, of_column text) RETURNS TABLE (ring_key text, held bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    RETURN QUERY EXECUTE format(
        'SELECT split_part(%2$I, ''.'', 2), count(*) FROM public.%1$I WHERE left(%2$I, 5) = ''enc1.'' GROUP BY 1',
        of_table, of_column);
END $$;

REVOKE ALL ON FUNCTION fw.with_key(text, text), fw.data_key_of(uuid, uuid, text, text), fw.ring_keys_in_use(),
    fw.ring_keys_of_column(text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION fw.with_key(text, text), fw.data_key_of(uuid, uuid, text, text), fw.ring_keys_in_use()
    TO mash_web, mash_sweep;
ALTER FUNCTION fw.with_key(text, text) OWNER TO mash_definer;
ALTER FUNCTION fw.data_key_of(uuid, uuid, text, text) OWNER TO mash_definer;
ALTER FUNCTION fw.ring_keys_in_use() OWNER TO mash_definer;
ALTER FUNCTION fw.ring_keys_of_column(text, text) OWNER TO mash_definer;

-- What the owner of the tables held as owner of a function has gone to the definer with it.
SET ROLE mash_definer;
GRANT EXECUTE ON FUNCTION fw.ring_keys_in_use(), fw.ring_keys_of_column(text, text) TO mash_owner;
RESET ROLE;
GRANT SELECT, INSERT, UPDATE ON public.agencies_datakey TO mash_definer;
