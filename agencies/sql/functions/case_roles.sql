-- Case roles are given by two people: an administrator proposes, a manager gives their word (docs/adr/0092).

-- Write the membership for which the viewer, a manager, has just given their word; returns its key. It takes the place
-- of the one that it changes, and what its roles still work on goes along.
-- callers: web
CREATE OR REPLACE FUNCTION fw.give_roles(proposal uuid) RETURNS uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    said public.agencies_roleproposal;
    given uuid := gen_random_uuid();
    today date := (fw.now() AT TIME ZONE 'Europe/London')::date;
BEGIN
    SELECT p.* INTO said FROM public.agencies_roleproposal p WHERE p.id = proposal FOR UPDATE;
    IF said.answer IS DISTINCT FROM 'given' OR said.membership_id IS NOT NULL OR NOT fw.has('manager')
       OR said.answered_by_id IS DISTINCT FROM fw.membership() OR said.user_id = fw.person()
       OR said.proposed_by_id = ANY (fw.memberships()) THEN
        RAISE EXCEPTION 'case roles are given by two people' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF said.replaces_id IS NOT NULL THEN
        UPDATE public.agencies_membership m SET ended_at = fw.now(), version = m.version + 1
         WHERE m.id = said.replaces_id AND m.ended_at IS NULL;
        IF NOT FOUND THEN RAISE EXCEPTION 'the membership that it changes has ended'; END IF;
    END IF;
    INSERT INTO public.agencies_membership (id, user_id, agency_id, team_id, roles, starts_on, ends_on, version)
    VALUES (given, said.user_id, said.agency_id, said.team_id, said.roles, greatest(said.starts_on, today), said.ends_on, 1);
    UPDATE public.agencies_roleproposal p SET membership_id = given WHERE p.id = proposal;
    IF said.replaces_id IS NOT NULL THEN PERFORM fw.pass_on(said.replaces_id, given); END IF;
    RETURN given;
END $$;

-- Leave a membership with some of its roles and no later last day: nobody is given anything, so an administrator does it
-- alone and at once. The old row ends and this one follows it.
-- callers: web
CREATE OR REPLACE FUNCTION fw.keep_roles(old uuid, kept text[], last_day date, moment timestamptz) RETURNS uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    held public.agencies_membership;
    left_over uuid := gen_random_uuid();
    today date := (fw.now() AT TIME ZONE 'Europe/London')::date;
BEGIN
    SELECT m.* INTO held FROM public.agencies_membership m WHERE m.id = old AND m.ended_at IS NULL FOR UPDATE;
    IF held.id IS NULL OR NOT fw.has('administrator') OR held.user_id IS NOT DISTINCT FROM fw.person()
       OR cardinality(kept) = 0 OR NOT kept <@ held.roles::text[]
       OR coalesce(last_day, 'infinity'::date) > coalesce(held.ends_on, 'infinity'::date) THEN
        RAISE EXCEPTION 'what is kept was not held' USING ERRCODE = 'insufficient_privilege';
    END IF;
    UPDATE public.agencies_membership m SET ended_at = moment, version = m.version + 1 WHERE m.id = old;
    INSERT INTO public.agencies_membership (id, user_id, agency_id, team_id, roles, starts_on, ends_on, version)
    VALUES (left_over, held.user_id, held.agency_id, held.team_id, kept, greatest(held.starts_on, today), last_day, 1);
    RETURN left_over;
END $$;

-- Whether somebody may follow the last MASH manager at once: there is one and no other, and they work in cases in that
-- very agency. The hub is never without a manager because a second person is not at hand.
-- callers: web
CREATE OR REPLACE FUNCTION fw.follows_last_manager(person uuid, agency uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    today date := (fw.now() AT TIME ZONE 'Europe/London')::date;
    managers uuid[];
BEGIN
    SELECT array_agg(DISTINCT m.user_id) INTO managers FROM public.agencies_membership m
      JOIN public.agencies_user u ON u.id = m.user_id AND u.is_active
      JOIN public.agencies_agency a ON a.id = m.agency_id AND a.is_active
     WHERE m.roles::text[] && '{manager}'::text[] AND m.ended_at IS NULL AND m.starts_on <= today
       AND (m.ends_on IS NULL OR m.ends_on >= today);
    RETURN cardinality(managers) = 1 AND NOT person = ANY (managers) AND EXISTS (
        SELECT 1 FROM public.agencies_membership m
         WHERE m.user_id = person AND m.agency_id = agency AND m.ended_at IS NULL AND m.starts_on <= today
           AND (m.ends_on IS NULL OR m.ends_on >= today) AND NOT m.roles::text[] && '{auditor,administrator}'::text[]);
END $$;

-- A later last day gives the roles for longer: for case roles that needs the word too.
CREATE OR REPLACE FUNCTION fw.case_roles_are_not_prolonged() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    IF coalesce(NEW.ends_on, 'infinity'::date) > coalesce(OLD.ends_on, 'infinity'::date)
       AND NOT NEW.roles::text[] <@ '{auditor,administrator}'::text[] THEN
        RAISE EXCEPTION 'case roles are prolonged by two people' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
