-- Ended contacts of which a parent has still to be written to, so that the list of work does not read every relation and
-- every letter. Nobody but the definer reads this table or writes it: a screener who sees the contact and its relations
-- is not told of its letters. A letter is settled when it was sent or held back.

CREATE TABLE decisions_letterowed (
    contact_id uuid PRIMARY KEY REFERENCES contacts_contact (id),
    ended_at timestamptz NOT NULL
);
CREATE INDEX letter_owed_longest ON decisions_letterowed (ended_at, contact_id);
GRANT SELECT, INSERT, DELETE ON decisions_letterowed TO mash_definer;
GRANT SELECT ON contacts_contact, contacts_relation, contacts_subject, decisions_familyletter TO mash_definer;

CREATE FUNCTION fw.weigh_letters(contact uuid) RETURNS void
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
         WHERE r.contact_id = c.id AND r.kind IN ('parent', 'step_parent') AND s.kind = 'adult'
           AND NOT EXISTS (SELECT 1 FROM public.decisions_familyletter l
                            WHERE l.contact_id = c.id AND l.subject_id = s.id AND l.state IN ('sent', 'held_back')));
END $$;

CREATE FUNCTION fw.letters_of_contact_weighed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    PERFORM fw.weigh_letters(NEW.id);
    RETURN NULL;
END $$;
CREATE TRIGGER letters_weighed AFTER UPDATE OF state, ended_at ON contacts_contact
    FOR EACH ROW WHEN ((OLD.state = 'ended' OR NEW.state = 'ended')
                       AND (OLD.state, OLD.ended_at) IS DISTINCT FROM (NEW.state, NEW.ended_at))
    EXECUTE FUNCTION fw.letters_of_contact_weighed();

CREATE FUNCTION fw.letters_weighed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    PERFORM fw.weigh_letters(NEW.contact_id);
    RETURN NULL;
END $$;
CREATE TRIGGER letters_weighed AFTER INSERT OR UPDATE OF kind, subject_id ON contacts_relation
    FOR EACH ROW EXECUTE FUNCTION fw.letters_weighed();
CREATE TRIGGER letters_weighed AFTER UPDATE OF kind ON contacts_subject
    FOR EACH ROW WHEN (OLD.kind IS DISTINCT FROM NEW.kind) EXECUTE FUNCTION fw.letters_weighed();
CREATE TRIGGER letters_weighed AFTER INSERT OR UPDATE OF state ON decisions_familyletter
    FOR EACH ROW EXECUTE FUNCTION fw.letters_weighed();

-- The contacts whose families wait longest, to those who write to them.
CREATE FUNCTION fw.letters_owed(most integer) RETURNS uuid[]
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

-- Once, what the triggers would have done before: as the definer, since the owner of a table sees no row of it.
CREATE FUNCTION fw.weigh_old_letters() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    PERFORM fw.weigh_letters(x.contact_id) FROM (
        SELECT DISTINCT r.contact_id FROM public.contacts_relation r
          JOIN public.contacts_contact c ON c.id = r.contact_id AND c.state = 'ended') x;
END $$;

REVOKE ALL ON FUNCTION fw.weigh_letters(uuid), fw.letters_owed(integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION fw.letters_owed(integer) TO mash_web;
ALTER FUNCTION fw.weigh_letters(uuid) OWNER TO mash_definer;
ALTER FUNCTION fw.letters_of_contact_weighed() OWNER TO mash_definer;
ALTER FUNCTION fw.letters_weighed() OWNER TO mash_definer;
ALTER FUNCTION fw.letters_owed(integer) OWNER TO mash_definer;
ALTER FUNCTION fw.weigh_old_letters() OWNER TO mash_definer;
SELECT fw.weigh_old_letters();
DROP FUNCTION fw.weigh_old_letters();
