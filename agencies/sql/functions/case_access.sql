-- What keeps a person out of a case or lets one into it, for both walls: the conflicts of interest against them, the
-- reviews they were named for, their emergency access, and the emergency route of their agency.
--
-- Arrays of keys, each read once a statement: `NOT contact_id = ANY ((SELECT fw.closed_contacts())::uuid[])`. They are
-- short: a person has few conflicts, reviews and emergency accesses in force, and protective work under way is little.
-- Which contacts, enquiries and references a conflict closes, the stages say (contacts/sql/functions/conflicts.sql).
--
-- Whoever is excluded does not learn of it, in none of their memberships; nobody lifts a conflict against themself,
-- names themself as reviewer or judges their own emergency access. What is entered is not reworded afterwards.

-- Conflicts in force against the person at work: named themself, by membership, or by their agency or team.
-- Not even for the web role: who is excluded from what is not for those who are.
CREATE OR REPLACE FUNCTION fw.conflicts() RETURNS SETOF public.agencies_conflictofinterest
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    RETURN QUERY SELECT c.* FROM public.agencies_conflictofinterest c
        JOIN public.agencies_membership m ON m.id = fw.membership()
       WHERE c.lifted_at IS NULL
         AND (c.user_id = m.user_id OR c.membership_id = m.id OR c.agency_id = m.agency_id OR c.team_id = m.team_id);
END $$;

-- The keys of all conflicts ever entered against the person at work, in whichever membership, in force or lifted.
-- callers: web
CREATE OR REPLACE FUNCTION fw.conflicts_ever() RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    me uuid := fw.person();
BEGIN
    IF me IS NULL THEN RETURN '{}'; END IF;
    RETURN coalesce((
        SELECT array_agg(c.id) FROM public.agencies_conflictofinterest c
         WHERE c.user_id = me OR EXISTS (
            SELECT 1 FROM public.agencies_membership m
             WHERE m.user_id = me
               AND (c.membership_id = m.id OR c.agency_id = m.agency_id OR c.team_id = m.team_id))), '{}');
END $$;

-- Whether any conflict in force names the person at work. Most people have none, so this is asked first.
--
-- A function in a condition is asked for every row that is read, unless an index takes its answer: so each answer is
-- taken before the statement. With one conflict in force in the whole hub, each request of everybody took 13 ms more.
CREATE OR REPLACE FUNCTION fw.has_conflict() RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    me uuid := fw.membership();
BEGIN
    RETURN me IS NOT NULL AND EXISTS (
        SELECT 1 FROM public.agencies_membership m JOIN public.agencies_conflictofinterest c
            ON c.user_id = m.user_id OR c.membership_id = m.id OR c.agency_id = m.agency_id OR c.team_id = m.team_id
         WHERE m.id = me AND c.lifted_at IS NULL);
END $$;

-- The memberships that a conflict names.
CREATE OR REPLACE FUNCTION fw.memberships_named(conflict public.agencies_conflictofinterest) RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    RETURN coalesce((
        SELECT array_agg(m.id) FROM public.agencies_membership m
         WHERE m.user_id = conflict.user_id OR m.id = conflict.membership_id
            OR m.agency_id = conflict.agency_id OR m.team_id = conflict.team_id), '{}');
END $$;

-- Before a conflict is entered: wait until the writes under way of the memberships that it names have ended, and let
-- none begin.
CREATE OR REPLACE FUNCTION fw.conflict_waits() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    PERFORM 1 FROM public.agencies_membership m WHERE m.id = ANY (fw.memberships_named(NEW)) ORDER BY m.id FOR NO KEY UPDATE;
    RETURN NEW;
END $$;

-- Enquiries that a reviewer was named for, today.
-- callers: web, sweep
CREATE OR REPLACE FUNCTION fw.reviewed() RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    today date := (fw.now() AT TIME ZONE 'Europe/London')::date;
BEGIN
    IF NOT fw.roles() && '{reviewer}'::text[] THEN RETURN '{}'; END IF;
    RETURN coalesce((
        SELECT array_agg(r.enquiry_id) FROM public.agencies_review r
         WHERE r.membership_id = fw.membership() AND r.ended_at IS NULL
           AND r.starts_on <= today AND r.ends_on >= today), '{}');
END $$;

-- Enquiries whose glass this membership of the hub has broken: its emergency access, which ends by itself.
-- callers: web, sweep
CREATE OR REPLACE FUNCTION fw.emergency_access() RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    at timestamptz := fw.now();
BEGIN
    IF NOT fw.roles() && '{front_door,screener,social_worker,out_of_hours}'::text[] THEN RETURN '{}'; END IF;
    RETURN coalesce((
        SELECT array_agg(g.enquiry_id) FROM public.agencies_brokenglass g
         WHERE g.membership_id = fw.membership() AND g.broken_at <= at AND g.ends_at > at), '{}');
END $$;

-- callers: web, sweep
CREATE OR REPLACE FUNCTION fw.looked_into() RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    me uuid := fw.membership();
BEGIN
    -- Most people look into nothing: that is seen without asking twice what they may do.
    IF NOT EXISTS (SELECT 1 FROM public.agencies_review r WHERE r.membership_id = me)
       AND NOT EXISTS (SELECT 1 FROM public.agencies_brokenglass g WHERE g.membership_id = me) THEN
        RETURN '{}';
    END IF;
    RETURN fw.reviewed() || fw.emergency_access();
END $$;

-- Before a write: hold the own membership, so that taking the right away waits for this write, or this write for it; of
-- whoever stands for an agency its signature and agreement too. Always in this order, and shared: whoever ends one of
-- them holds no other that a writer waits for.
-- callers: web, sweep
CREATE OR REPLACE FUNCTION fw.hold(membership uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF membership IS DISTINCT FROM fw.membership() THEN RETURN; END IF;
    PERFORM 1 FROM public.agencies_membership m WHERE m.id = membership FOR SHARE;
    PERFORM 1 FROM public.agencies_membership m
       JOIN public.agencies_signature s ON s.agency_id = m.agency_id
       JOIN public.agencies_agreement g ON g.id = s.agreement_id
      WHERE m.id = membership AND m.roles::text[] && '{researcher,lead}'::text[]
      ORDER BY s.id FOR SHARE OF s, g;
END $$;

-- Before a right is taken away: wait for the writes under way of these memberships, and let no new one begin.
-- callers: web, sweep
CREATE OR REPLACE FUNCTION fw.revoking(memberships uuid[]) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF NOT fw.roles() && '{manager,administrator,social_worker,researcher,lead,front_door,screener,receiving_worker}'::text[]
    THEN RETURN; END IF;
    PERFORM 1 FROM public.agencies_membership m WHERE m.id = ANY (memberships) ORDER BY m.id FOR NO KEY UPDATE;
END $$;

-- All of it at once, for the first wall (`CaseAccess` in agencies/access/viewer.py): one row, read when a transaction
-- begins. The argument is not used: handing it over makes the statement set the identity first, and ask afterwards.
-- While policies are down for an upgrade, nobody enters.
-- callers: web, sweep
CREATE OR REPLACE FUNCTION fw.case_access(
    told text, OUT closed_contacts uuid[], OUT closed_enquiries uuid[], OUT closed_persons uuid[],
    OUT closed_references text[], OUT reviewed uuid[], OUT emergency_access uuid[], OUT emergency_route uuid[],
    OUT stands_in uuid[])
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM fw.upgrade) THEN
        RAISE EXCEPTION 'The hub is being brought up to date.' USING ERRCODE = 'cannot_connect_now';
    END IF;
    closed_contacts := fw.closed_contacts();
    closed_enquiries := fw.closed_enquiries();
    closed_persons := fw.closed_persons();
    closed_references := fw.closed_references();
    reviewed := fw.reviewed();
    emergency_access := fw.emergency_access();
    emergency_route := fw.emergency_route();
    stands_in := fw.stands_in();
END $$;
