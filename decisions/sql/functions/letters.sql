-- Ended contacts of which a parent has still to be written to, so that the list of work does not read every relation
-- and every letter. Nobody but the definer reads decisions_letterowed or writes it: a screener who sees the contact and
-- its relations is not told of its letters. A letter is settled when it was sent or held back;
-- one that was written before the contact was opened again, and ended anew, answers nothing.

CREATE OR REPLACE FUNCTION fw.weigh_letters(contact uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    -- Of an ending and a relation that are written at the same moment, the later to come here sees the other.
    PERFORM pg_advisory_xact_lock(1296126794, hashtext(contact::text));
    DELETE FROM public.decisions_letterowed o WHERE o.contact_id = contact;
    INSERT INTO public.decisions_letterowed (contact_id, ended_at)
    SELECT c.id, c.ended_at FROM public.contacts_contact c
     WHERE c.id = contact AND c.state = 'ended' AND EXISTS (
        SELECT 1 FROM public.contacts_relation r
          JOIN public.contacts_subject s ON s.id = r.subject_id
         WHERE r.contact_id = c.id AND r.kind IN ('parent', 'step_parent') AND s.kind = 'adult' AND NOT s.has_died
           AND NOT EXISTS (SELECT 1 FROM public.decisions_familyletter l
                            WHERE l.contact_id = c.id AND l.subject_id = s.id AND l.state IN ('sent', 'held_back')
                              AND l.written_at >= c.ended_at));
END $$;

CREATE OR REPLACE FUNCTION fw.letters_of_contact_weighed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    PERFORM fw.weigh_letters(NEW.id);
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION fw.letters_weighed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    PERFORM fw.weigh_letters(NEW.contact_id);
    RETURN NULL;
END $$;

-- The contacts whose families wait longest, to those who write to them.
-- callers: web
CREATE OR REPLACE FUNCTION fw.letters_owed(most integer) RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    closed uuid[];
BEGIN
    IF NOT EXISTS (SELECT 1 FROM public.decisions_letterowed) OR NOT fw.roles() && '{front_door,manager}'::text[] THEN
        RETURN '{}';
    END IF;
    closed := fw.closed_contacts();
    RETURN coalesce((
        SELECT array_agg(x.contact_id) FROM (
            SELECT o.contact_id FROM public.decisions_letterowed o
             WHERE NOT o.contact_id = ANY (closed) ORDER BY o.ended_at, o.contact_id LIMIT most) x), '{}');
END $$;
