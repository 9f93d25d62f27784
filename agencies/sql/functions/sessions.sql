-- Sessions are kept and found through these functions alone: the web role cannot list, count or end those of others.
--
-- The row's key is a keyed hash of the cookie's key, and what the session holds is encrypted under the cookie's key
-- (agencies/access/sessions.py): whoever reads the table, or a dump of it, can neither take a session over nor open
-- one.

-- callers: web
CREATE OR REPLACE FUNCTION fw.session_text(key text) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    RETURN (SELECT s.session_data FROM public.django_session s
             WHERE s.session_key = key AND s.expire_date > fw.now());
END $$;

-- Keep a new session, or the changed text of one that is there; says whether it could.
-- callers: web
CREATE OR REPLACE FUNCTION fw.keep_session(key text, kept text, expires timestamptz, is_new boolean) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF is_new THEN
        INSERT INTO public.django_session (session_key, session_data, expire_date) VALUES (key, kept, expires)
        ON CONFLICT (session_key) DO NOTHING;
    ELSE
        UPDATE public.django_session s SET session_data = kept, expire_date = expires WHERE s.session_key = key;
    END IF;
    RETURN FOUND;
END $$;

-- callers: web
CREATE OR REPLACE FUNCTION fw.end_session(key text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    DELETE FROM public.django_session s WHERE s.session_key = key;
END $$;

-- callers: web
CREATE OR REPLACE FUNCTION fw.clear_sessions() RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    cleared integer;
BEGIN
    DELETE FROM public.django_session s WHERE s.expire_date < fw.now();
    GET DIAGNOSTICS cleared = ROW_COUNT;
    RETURN cleared;
END $$;
