-- Passwords are checked and changed here and read by nobody: no role of the product may ask this table.
--
-- `shape` is the encoded password with its digest blanked: algorithm, parameters and salt, so that the application can
-- hash what was typed in the same way. `verifier` is a hash of the whole. The application proves each call with a
-- signature by the identity key over exactly this account, this stamp and this value: raw SQL alone tries and sets none.

CREATE TABLE fw.credential (
    account uuid PRIMARY KEY REFERENCES public.agencies_user (id),
    shape text NOT NULL,
    verifier text NOT NULL CHECK (length(verifier) = 64),
    changed_at timestamptz NOT NULL
);

INSERT INTO fw.credential (account, shape, verifier, changed_at)
SELECT u.id, regexp_replace(u.password, '[^$]*$', repeat('A', length(substring(u.password FROM '[^$]*$')))),
       encode(sha256(convert_to(u.password, 'UTF8')), 'hex'), now()
  FROM public.agencies_user u WHERE u.password LIKE '%$%' AND u.password NOT LIKE '!%';

UPDATE public.agencies_user u SET password_stamp = replace(gen_random_uuid()::text, '-', '')
 WHERE EXISTS (SELECT 1 FROM fw.credential c WHERE c.account = u.id);

ALTER TABLE fw.credential OWNER TO mash_definer;
GRANT SELECT, UPDATE ON public.agencies_user TO mash_definer;
SET ROLE mash_definer;
GRANT SELECT ON fw.credential TO mash_backup;

-- The signature that the application would make of a message; only for the functions here.
CREATE FUNCTION fw.signed(message text) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    RETURN (SELECT encode(sha256(k.outer_key || sha256(k.inner_key || convert_to(message, 'UTF8'))), 'hex')
              FROM fw.signing_key k WHERE k.id = 1);
END $$;

-- The person at work; nobody for the system's own viewers.
CREATE FUNCTION fw.person() RETURNS uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    RETURN (SELECT m.user_id FROM public.agencies_membership m WHERE m.id = fw.membership());
END $$;

CREATE FUNCTION fw.password_shape(whose uuid) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    RETURN (SELECT c.shape FROM fw.credential c WHERE c.account = whose);
END $$;

CREATE FUNCTION fw.password_matches(whose uuid, encoded text, permit text) RETURNS boolean
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
CREATE FUNCTION fw.set_password(whose uuid, purpose text, encoded text, permit text) RETURNS text
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
        VALUES (whose, left(encoded, -length(digest)) || repeat('A', length(digest)), made, clock_timestamp())
        ON CONFLICT (account) DO UPDATE
           SET shape = excluded.shape, verifier = excluded.verifier, changed_at = excluded.changed_at;
        IF purpose = 'set' THEN stamp := replace(gen_random_uuid()::text, '-', ''); END IF;
    END IF;
    UPDATE public.agencies_user SET password_stamp = stamp WHERE id = whose;
    RETURN stamp;
END $$;

REVOKE ALL ON FUNCTION fw.signed(text), fw.person(), fw.password_shape(uuid), fw.password_matches(uuid, text, text),
    fw.set_password(uuid, text, text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION fw.person(), fw.password_shape(uuid), fw.password_matches(uuid, text, text),
    fw.set_password(uuid, text, text, text) TO mash_web;
GRANT EXECUTE ON FUNCTION fw.person() TO mash_sweep;
RESET ROLE;

-- The stamp says only whether there is a password and which; it changes with the password and never by hand.
CREATE FUNCTION fw.stamp_stays() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    RAISE EXCEPTION 'A password is changed through fw.set_password.' USING ERRCODE = 'insufficient_privilege';
END $$;
REVOKE ALL ON FUNCTION fw.stamp_stays() FROM PUBLIC;
CREATE TRIGGER stamp_stays BEFORE UPDATE OF password_stamp ON public.agencies_user FOR EACH ROW
    WHEN (NEW.password_stamp IS DISTINCT FROM OLD.password_stamp AND current_user <> 'mash_definer')
    EXECUTE FUNCTION fw.stamp_stays();
