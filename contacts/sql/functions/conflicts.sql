-- Which contacts, enquiries and persons a conflict of interest closes.

-- A person closes their contacts, a contact its enquiry, an enquiry all its contacts.
-- callers: web, sweep
CREATE OR REPLACE FUNCTION fw.closed_contacts() RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF NOT fw.has_conflict() THEN RETURN '{}'; END IF;
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

-- callers: web, sweep
CREATE OR REPLACE FUNCTION fw.closed_enquiries() RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    contacts uuid[];
BEGIN
    IF NOT fw.has_conflict() THEN RETURN '{}'; END IF;
    contacts := fw.closed_contacts();
    RETURN coalesce((
        SELECT array_agg(DISTINCT x.id) FROM (
            SELECT c.enquiry_id AS id FROM fw.conflicts() c WHERE c.enquiry_id IS NOT NULL
            UNION
            SELECT c.enquiry_id FROM public.contacts_contact c
             WHERE c.id = ANY (contacts) AND c.enquiry_id IS NOT NULL
        ) x), '{}');
END $$;

-- Persons whom a conflict names, and those who are linked to closed contacts only.
-- callers: web, sweep
CREATE OR REPLACE FUNCTION fw.closed_persons() RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    closed uuid[];
BEGIN
    IF NOT fw.has_conflict() THEN RETURN '{}'; END IF;
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

-- The other way round: who is excluded from a case. For those alone who must know it. Whom a conflict names is taken
-- off the case (fw.take_off_cases in screening/sql/functions.sql) and gets no more notices about it.

-- The contacts that a conflict about one of these closes: a person's, those of the enquiry, those of the same enquiry.
CREATE OR REPLACE FUNCTION fw.closed_by(contact uuid, enquiry uuid, person uuid) RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    RETURN coalesce((
        WITH named AS (
            SELECT contact AS id WHERE contact IS NOT NULL
            UNION SELECT s.contact_id FROM public.contacts_subject s WHERE s.person_id = person
        ),
        enquiries AS (
            SELECT enquiry AS id WHERE enquiry IS NOT NULL
            UNION SELECT c.enquiry_id FROM named n JOIN public.contacts_contact c ON c.id = n.id WHERE c.enquiry_id IS NOT NULL
        )
        SELECT array_agg(DISTINCT x.id) FROM (
            SELECT id FROM named
            UNION SELECT c.id FROM enquiries e JOIN public.contacts_contact c ON c.enquiry_id = e.id
        ) x), '{}');
END $$;

-- The memberships that are excluded from the case of these contacts, also those that have ended or not begun.
CREATE OR REPLACE FUNCTION fw.memberships_excluded(contacts uuid[], enquiry uuid) RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    RETURN coalesce((
        SELECT array_agg(DISTINCT m.id)
          FROM public.agencies_conflictofinterest k
          JOIN public.agencies_membership m
            ON m.user_id = k.user_id OR m.id = k.membership_id OR m.agency_id = k.agency_id OR m.team_id = k.team_id
         WHERE k.lifted_at IS NULL
           AND (k.contact_id = ANY (contacts) OR k.enquiry_id = enquiry
                OR k.person_id IN (SELECT s.person_id FROM public.contacts_subject s WHERE s.contact_id = ANY (contacts)))
        ), '{}');
END $$;

-- The enquiry of these contacts, which are all of one enquiry.
CREATE OR REPLACE FUNCTION fw.enquiry_of(contacts uuid[]) RETURNS uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    RETURN (SELECT c.enquiry_id FROM public.contacts_contact c
             WHERE c.id = ANY (contacts) AND c.enquiry_id IS NOT NULL LIMIT 1);
END $$;

-- Whether every case that a conflict would close keeps a manager who works now. It is asked by one transaction at a
-- time: two managers who declare an interest at once must not both hear that the other remains. Only a manager may ask
-- about other people's memberships, because the answer tells who is excluded.
-- callers: web, sweep
CREATE OR REPLACE FUNCTION fw.manager_remains(contact uuid, enquiry uuid, person uuid, besides uuid[]) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    closed uuid;
    contacts uuid[];
    today date := (fw.now() AT TIME ZONE 'Europe/London')::date;
BEGIN
    IF fw.roles() = '{}' OR NOT (fw.has('manager') OR besides <@ fw.memberships()) THEN RETURN true; END IF;
    PERFORM pg_advisory_xact_lock(hashtext('conflicts of interest'));
    FOREACH closed IN ARRAY fw.closed_by(contact, enquiry, person) LOOP
        contacts := fw.closed_by(closed, NULL, NULL);
        IF NOT EXISTS (
            SELECT 1 FROM fw.in_force(today) m
             WHERE m.roles::text[] && '{manager}'::text[]
               AND NOT m.id = ANY (besides)
               AND NOT m.id = ANY ((SELECT fw.memberships_excluded(contacts, fw.enquiry_of(contacts)))::uuid[]))
        THEN RETURN false; END IF;
    END LOOP;
    RETURN true;
END $$;
