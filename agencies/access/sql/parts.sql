-- What takes a person out of a case or lets one in, for both walls.
--
-- Arrays of keys, each read once a statement: `NOT contact_id = ANY ((SELECT fw.closed_contacts())::uuid[])`.
-- They are short: a person has few conflicts, reviews and broken panes in force, and protective work under way is little.

SET ROLE mash_definer;

-- The team of the membership, only while it is a receiving worker's.
CREATE FUNCTION fw.team() RETURNS uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF NOT fw.roles() && '{receiving_worker}'::text[] THEN RETURN NULL; END IF;
    RETURN (SELECT m.team_id FROM public.agencies_membership m WHERE m.id = fw.membership());
END $$;

-- The agency's group, only for a core agency's researchers and leads: they can be named for an item.
CREATE FUNCTION fw.core_group() RETURNS int
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    RETURN (SELECT a.group_id FROM public.agencies_agency a WHERE a.id = fw.agency() AND a.is_core);
END $$;

CREATE FUNCTION fw.is_core() RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    RETURN fw.core_group() IS NOT NULL;
END $$;

-- Screeners of social care see what waits; those of other agencies what the panel was sent.
CREATE FUNCTION fw.screens() RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF NOT fw.roles() && '{screener}'::text[] THEN RETURN 'nothing'; END IF;
    RETURN (SELECT CASE a.kind WHEN 'social_care' THEN 'all' ELSE 'panel' END
              FROM public.agencies_membership m JOIN public.agencies_agency a ON a.id = m.agency_id
             WHERE m.id = fw.membership());
END $$;

-- Conflicts in force against the person at work: named themself, by membership, or by their agency or team.
CREATE FUNCTION fw.conflicts() RETURNS SETOF public.agencies_conflictofinterest
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    RETURN QUERY SELECT c.* FROM public.agencies_conflictofinterest c
        JOIN public.agencies_membership m ON m.id = fw.membership()
       WHERE c.lifted_at IS NULL
         AND (c.user_id = m.user_id OR c.membership_id = m.id OR c.agency_id = m.agency_id OR c.team_id = m.team_id);
END $$;

-- A person closes their contacts, a contact its enquiry, an enquiry all its contacts.
CREATE FUNCTION fw.closed_contacts() RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM public.agencies_conflictofinterest) THEN RETURN '{}'; END IF;
    RETURN coalesce((
        WITH mine AS MATERIALIZED (SELECT * FROM fw.conflicts()),
        named AS (
            SELECT m.contact_id AS id FROM mine m WHERE m.contact_id IS NOT NULL
            UNION
            SELECT s.contact_id FROM mine m JOIN public.contacts_subject s ON s.person_id = m.person_id
        ),
        enquiries AS (
            SELECT m.enquiry_id AS id FROM mine m WHERE m.enquiry_id IS NOT NULL
            UNION
            SELECT c.enquiry_id FROM named n JOIN public.contacts_contact c ON c.id = n.id WHERE c.enquiry_id IS NOT NULL
        )
        SELECT array_agg(DISTINCT x.id) FROM (
            SELECT id FROM named
            UNION
            SELECT c.id FROM enquiries e JOIN public.contacts_contact c ON c.enquiry_id = e.id
        ) x), '{}');
END $$;

CREATE FUNCTION fw.closed_enquiries() RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM public.agencies_conflictofinterest) THEN RETURN '{}'; END IF;
    RETURN coalesce((
        SELECT array_agg(DISTINCT x.id) FROM (
            SELECT c.enquiry_id AS id FROM fw.conflicts() c WHERE c.enquiry_id IS NOT NULL
            UNION
            SELECT c.enquiry_id FROM public.contacts_contact c
             WHERE c.id = ANY (fw.closed_contacts()) AND c.enquiry_id IS NOT NULL
        ) x), '{}');
END $$;

-- Persons closed themselves, and those who stand on record through closed contacts alone.
CREATE FUNCTION fw.closed_persons() RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    closed uuid[];
BEGIN
    IF NOT EXISTS (SELECT 1 FROM public.agencies_conflictofinterest) THEN RETURN '{}'; END IF;
    closed := fw.closed_contacts();
    RETURN coalesce((
        SELECT array_agg(DISTINCT x.id) FROM (
            SELECT c.person_id AS id FROM fw.conflicts() c WHERE c.person_id IS NOT NULL
            UNION
            SELECT s.person_id FROM public.contacts_subject s
             WHERE s.contact_id = ANY (closed) AND s.person_id IS NOT NULL
               AND NOT EXISTS (SELECT 1 FROM public.contacts_subject o
                                WHERE o.person_id = s.person_id AND NOT o.contact_id = ANY (closed))
        ) x), '{}');
END $$;

-- References of all that a closed case is made of, for what carries a reference and no key: notices.
CREATE FUNCTION fw.closed_references() RETURNS text[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    contacts uuid[];
    enquiries uuid[];
BEGIN
    IF NOT EXISTS (SELECT 1 FROM public.agencies_conflictofinterest) THEN RETURN '{}'; END IF;
    contacts := fw.closed_contacts();
    enquiries := fw.closed_enquiries();
    RETURN coalesce((
        SELECT array_agg(x.reference) FROM (
            SELECT c.reference FROM public.contacts_contact c WHERE c.id = ANY (contacts)
            UNION ALL SELECT p.reference FROM public.contacts_protection p WHERE p.contact_id = ANY (contacts)
            UNION ALL SELECT s.reference FROM public.screening_screening s WHERE s.contact_id = ANY (contacts)
            UNION ALL SELECT h.reference FROM public.screening_handover h WHERE h.contact_id = ANY (contacts)
            UNION ALL SELECT l.reference FROM public.decisions_familyletter l WHERE l.contact_id = ANY (contacts)
            UNION ALL SELECT k.reference FROM public.decisions_complaint k WHERE k.contact_id = ANY (contacts)
            UNION ALL SELECT f.reference FROM public.decisions_feedback f WHERE f.contact_id = ANY (contacts)
            UNION ALL SELECT n.reference FROM public.decisions_correctionnotice n WHERE n.contact_id = ANY (contacts)
            UNION ALL SELECT e.reference FROM public.screening_enquiry e WHERE e.id = ANY (enquiries)
            UNION ALL SELECT r.reference FROM public.information_sharing_informationrequest r
                       WHERE r.enquiry_id = ANY (enquiries)
            UNION ALL SELECT y.reference FROM public.decisions_mashsummary y WHERE y.enquiry_id = ANY (enquiries)
            UNION ALL SELECT i.reference FROM public.information_sharing_safetyinstruction i
                        JOIN public.information_sharing_item t ON t.id = i.item_id WHERE t.enquiry_id = ANY (enquiries)
        ) x), '{}');
END $$;

-- Enquiries that a reviewer was named for, today.
CREATE FUNCTION fw.reviewed() RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    today date := (now() AT TIME ZONE 'Europe/London')::date;
BEGIN
    IF NOT fw.roles() && '{reviewer}'::text[] THEN RETURN '{}'; END IF;
    RETURN coalesce((
        SELECT array_agg(r.enquiry_id) FROM public.agencies_review r
         WHERE r.membership_id = fw.membership() AND r.ended_at IS NULL
           AND r.starts_on <= today AND r.ends_on >= today), '{}');
END $$;

-- Enquiries whose glass this membership of the hub has broken; it mends by itself.
CREATE FUNCTION fw.broken() RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF NOT fw.roles() && '{front_door,screener,social_worker,out_of_hours}'::text[] THEN RETURN '{}'; END IF;
    RETURN coalesce((
        SELECT array_agg(g.enquiry_id) FROM public.agencies_brokenglass g
         WHERE g.membership_id = fw.membership() AND g.broken_at <= clock_timestamp()
           AND g.ends_at > clock_timestamp()), '{}');
END $$;

CREATE FUNCTION fw.looked_into() RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    RETURN fw.reviewed() || fw.broken();
END $$;

-- Contacts on which protective work is under way, to whoever protects; the own part until the contact ends.
CREATE FUNCTION fw.protecting() RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    me uuid := fw.membership();
BEGIN
    IF NOT fw.roles() && '{social_worker,out_of_hours}'::text[] THEN RETURN '{}'; END IF;
    RETURN coalesce((
        SELECT array_agg(DISTINCT p.contact_id)
          FROM public.contacts_protection p JOIN public.contacts_contact c ON c.id = p.contact_id
         WHERE p.state IN ('raised', 'convened')
            OR (c.ended_at IS NULL AND me IN (p.raised_by_id, p.convened_by_id, p.held_by_id, p.stood_down_by_id))), '{}');
END $$;

-- All of it at once, for the first wall: one row, read when a transaction begins. The argument is not read: it makes
-- the statement set the identity before it asks.
CREATE FUNCTION fw.parts(told text, OUT closed_contacts uuid[], OUT closed_enquiries uuid[], OUT closed_persons uuid[],
                         OUT closed_references text[], OUT reviewed uuid[], OUT broken uuid[])
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    closed_contacts := fw.closed_contacts();
    closed_enquiries := fw.closed_enquiries();
    closed_persons := fw.closed_persons();
    closed_references := fw.closed_references();
    reviewed := fw.reviewed();
    broken := fw.broken();
END $$;

-- Before a write: hold the own membership, so that taking the right away waits for this write, or this write for it; of
-- whoever stands for an agency its signature and agreement too. Always in this order, and shared: whoever ends one of
-- them holds no other that a writer waits for.
CREATE FUNCTION fw.hold(membership uuid) RETURNS void
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
CREATE FUNCTION fw.revoking(memberships uuid[]) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF NOT fw.roles() && '{manager,administrator,social_worker,researcher,lead,front_door,screener,receiving_worker}'::text[]
    THEN RETURN; END IF;
    PERFORM 1 FROM public.agencies_membership m WHERE m.id = ANY (memberships) ORDER BY m.id FOR NO KEY UPDATE;
END $$;

REVOKE ALL ON FUNCTION fw.team(), fw.core_group(), fw.is_core(), fw.screens(), fw.conflicts(), fw.closed_contacts(),
    fw.closed_enquiries(), fw.closed_persons(), fw.closed_references(), fw.reviewed(), fw.broken(), fw.looked_into(),
    fw.protecting(), fw.parts(text), fw.hold(uuid), fw.revoking(uuid[]) FROM PUBLIC;
-- fw.conflicts() stays with the definer: who is closed out of what is not for those who are.
GRANT EXECUTE ON FUNCTION fw.team(), fw.core_group(), fw.is_core(), fw.screens(), fw.closed_contacts(),
    fw.closed_enquiries(), fw.closed_persons(), fw.closed_references(), fw.reviewed(), fw.broken(), fw.looked_into(),
    fw.protecting(), fw.parts(text), fw.hold(uuid), fw.revoking(uuid[]) TO mash_web, mash_sweep;

RESET ROLE;
GRANT SELECT, UPDATE ON public.agencies_membership TO mash_definer;
GRANT UPDATE (id) ON public.agencies_signature, public.agencies_agreement TO mash_definer;  -- Enough to hold a row.
GRANT SELECT ON public.agencies_conflictofinterest, public.agencies_review, public.agencies_brokenglass TO mash_definer;
