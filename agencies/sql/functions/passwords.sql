-- Passwords are checked and changed here and read by nobody: no role of the product may ask fw.credential.
--
-- The application proves each call with a signature by the identity key over exactly this account, this stamp and this
-- value: raw SQL alone tries and sets none.

-- callers: web
CREATE OR REPLACE FUNCTION fw.password_shape(whose uuid) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    RETURN (SELECT c.shape FROM fw.credential c WHERE c.account = whose);
END $$;

-- callers: web
CREATE OR REPLACE FUNCTION fw.password_matches(whose uuid, encoded text, permit text) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    tried text := encode(sha256(convert_to(encoded, 'UTF8')), 'hex');
BEGIN
    IF permit IS NULL OR permit IS DISTINCT FROM fw.signed(concat_ws('|', 'password', 'try', whose, tried)) THEN
        RAISE EXCEPTION 'A password is tried by the application alone.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN EXISTS (SELECT 1 FROM fw.credential c WHERE c.account = whose AND c.verifier = tried);
END $$;

-- Set a password, or take it away (encoded is empty); returns the new stamp, at which sessions of the old one end.
-- `upgrade` keeps the stamp: it is the same password, hashed in a newer way.
-- callers: web
CREATE OR REPLACE FUNCTION fw.set_password(whose uuid, purpose text, encoded text, permit text) RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    made text := encode(sha256(convert_to(encoded, 'UTF8')), 'hex');
    digest text := substring(encoded FROM '[^$]*$');
    stamp text;
BEGIN
    SELECT u.password_stamp INTO stamp FROM public.agencies_user u WHERE u.id = whose FOR UPDATE;
    IF stamp IS NULL OR permit IS NULL OR NOT purpose IN ('set', 'upgrade')
       OR permit IS DISTINCT FROM fw.signed(concat_ws('|', 'password', purpose, whose, stamp, made))
       OR NOT (fw.person() IS NULL OR fw.person() = whose OR fw.has('administrator')) THEN
        RAISE EXCEPTION 'A password is changed by its owner or an administrator.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF encoded = '' THEN
        DELETE FROM fw.credential c WHERE c.account = whose;
        stamp := '';
    ELSE
        INSERT INTO fw.credential (account, shape, verifier, changed_at)
        VALUES (whose, left(encoded, -length(digest)) || repeat('A', length(digest)), made, fw.now())
        ON CONFLICT (account) DO UPDATE
           SET shape = excluded.shape, verifier = excluded.verifier, changed_at = excluded.changed_at;
        IF purpose = 'set' THEN stamp := replace(gen_random_uuid()::text, '-', ''); END IF;
    END IF;
    UPDATE public.agencies_user SET password_stamp = stamp WHERE id = whose;
    RETURN stamp;
END $$;

-- A stamp says only whether there is a password, or a second factor, and which; it never changes by hand.
CREATE OR REPLACE FUNCTION fw.stamp_stays() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    RAISE EXCEPTION 'A password or a second factor is changed through its function.' USING ERRCODE = 'insufficient_privilege';
END $$;
