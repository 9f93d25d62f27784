-- Who is acting, and when, as the database understands it.
--
-- The application signs "membership|expiry[@moment]|signature" into the transaction (agencies/access/identity.py); only
-- who holds the key can write a moment. These functions check the signature and answer what the membership may do.
-- Anything malformed, expired, forged or ended counts as nobody, who sees no rows. The functions belong to mash_definer,
-- which alone reads the key.
--
-- Call them as (SELECT fw.f()), so that a statement asks once and not once a row.

-- callers: web, sweep, auditor
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
    -- The clock of the machine: a signature is stolen and grows old in real time, whatever moment somebody acts as of.
    IF signature IS NULL OR signature IS DISTINCT FROM parts[3]
       OR to_timestamp(split_part(parts[2], '@', 1)::bigint) < clock_timestamp() THEN
        RETURN NULL;
    END IF;
    RETURN parts[1]::uuid;
END $$;

-- The moment as of which somebody acts: now, or the moment that the builder of a history or a simulation has signed.
-- This is the one clock of the wall: any other function that asks PostgreSQL for the time says why (ADR 0042).
-- callers: web, sweep
CREATE OR REPLACE FUNCTION fw.now() RETURNS timestamptz
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    signed text := split_part(split_part(coalesce(current_setting('app.identity', true), ''), '|', 2), '@', 2);
BEGIN
    IF signed = '' OR fw.membership() IS NULL THEN RETURN statement_timestamp(); END IF;
    RETURN to_timestamp(signed::bigint);
END $$;

-- Who is at work, read once: the membership, its agency and team, and what it may do today; no roles where it is not in
-- force. Who researches or leads for an agency does so only while its signature on a current agreement is in force.
-- Only for the functions here and beside: a policy asks one of those that answer for one right.
CREATE OR REPLACE FUNCTION fw.acting(OUT membership uuid, OUT agency uuid, OUT team uuid, OUT roles text[])
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    today date := (fw.now() AT TIME ZONE 'Europe/London')::date;
BEGIN
    membership := fw.membership();
    roles := CASE membership
        WHEN '00000000-0000-4000-8000-000000000001' THEN '{public}'::text[]
        WHEN '00000000-0000-4000-8000-000000000002' THEN '{clock}'::text[]
        WHEN '00000000-0000-4000-8000-000000000003' THEN '{builder,administrator}'::text[]
        WHEN '00000000-0000-4000-8000-000000000004' THEN '{checker}'::text[]
    END;
    IF membership IS NULL OR roles IS NOT NULL THEN roles := coalesce(roles, '{}'); RETURN; END IF;
    -- Each flag by itself: PostgreSQL would build a hash table of all accounts for a join, in every call.
    SELECT m.agency_id, m.team_id, m.roles::text[] INTO agency, team, roles
      FROM public.agencies_membership m
     WHERE m.id = membership AND m.ended_at IS NULL
       AND m.starts_on <= today AND (m.ends_on IS NULL OR m.ends_on >= today)
       AND (SELECT u.is_active FROM public.agencies_user u WHERE u.id = m.user_id)
       AND (SELECT a.is_active FROM public.agencies_agency a WHERE a.id = m.agency_id);
    roles := coalesce(roles, '{}');
    IF roles && '{researcher,lead}' AND NOT EXISTS (
        SELECT 1 FROM public.agencies_signature s JOIN public.agencies_agreement g ON g.id = s.agreement_id
         WHERE s.agency_id = agency AND s.signed_on <= today AND (s.ends_on IS NULL OR s.ends_on >= today)
           AND g.starts_on <= today AND g.ends_on >= today) THEN
        roles := array_remove(array_remove(roles, 'researcher'), 'lead');
    END IF;
END $$;

-- callers: web, sweep, auditor
CREATE OR REPLACE FUNCTION fw.roles() RETURNS text[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    me record := fw.acting();
BEGIN
    RETURN me.roles;
END $$;

-- callers: web, sweep, auditor
CREATE OR REPLACE FUNCTION fw.has(VARIADIC wanted text[]) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    me record := fw.acting();
BEGIN
    RETURN me.roles && wanted;
END $$;

-- The membership, only while it is a social worker's: what is assigned to it is open to it.
-- callers: web
CREATE OR REPLACE FUNCTION fw.worker() RETURNS uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    me record := fw.acting();
BEGIN
    RETURN CASE WHEN me.roles && '{social_worker}' THEN me.membership END;
END $$;

-- The person at work; nobody for the system's own viewers.
-- callers: web, sweep
CREATE OR REPLACE FUNCTION fw.person() RETURNS uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    RETURN (SELECT m.user_id FROM public.agencies_membership m WHERE m.id = fw.membership());
END $$;

-- Every membership of the person at work, for rules such as: who gave a thing may not take it in another membership.
-- callers: web
CREATE OR REPLACE FUNCTION fw.memberships() RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    RETURN coalesce((SELECT array_agg(m.id) FROM public.agencies_membership m WHERE m.user_id = fw.person()), '{}');
END $$;

-- The agency of the membership, only while it is a researcher's or a lead's.
-- callers: web, sweep, auditor
CREATE OR REPLACE FUNCTION fw.agency() RETURNS uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    me record := fw.acting();
BEGIN
    RETURN CASE WHEN me.roles && '{researcher,lead}' THEN me.agency END;
END $$;

-- The agency of the membership, whatever its roles: for what an agency's member of a panel wrote.
-- callers: web, sweep
CREATE OR REPLACE FUNCTION fw.own_agency() RETURNS uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    me record := fw.acting();
BEGIN
    RETURN CASE WHEN me.roles <> '{}' THEN me.agency END;
END $$;

-- The groups whose grants count: the agency's for researchers and leads, the team's for receiving workers.
-- callers: web, sweep, auditor
CREATE OR REPLACE FUNCTION fw.groups() RETURNS int[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    me record := fw.acting();
    held int[] := '{}';
BEGIN
    IF me.roles && '{researcher,lead}' THEN
        held := held || (SELECT a.group_id FROM public.agencies_agency a WHERE a.id = me.agency);
    END IF;
    IF me.roles && '{receiving_worker}' THEN
        held := held || (SELECT t.group_id FROM public.agencies_team t WHERE t.id = me.team);
    END IF;
    RETURN array_remove(held, NULL);
END $$;

-- The team of the membership, only while it is a receiving worker's.
-- callers: web, sweep
CREATE OR REPLACE FUNCTION fw.team() RETURNS uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    me record := fw.acting();
BEGIN
    RETURN CASE WHEN me.roles && '{receiving_worker}' THEN me.team END;
END $$;

-- The agency's group, only for a core agency's researchers and leads: they can be named for an item.
-- callers: web, sweep
CREATE OR REPLACE FUNCTION fw.core_group() RETURNS int
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    RETURN (SELECT a.group_id FROM public.agencies_agency a WHERE a.id = fw.agency() AND a.is_core);
END $$;

-- callers: web, sweep
CREATE OR REPLACE FUNCTION fw.is_core() RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    RETURN fw.core_group() IS NOT NULL;
END $$;

-- Screeners of social care see what waits; those of other agencies what the panel was sent.
-- callers: web, sweep
CREATE OR REPLACE FUNCTION fw.screens() RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    me record := fw.acting();
BEGIN
    IF NOT me.roles && '{screener}' THEN RETURN 'nothing'; END IF;
    RETURN (SELECT CASE a.kind WHEN 'social_care' THEN 'all' ELSE 'panel' END
              FROM public.agencies_agency a WHERE a.id = me.agency);
END $$;

-- The signature that the application would make of a message; only for the functions here.
CREATE OR REPLACE FUNCTION fw.signed(message text) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    RETURN (SELECT encode(sha256(k.outer_key || sha256(k.inner_key || convert_to(message, 'UTF8'))), 'hex')
              FROM fw.signing_key k WHERE k.id = 1);
END $$;
