-- The moment as of which somebody acts: now, or for the builder of a hub's history the moment that it signed.
--
-- The identity stays three parts, "membership|expiry[@moment]|signature"; only who holds the key can write a moment.

SET ROLE mash_definer;

CREATE OR REPLACE FUNCTION fw.membership() RETURNS uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    parts text[] := string_to_array(nullif(current_setting('app.identity', true), ''), '|');
    signature text;
BEGIN
    IF parts IS NULL OR array_length(parts, 1) IS DISTINCT FROM 3
       OR parts[1] !~ '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$'
       OR parts[2] !~ '^[0-9]{1,12}(@[0-9]{1,12})?$' THEN
        RETURN NULL;
    END IF;
    SELECT encode(sha256(k.outer_key || sha256(k.inner_key || convert_to(parts[1] || '|' || parts[2], 'UTF8'))), 'hex')
      INTO signature FROM fw.signing_key k WHERE k.id = 1;
    IF signature IS NULL OR signature IS DISTINCT FROM parts[3]
       OR to_timestamp(split_part(parts[2], '@', 1)::bigint) < clock_timestamp() THEN
        RETURN NULL;
    END IF;
    RETURN parts[1]::uuid;
END $$;

CREATE FUNCTION fw.now() RETURNS timestamptz
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    moment text := split_part(split_part(coalesce(current_setting('app.identity', true), ''), '|', 2), '@', 2);
BEGIN
    IF moment = '' OR fw.membership() IS NULL THEN RETURN now(); END IF;
    RETURN to_timestamp(moment::bigint);
END $$;

-- The agency of the membership, whatever its roles: for what an agency's member of a panel wrote.
CREATE FUNCTION fw.own_agency() RETURNS uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    RETURN (SELECT m.agency_id FROM public.agencies_membership m
             WHERE m.id = fw.membership() AND fw.roles() <> '{}');
END $$;

REVOKE ALL ON FUNCTION fw.now(), fw.own_agency() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION fw.now(), fw.own_agency() TO mash_web, mash_sweep;

RESET ROLE;
