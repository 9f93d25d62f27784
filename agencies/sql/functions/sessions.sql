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

-- Keep a new session, or the changed text of one that is there; says whether it could. Of a session in which somebody is
-- signed in, its holder, its beginning and the kind of browser are noted beside it, for its holder's list.
-- callers: web
CREATE OR REPLACE FUNCTION fw.keep_session(
    key text, kept text, expires timestamptz, is_new boolean, holder uuid DEFAULT NULL, began timestamptz DEFAULT NULL,
    browser text DEFAULT '') RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF is_new THEN
        INSERT INTO public.django_session (session_key, session_data, expire_date) VALUES (key, kept, expires)
        ON CONFLICT (session_key) DO NOTHING;
    ELSE
        UPDATE public.django_session s SET session_data = kept, expire_date = expires WHERE s.session_key = key;
    END IF;
    IF NOT FOUND THEN RETURN false; END IF;
    IF holder IS NOT NULL THEN
        INSERT INTO fw.session_of (session_key, id, account, began_at, seen_at, browser)
        VALUES (key, gen_random_uuid(), holder, coalesce(began, fw.now()), fw.now(), browser)
        ON CONFLICT (session_key) DO UPDATE
           SET account = excluded.account, began_at = excluded.began_at, seen_at = excluded.seen_at, browser = excluded.browser;
    END IF;
    RETURN true;
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

-- Only for the functions below, which one person asks about their own sessions: the application signs each call.
CREATE OR REPLACE FUNCTION fw.permits_sessions(purpose text, whose uuid, said text, permit text) RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF permit IS NULL OR permit IS DISTINCT FROM fw.signed(concat_ws('|', 'sessions', purpose, whose, said))
       OR fw.person() IS DISTINCT FROM whose THEN
        RAISE EXCEPTION 'Sessions are listed and ended by their holder.' USING ERRCODE = 'insufficient_privilege';
    END IF;
END $$;

-- The sessions of who is at work, the latest first; `here` is the key of the one that asks.
-- callers: web
CREATE OR REPLACE FUNCTION fw.sessions_of(whose uuid, here text, permit text)
RETURNS TABLE (id uuid, began_at timestamptz, seen_at timestamptz, browser text, is_this boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    PERFORM fw.permits_sessions('list', whose, here, permit);
    RETURN QUERY SELECT o.id, o.began_at, o.seen_at, o.browser, o.session_key = here
                   FROM fw.session_of o JOIN public.django_session s ON s.session_key = o.session_key
                  WHERE o.account = whose AND s.expire_date > fw.now() ORDER BY o.seen_at DESC, o.id;
END $$;

-- callers: web
CREATE OR REPLACE FUNCTION fw.end_session_of(whose uuid, which uuid, permit text) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    PERFORM fw.permits_sessions('end', whose, which::text, permit);
    DELETE FROM public.django_session s USING fw.session_of o
     WHERE o.session_key = s.session_key AND o.account = whose AND o.id = which;
    RETURN FOUND;
END $$;

-- callers: web
CREATE OR REPLACE FUNCTION fw.end_other_sessions(whose uuid, here text, permit text) RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    ended integer;
BEGIN
    PERFORM fw.permits_sessions('end others', whose, here, permit);
    DELETE FROM public.django_session s USING fw.session_of o
     WHERE o.session_key = s.session_key AND o.account = whose AND o.session_key <> here;
    GET DIAGNOSTICS ended = ROW_COUNT;
    RETURN ended;
END $$;
