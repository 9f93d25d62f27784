-- The second factor of an account: its secret is handed to the application alone, closed under the hub's data key, and
-- recovery codes rest as hashes that nobody reads back. No role of the product may ask fw.second_factor itself.
--
-- The application proves each call with a signature by the identity key over exactly this account and these values, as
-- it does for passwords: raw SQL alone reads no secret, uses no code, sets up and takes away no factor.

-- Only for the functions here.
CREATE OR REPLACE FUNCTION fw.permits_factor(purpose text, whose uuid, said text, permit text) RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF permit IS NULL OR permit IS DISTINCT FROM fw.signed(concat_ws('|', 'factor', purpose, whose, said)) THEN
        RAISE EXCEPTION 'A second factor is for the application alone.' USING ERRCODE = 'insufficient_privilege';
    END IF;
END $$;

-- The closed secret with its key, and how many recovery codes are left; no row where the account has no second factor.
-- callers: web
CREATE OR REPLACE FUNCTION fw.second_factor_of(whose uuid, permit text)
RETURNS TABLE (secret text, set_up_at timestamptz, codes_left bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    PERFORM fw.permits_factor('read', whose, '', permit);
    RETURN QUERY SELECT fw.with_key(f.secret, whose::text), f.set_up_at,
                        (SELECT count(*) FROM fw.recovery_code c WHERE c.account = whose AND c.used_at IS NULL)
                   FROM fw.second_factor f WHERE f.account = whose;
END $$;

-- Use up the step of a right code: no code of that step or an earlier one is right again, in whichever process.
-- callers: web
CREATE OR REPLACE FUNCTION fw.use_step(whose uuid, step bigint, permit text) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    PERFORM fw.permits_factor('step', whose, step::text, permit);
    UPDATE fw.second_factor f SET last_step = step WHERE f.account = whose AND f.last_step < step;
    RETURN FOUND;
END $$;

-- callers: web
CREATE OR REPLACE FUNCTION fw.use_recovery_code(whose uuid, hashed text, permit text) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    PERFORM fw.permits_factor('recover', whose, hashed, permit);
    UPDATE fw.recovery_code c SET used_at = fw.now()
     WHERE c.account = whose AND c.verifier = hashed AND c.used_at IS NULL;
    RETURN FOUND;
END $$;

-- Set up a second factor, or put another device in its place; returns the new stamp, at which other sessions end.
-- Nobody does it for somebody else.
-- callers: web
CREATE OR REPLACE FUNCTION fw.set_up_factor(whose uuid, closed text, step bigint, hashed text[], permit text) RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    stamp text := replace(gen_random_uuid()::text, '-', '');
BEGIN
    PERFORM fw.permits_factor('set up', whose, concat_ws('|', step, array_to_string(hashed, ',')), permit);
    IF fw.person() IS DISTINCT FROM whose OR cardinality(hashed) = 0 THEN
        RAISE EXCEPTION 'A second factor is set up by its owner.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    DELETE FROM fw.recovery_code c WHERE c.account = whose;
    INSERT INTO fw.second_factor (account, secret, last_step, set_up_at) VALUES (whose, closed, step, fw.now())
    ON CONFLICT (account) DO UPDATE
       SET secret = excluded.secret, last_step = excluded.last_step, set_up_at = excluded.set_up_at;
    INSERT INTO fw.recovery_code (account, verifier) SELECT whose, h FROM unnest(hashed) AS h;
    UPDATE public.agencies_user SET second_factor_stamp = stamp WHERE id = whose;
    RETURN stamp;
END $$;

-- callers: web
CREATE OR REPLACE FUNCTION fw.replace_recovery_codes(whose uuid, hashed text[], permit text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    PERFORM fw.permits_factor('codes', whose, array_to_string(hashed, ','), permit);
    IF fw.person() IS DISTINCT FROM whose THEN
        RAISE EXCEPTION 'Recovery codes are made by their owner.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    DELETE FROM fw.recovery_code c WHERE c.account = whose;
    INSERT INTO fw.recovery_code (account, verifier) SELECT whose, h FROM unnest(hashed) AS h;
END $$;

-- Take a second factor away, with its recovery codes: an administrator for somebody else, or the builder of a hub.
-- callers: web
CREATE OR REPLACE FUNCTION fw.take_factor_away(whose uuid, permit text) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    PERFORM fw.permits_factor('take away', whose, '', permit);
    IF NOT fw.has('administrator') OR fw.person() = whose THEN
        RAISE EXCEPTION 'A second factor is taken away by another administrator.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    DELETE FROM fw.second_factor f WHERE f.account = whose;
    UPDATE public.agencies_user SET second_factor_stamp = '' WHERE id = whose AND second_factor_stamp <> '';
    RETURN FOUND;
END $$;
