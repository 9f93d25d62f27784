-- Who is left to act where a conflict of interest excludes the others, and where a desk of the hub stands empty.
--
-- The hub has two desks: the front door, and the decision maker, who is a screener of social care; a panel's members see
-- only what was sent to them. What a desk may do the manager may do: where nobody of it is left, its work is the
-- manager's (docs/adr/0089).

-- Contacts of the cases that a conflict in force closes to somebody.
CREATE OR REPLACE FUNCTION fw.conflicted_contacts() RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    RETURN ARRAY(
        WITH conflicts AS (SELECT * FROM public.agencies_conflictofinterest k WHERE k.lifted_at IS NULL),
        named AS (
            SELECT k.contact_id AS id FROM conflicts k WHERE k.contact_id IS NOT NULL
            UNION SELECT s.contact_id FROM conflicts k JOIN public.contacts_subject s ON s.person_id = k.person_id
        ),
        enquiries AS (
            SELECT k.enquiry_id AS id FROM conflicts k WHERE k.enquiry_id IS NOT NULL
            UNION SELECT c.enquiry_id FROM named n JOIN public.contacts_contact c ON c.id = n.id
        )
        SELECT id FROM named
        UNION SELECT c.id FROM enquiries e JOIN public.contacts_contact c ON c.enquiry_id = e.id);
END $$;

CREATE OR REPLACE FUNCTION fw.conflicted_enquiries() RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    RETURN ARRAY(SELECT DISTINCT c.enquiry_id FROM public.contacts_contact c
                  WHERE c.id = ANY (fw.conflicted_contacts()) AND c.enquiry_id IS NOT NULL);
END $$;

-- Whether the case of a contact or an enquiry is closed to each of some members; of nobody it is.
CREATE OR REPLACE FUNCTION fw.excludes_all(members uuid[], contact uuid, enquiry uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    contacts uuid[];
BEGIN
    contacts := fw.closed_by(contact, enquiry, NULL);
    RETURN members <@ fw.memberships_excluded(contacts, coalesce(enquiry, fw.enquiry_of(contacts)));
END $$;

-- Who could take over at a team on a day.
CREATE OR REPLACE FUNCTION fw.at_team(team uuid, today date) RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    RETURN ARRAY(SELECT m.id FROM fw.at_work(today) m
                  WHERE m.team_id = team AND m.roles::text[] && '{receiving_worker}'::text[]);
END $$;

-- Who of a desk is at work on a day.
CREATE OR REPLACE FUNCTION fw.at_desk(desk text, today date) RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    RETURN ARRAY(SELECT m.id FROM fw.at_work(today) m JOIN public.agencies_agency a ON a.id = m.agency_id
                  WHERE m.roles::text[] @> ARRAY[desk] AND (desk <> 'screener' OR a.kind = 'social_care'));
END $$;

-- For the manager: whether nobody of a desk is at work today.
-- callers: web
CREATE OR REPLACE FUNCTION fw.desk_is_empty(desk text) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    RETURN fw.has('manager') AND fw.at_desk(desk, (fw.now() AT TIME ZONE 'Europe/London')::date) = '{}';
END $$;

-- For the manager: contacts with something to do that are closed to everybody who is at work at a desk.
-- callers: web
CREATE OR REPLACE FUNCTION fw.closed_to_desk(desk text) RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    members uuid[];
BEGIN
    IF NOT fw.has('manager')
       OR NOT EXISTS (SELECT 1 FROM public.agencies_conflictofinterest k WHERE k.lifted_at IS NULL) THEN
        RETURN '{}';
    END IF;
    members := fw.at_desk(desk, (fw.now() AT TIME ZONE 'Europe/London')::date);
    RETURN ARRAY(
        SELECT c.id FROM public.contacts_contact c
         WHERE c.id = ANY ((SELECT fw.conflicted_contacts())::uuid[])
           AND (c.state IN ('received', 'with_panel')
                OR EXISTS (SELECT 1 FROM public.clock_deadline d
                            WHERE d.subject_id = c.id AND d.met_at IS NULL AND d.cancelled_at IS NULL))
           AND fw.excludes_all(members, c.id, NULL));
END $$;
