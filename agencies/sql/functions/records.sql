-- Trigger functions for every app that limit how a row may change: the only columns that may change, columns that are set
-- once, columns that never change, and columns that name who did something.

CREATE OR REPLACE FUNCTION fw.only_these_change() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    IF to_jsonb(OLD) - TG_ARGV IS DISTINCT FROM to_jsonb(NEW) - TG_ARGV THEN
        RAISE EXCEPTION 'Of % only % may change.', TG_TABLE_NAME, array_to_string(TG_ARGV, ', ')
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION fw.set_once() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY TG_ARGV LOOP
        IF to_jsonb(OLD) ->> name IS NOT NULL AND to_jsonb(OLD) ->> name IS DISTINCT FROM to_jsonb(NEW) ->> name THEN
            RAISE EXCEPTION '% of % is set once.', name, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
        END IF;
    END LOOP;
    RETURN NEW;
END $$;

-- Columns that name who did something: nobody enters a membership there but their own, the one at work.
CREATE OR REPLACE FUNCTION fw.in_own_name() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
DECLARE
    said jsonb := to_jsonb(NEW);
    stood jsonb := CASE TG_OP WHEN 'UPDATE' THEN to_jsonb(OLD) ELSE '{}' END;
    name text;
BEGIN
    FOREACH name IN ARRAY TG_ARGV LOOP
        IF said ->> name IS NOT NULL AND said ->> name IS DISTINCT FROM stood ->> name
           AND said ->> name IS DISTINCT FROM fw.membership()::text THEN
            RAISE EXCEPTION '% of % is written in the own name alone.', name, TG_TABLE_NAME
                USING ERRCODE = 'insufficient_privilege';
        END IF;
    END LOOP;
    RETURN NEW;
END $$;

-- Columns that never change, such as the key of the parent: a row moved to another case would carry its text into it.
CREATE OR REPLACE FUNCTION fw.these_never_change() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY TG_ARGV LOOP
        IF to_jsonb(OLD) ->> name IS DISTINCT FROM to_jsonb(NEW) ->> name THEN
            RAISE EXCEPTION '% of % stays as it is.', name, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
        END IF;
    END LOOP;
    RETURN NEW;
END $$;

-- Nobody is auditor or administrator and works on cases too, over all memberships that meet in time.
CREATE OR REPLACE FUNCTION fw.roles_stay_apart() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    apart text[] := '{auditor,administrator}';
    held text[];
BEGIN
    SELECT NEW.roles::text[] || coalesce(array_agg(DISTINCT r.role), '{}') INTO held
      FROM public.agencies_membership m CROSS JOIN LATERAL unnest(m.roles::text[]) AS r(role)
     WHERE m.user_id = NEW.user_id AND m.id <> NEW.id AND m.ended_at IS NULL
       AND (m.ends_on IS NULL OR m.ends_on >= NEW.starts_on) AND (NEW.ends_on IS NULL OR m.starts_on <= NEW.ends_on);
    IF held && apart AND NOT held <@ apart THEN
        RAISE EXCEPTION 'nobody is auditor or administrator and works on cases too';
    END IF;
    RETURN NEW;
END $$;
