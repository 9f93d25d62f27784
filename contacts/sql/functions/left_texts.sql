-- What somebody of the front door typed and did not send, when they have left, are away or suspended: it passes on to the
-- desk (docs/adr/0093). Nobody else reads a text that was typed: see agencies/sql/functions/kept.sql.

-- Say of a text that was just kept that it is a form of the front door. It asks for no identity, as keeping does; it says
-- nothing of a text of another's, of a membership that is not of the front door, or of a contact that there is not.
-- callers: web
CREATE OR REPLACE FUNCTION fw.text_of_desk(wanted text, whose text, member uuid, contact text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    about uuid;
BEGIN
    IF NOT EXISTS (SELECT 1 FROM public.agencies_membership m
                    WHERE m.id = member AND m.roles::text[] && '{front_door}'::text[]) THEN
        RETURN;
    END IF;
    IF contact <> '' THEN
        about := (SELECT s.contact FROM fw.case_spoken_of(text_of_desk.contact) s);
        IF about IS NULL THEN RETURN; END IF;
    END IF;
    UPDATE public.agencies_kepttext k SET desk = 'front_door', membership = member, matter = about
     WHERE k.place = wanted AND k.author = whose;
END $$;

-- Texts of the front door that their authors cannot send, for whoever does its work today: nobody finds there what hangs
-- on a contact that is closed to them.
CREATE OR REPLACE FUNCTION fw.texts_left() RETURNS SETOF public.agencies_kepttext
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    present uuid[];
    is_theirs boolean;
    of_nobody uuid[];
BEGIN
    is_theirs := fw.has('front_door') OR fw.desk_is_empty('front_door');
    of_nobody := fw.closed_to_desk('front_door');
    IF NOT is_theirs AND of_nobody = '{}' THEN RETURN; END IF;
    present := fw.at_desk('front_door', (fw.now() AT TIME ZONE 'Europe/London')::date);
    RETURN QUERY SELECT k.* FROM public.agencies_kepttext k
       WHERE k.desk = 'front_door' AND k.expires_at > fw.now()
         AND (is_theirs OR k.matter = ANY (of_nobody))
         AND (k.matter IS NULL OR NOT k.matter = ANY (fw.closed_contacts()))
         AND NOT EXISTS (SELECT 1 FROM public.agencies_membership m JOIN public.agencies_membership o ON o.user_id = m.user_id
                          WHERE m.id = k.membership AND o.id = ANY (present));
END $$;

-- callers: web
CREATE OR REPLACE FUNCTION fw.left_texts()
RETURNS TABLE (place text, content text, saved_at timestamptz, membership uuid, matter uuid)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    RETURN QUERY SELECT k.place::text, k.content, k.saved_at, k.membership, k.matter FROM fw.texts_left() k
                  ORDER BY k.saved_at DESC, k.place;
END $$;

-- Take one out of the hands of its author; who takes it keeps it anew as their own.
-- callers: web
CREATE OR REPLACE FUNCTION fw.take_left_text(wanted text) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    DELETE FROM public.agencies_kepttext d
     WHERE d.place = wanted AND d.place IN (SELECT k.place FROM fw.texts_left() k);
    RETURN FOUND;
END $$;
