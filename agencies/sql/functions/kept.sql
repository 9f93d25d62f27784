-- What was typed and not sent is kept and found through these functions alone, by exact keys that the application
-- makes from its secret (agencies/access/kept.py): nobody can list, count or alter what others have typed, and a dump
-- tells neither who typed nor what. They ask for no identity: a text outlives the session and the membership.

-- Keep a form as it stands now. Beyond the most that one author may have, the oldest goes.
-- callers: web
CREATE OR REPLACE FUNCTION fw.keep_text(wanted text, whose text, kept text, expires timestamptz, most integer)
RETURNS void LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    INSERT INTO public.agencies_kepttext AS k (place, author, desk, content, saved_at, expires_at)
    VALUES (wanted, whose, '', kept, fw.now(), expires)
    ON CONFLICT (place) DO UPDATE SET desk = '', membership = NULL, matter = NULL, content = EXCLUDED.content,
        saved_at = EXCLUDED.saved_at, expires_at = EXCLUDED.expires_at WHERE k.author = EXCLUDED.author;
    DELETE FROM public.agencies_kepttext d WHERE d.author = whose AND (d.expires_at <= fw.now() OR d.place IN (
        SELECT o.place FROM public.agencies_kepttext o WHERE o.author = whose ORDER BY o.saved_at DESC, o.place OFFSET most));
END $$;

-- All that one author has kept, the latest first.
-- callers: web
CREATE OR REPLACE FUNCTION fw.kept_texts(whose text) RETURNS TABLE (place text, content text, saved_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    RETURN QUERY SELECT k.place::text, k.content, k.saved_at FROM public.agencies_kepttext k
                  WHERE k.author = whose AND k.expires_at > fw.now() ORDER BY k.saved_at DESC, k.place;
END $$;

-- Let go of one: it was sent, or thrown away.
-- callers: web
CREATE OR REPLACE FUNCTION fw.drop_text(wanted text, whose text) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    DELETE FROM public.agencies_kepttext k WHERE k.place = wanted AND k.author = whose;
    RETURN FOUND;
END $$;

-- Let go of what is too old, whoever typed it.
-- callers: sweep
CREATE OR REPLACE FUNCTION fw.clear_kept_texts() RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    cleared integer;
BEGIN
    DELETE FROM public.agencies_kepttext k WHERE k.expires_at <= fw.now();
    GET DIAGNOSTICS cleared = ROW_COUNT;
    RETURN cleared;
END $$;

-- One, by its exact key, for whose it is: what was just answered or searched for (agencies/access/passing.py).
-- callers: web
CREATE OR REPLACE FUNCTION fw.kept_text(wanted text, whose text) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    RETURN (SELECT k.content FROM public.agencies_kepttext k
             WHERE k.place = wanted AND k.author = whose AND k.expires_at > fw.now());
END $$;

-- Let go of all that is kept for one author or session.
-- callers: web
CREATE OR REPLACE FUNCTION fw.drop_texts(whose text) RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    dropped integer;
BEGIN
    DELETE FROM public.agencies_kepttext k WHERE k.author = whose;
    GET DIAGNOSTICS dropped = ROW_COUNT;
    RETURN dropped;
END $$;
