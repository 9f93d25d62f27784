-- Who is acting, as the database understands it.
--
-- The application signs "membership|expiry|signature" into the transaction (agencies/access/identity.py).
-- These functions check the signature and answer what the membership is worth today. Anything malformed,
-- expired, forged or ended is nobody: no rows. They belong to mash_definer, which alone reads the key.
--
-- Call them as (SELECT fw.f()), so that a statement asks once and not once a row.

CREATE TABLE fw.signing_key (
    id smallint PRIMARY KEY DEFAULT 1 CHECK (id = 1),
    inner_key bytea NOT NULL,
    outer_key bytea NOT NULL
);
ALTER TABLE fw.signing_key OWNER TO mash_definer;
SET ROLE mash_definer;
GRANT INSERT, UPDATE, DELETE ON fw.signing_key TO mash_owner;
RESET ROLE;

CREATE FUNCTION fw.membership() RETURNS uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    parts text[] := string_to_array(nullif(current_setting('app.identity', true), ''), '|');
    signature text;
BEGIN
    IF parts IS NULL OR array_length(parts, 1) IS DISTINCT FROM 3
       OR parts[1] !~ '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$'
       OR parts[2] !~ '^[0-9]{1,12}$' THEN
        RETURN NULL;
    END IF;
    SELECT encode(sha256(k.outer_key || sha256(k.inner_key || convert_to(parts[1] || '|' || parts[2], 'UTF8'))), 'hex')
      INTO signature FROM fw.signing_key k WHERE k.id = 1;
    IF signature IS NULL OR signature IS DISTINCT FROM parts[3]
       OR to_timestamp(parts[2]::bigint) < clock_timestamp() THEN
        RETURN NULL;
    END IF;
    RETURN parts[1]::uuid;
END $$;

CREATE FUNCTION fw.roles() RETURNS text[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    me uuid := fw.membership();
    today date := (now() AT TIME ZONE 'Europe/London')::date;
BEGIN
    IF me IS NULL THEN RETURN '{}'; END IF;
    CASE me
        WHEN '00000000-0000-4000-8000-000000000001' THEN RETURN '{public}';
        WHEN '00000000-0000-4000-8000-000000000002' THEN RETURN '{clock}';
        WHEN '00000000-0000-4000-8000-000000000003' THEN RETURN '{builder,administrator}';
        ELSE NULL;
    END CASE;
    RETURN coalesce((
        SELECT m.roles::text[]
          FROM public.agencies_membership m
          JOIN public.agencies_user u ON u.id = m.user_id
          JOIN public.agencies_agency a ON a.id = m.agency_id
         WHERE m.id = me AND u.is_active AND a.is_active AND m.ended_at IS NULL
           AND m.starts_on <= today AND (m.ends_on IS NULL OR m.ends_on >= today)), '{}');
END $$;

CREATE FUNCTION fw.has(VARIADIC wanted text[]) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    RETURN fw.roles() && wanted;
END $$;

-- The agency of the membership, only while it is a researcher's or a lead's.
CREATE FUNCTION fw.agency() RETURNS uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF NOT fw.roles() && '{researcher,lead}'::text[] THEN RETURN NULL; END IF;
    RETURN (SELECT m.agency_id FROM public.agencies_membership m WHERE m.id = fw.membership());
END $$;

-- The groups whose grants count: the agency's for researchers and leads, the team's for receiving workers.
CREATE FUNCTION fw.gids() RETURNS int[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    held text[] := fw.roles();
BEGIN
    RETURN coalesce((
        SELECT array_agg(g.id)
          FROM public.agencies_membership m
          LEFT JOIN public.agencies_agency a ON a.id = m.agency_id AND held && '{researcher,lead}'::text[]
          LEFT JOIN public.agencies_team t ON t.id = m.team_id AND held && '{receiving_worker}'::text[]
          CROSS JOIN LATERAL (VALUES (a.group_id), (t.group_id)) AS g(id)
         WHERE m.id = fw.membership() AND g.id IS NOT NULL), '{}');
END $$;

-- The rights first: once the definer owns a function, the owner of the tables can no longer take any away.
REVOKE ALL ON FUNCTION fw.membership(), fw.roles(), fw.has(text[]), fw.agency(), fw.gids() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION fw.membership(), fw.roles(), fw.has(text[]), fw.agency(), fw.gids()
    TO mash_web, mash_sweep, mash_auditor, mash_owner;
ALTER FUNCTION fw.membership() OWNER TO mash_definer;
ALTER FUNCTION fw.roles() OWNER TO mash_definer;
ALTER FUNCTION fw.has(text[]) OWNER TO mash_definer;
ALTER FUNCTION fw.agency() OWNER TO mash_definer;
ALTER FUNCTION fw.gids() OWNER TO mash_definer;
GRANT SELECT ON public.agencies_membership, public.agencies_user, public.agencies_agency, public.agencies_team
    TO mash_definer;
