-- What a conflict of interest does beyond closing the case: whoever it names loses their part in it, and nobody is told
-- of it any more. `agencies/access/sql/parts.sql` says what is closed to the person at work; here it is asked the other
-- way round, from the case to the memberships, for those who must know it and for nobody else.

SET ROLE mash_definer;

-- The contacts that a conflict about one of these closes: a person's, those of the enquiry, those of the same enquiry.
CREATE FUNCTION fw.closed_by(contact uuid, enquiry uuid, person uuid) RETURNS uuid[]
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

-- The memberships to which a case of these contacts is closed, whatever day they are of.
CREATE FUNCTION fw.kept_out(contacts uuid[], enquiry uuid) RETURNS uuid[]
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

-- The enquiry of these contacts; they are of one.
CREATE FUNCTION fw.enquiry_of(contacts uuid[]) RETURNS uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    RETURN (SELECT c.enquiry_id FROM public.contacts_contact c
             WHERE c.id = ANY (contacts) AND c.enquiry_id IS NOT NULL LIMIT 1);
END $$;

-- Memberships lose their part in contacts and their enquiries: assignment, claim, being told by the clocks.
CREATE FUNCTION fw.part_from(contacts uuid[], memberships uuid[]) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    enquiries uuid[];
BEGIN
    enquiries := coalesce((SELECT array_agg(DISTINCT c.enquiry_id) FROM public.contacts_contact c
                            WHERE c.id = ANY (contacts) AND c.enquiry_id IS NOT NULL), '{}');
    UPDATE public.contacts_contact c SET claimed_by_id = NULL, version = c.version + 1
     WHERE c.id = ANY (contacts) AND c.claimed_by_id = ANY (memberships) AND c.ended_at IS NULL;
    UPDATE public.screening_enquiry e SET social_worker_id = NULL, assigned_at = NULL, version = e.version + 1
     WHERE e.id = ANY (enquiries) AND e.social_worker_id = ANY (memberships) AND e.state <> 'closed';
    UPDATE public.clock_deadline d SET membership_id = NULL, version = d.version + 1
     WHERE d.enquiry_id = ANY (enquiries) AND d.membership_id = ANY (memberships)
       AND d.met_at IS NULL AND d.cancelled_at IS NULL;
END $$;

CREATE FUNCTION fw.meant(k public.agencies_conflictofinterest) RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    RETURN coalesce((
        SELECT array_agg(m.id) FROM public.agencies_membership m
         WHERE m.user_id = k.user_id OR m.id = k.membership_id OR m.agency_id = k.agency_id OR m.team_id = k.team_id), '{}');
END $$;

-- Whatever whoever it names is writing at this moment ends before the case closes to them; nothing new begins.
CREATE FUNCTION fw.conflict_waits() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    PERFORM 1 FROM public.agencies_membership m WHERE m.id = ANY (fw.meant(NEW)) ORDER BY m.id FOR NO KEY UPDATE;
    RETURN NEW;
END $$;

CREATE FUNCTION fw.conflict_parts() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    PERFORM fw.part_from(fw.closed_by(NEW.contact_id, NEW.enquiry_id, NEW.person_id), fw.meant(NEW));
    RETURN NULL;
END $$;

-- A contact joins an enquiry, or a child is linked to a person on record: what was closed now closes more.
CREATE FUNCTION fw.contact_parts() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    contacts uuid[];
BEGIN
    IF NOT EXISTS (SELECT 1 FROM public.agencies_conflictofinterest k WHERE k.lifted_at IS NULL) THEN RETURN NULL; END IF;
    contacts := fw.closed_by(CASE TG_TABLE_NAME WHEN 'contacts_contact' THEN (to_jsonb(NEW) ->> 'id')::uuid
                                                ELSE (to_jsonb(NEW) ->> 'contact_id')::uuid END, NULL, NULL);
    PERFORM fw.part_from(contacts, fw.kept_out(contacts, fw.enquiry_of(contacts)));
    RETURN NULL;
END $$;

-- The case behind a reference of whatever record of it.
CREATE FUNCTION fw.case_of(named text) RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    contact uuid;
    enquiry uuid;
BEGIN
    contact := (
        SELECT c.id FROM public.contacts_contact c WHERE c.reference = named
        UNION ALL SELECT p.contact_id FROM public.contacts_protection p WHERE p.reference = named
        UNION ALL SELECT s.contact_id FROM public.screening_screening s WHERE s.reference = named
        UNION ALL SELECT h.contact_id FROM public.screening_handover h WHERE h.reference = named
        UNION ALL SELECT l.contact_id FROM public.decisions_familyletter l WHERE l.reference = named
        UNION ALL SELECT k.contact_id FROM public.decisions_complaint k WHERE k.reference = named
        UNION ALL SELECT f.contact_id FROM public.decisions_feedback f WHERE f.reference = named
        LIMIT 1);
    IF contact IS NULL THEN
        enquiry := (
            SELECT e.id FROM public.screening_enquiry e WHERE e.reference = named
            UNION ALL SELECT r.enquiry_id FROM public.information_sharing_informationrequest r WHERE r.reference = named
            UNION ALL SELECT y.enquiry_id FROM public.decisions_mashsummary y WHERE y.reference = named
            UNION ALL SELECT t.enquiry_id FROM public.information_sharing_safetyinstruction i
                        JOIN public.information_sharing_item t ON t.id = i.item_id WHERE i.reference = named
            LIMIT 1);
    END IF;
    RETURN fw.closed_by(contact, enquiry, NULL);
END $$;

-- Memberships to which the case behind a reference is closed; without asking who asks.
CREATE FUNCTION fw.kept_out_of(named text) RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    contacts uuid[];
BEGIN
    IF NOT EXISTS (SELECT 1 FROM public.agencies_conflictofinterest k WHERE k.lifted_at IS NULL) THEN RETURN '{}'; END IF;
    contacts := fw.case_of(named);
    RETURN fw.kept_out(contacts, fw.enquiry_of(contacts));
END $$;

-- The same for those who need it: the clock, which tells people, and a manager who is not closed out.
CREATE FUNCTION fw.shut_out(named text) RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    closed uuid[];
BEGIN
    IF NOT fw.has('clock', 'manager') THEN RETURN '{}'; END IF;
    closed := fw.kept_out_of(named);
    IF fw.membership() = ANY (closed) THEN RETURN '{}'; END IF;
    RETURN closed;
END $$;

-- Whether a whole agency or team is closed out: whoever would ask it or send to it is told that it cannot be.
CREATE FUNCTION fw.is_shut_out(named text, asked uuid, sent uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    contacts uuid[];
    enquiry uuid;
BEGIN
    IF NOT fw.has('manager', 'social_worker', 'screener', 'front_door') THEN RETURN false; END IF;
    IF NOT EXISTS (SELECT 1 FROM public.agencies_conflictofinterest k WHERE k.lifted_at IS NULL) THEN RETURN false; END IF;
    contacts := fw.case_of(named);
    enquiry := fw.enquiry_of(contacts);
    IF fw.membership() = ANY (fw.kept_out(contacts, enquiry)) THEN RETURN false; END IF;
    RETURN EXISTS (
        SELECT 1 FROM public.agencies_conflictofinterest k
         WHERE k.lifted_at IS NULL
           AND (k.agency_id = asked OR k.team_id = sent
                OR k.agency_id = (SELECT t.agency_id FROM public.agencies_team t WHERE t.id = sent))
           AND (k.contact_id = ANY (contacts) OR k.enquiry_id = enquiry
                OR k.person_id IN (SELECT s.person_id FROM public.contacts_subject s WHERE s.contact_id = ANY (contacts))));
END $$;

-- Whether every case that a conflict would close keeps a manager at work. One such question at a time: two managers who
-- declare an interest at once must not both be told that the other one remains. About others than themself only a manager
-- asks: the answers would tell who is closed out.
CREATE FUNCTION fw.manager_remains(contact uuid, enquiry uuid, person uuid, besides uuid[]) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    closed uuid;
    contacts uuid[];
    today date := (now() AT TIME ZONE 'Europe/London')::date;
BEGIN
    IF fw.roles() = '{}' OR NOT (fw.has('manager') OR besides <@ fw.memberships()) THEN RETURN true; END IF;
    PERFORM pg_advisory_xact_lock(hashtext('conflicts of interest'));
    FOREACH closed IN ARRAY fw.closed_by(contact, enquiry, person) LOOP
        contacts := fw.closed_by(closed, NULL, NULL);
        IF NOT EXISTS (
            SELECT 1 FROM public.agencies_membership m
              JOIN public.agencies_user u ON u.id = m.user_id
              JOIN public.agencies_agency a ON a.id = m.agency_id
             WHERE m.roles::text[] && '{manager}'::text[] AND u.is_active AND a.is_active AND m.ended_at IS NULL
               AND m.starts_on <= today AND (m.ends_on IS NULL OR m.ends_on >= today)
               AND NOT m.id = ANY (besides)
               AND NOT m.id = ANY (fw.kept_out(contacts, fw.enquiry_of(contacts))))
        THEN RETURN false; END IF;
    END LOOP;
    RETURN true;
END $$;

-- A mail about a case is not sent to whom it is closed. It is written and withdrawn, so that who writes it learns nothing;
-- what stands in the hub is hidden from them by its own rule.
CREATE FUNCTION fw.notice_is_kept_back() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF NEW.membership_id = ANY (fw.kept_out_of(NEW.reference)) THEN NEW.withdrawn_at := NEW.created_at; END IF;
    RETURN NEW;
END $$;

REVOKE ALL ON FUNCTION fw.closed_by(uuid, uuid, uuid), fw.kept_out(uuid[], uuid), fw.enquiry_of(uuid[]),
    fw.part_from(uuid[], uuid[]), fw.meant(public.agencies_conflictofinterest), fw.case_of(text), fw.kept_out_of(text),
    fw.shut_out(text), fw.is_shut_out(text, uuid, uuid), fw.manager_remains(uuid, uuid, uuid, uuid[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION fw.shut_out(text), fw.is_shut_out(text, uuid, uuid),
    fw.manager_remains(uuid, uuid, uuid, uuid[]) TO mash_web, mash_sweep;

RESET ROLE;
GRANT SELECT, UPDATE ON public.clock_deadline TO mash_definer;

CREATE TRIGGER conflict_waits BEFORE INSERT ON agencies_conflictofinterest
    FOR EACH ROW EXECUTE FUNCTION fw.conflict_waits();
CREATE TRIGGER conflict_parts AFTER INSERT ON agencies_conflictofinterest
    FOR EACH ROW EXECUTE FUNCTION fw.conflict_parts();
CREATE TRIGGER contact_parts AFTER UPDATE OF enquiry_id ON contacts_contact
    FOR EACH ROW WHEN (NEW.enquiry_id IS NOT NULL AND OLD.enquiry_id IS DISTINCT FROM NEW.enquiry_id)
    EXECUTE FUNCTION fw.contact_parts();
CREATE TRIGGER subject_parts AFTER UPDATE OF person_id ON contacts_subject
    FOR EACH ROW WHEN (NEW.person_id IS NOT NULL AND OLD.person_id IS DISTINCT FROM NEW.person_id)
    EXECUTE FUNCTION fw.contact_parts();
CREATE TRIGGER notice_is_kept_back BEFORE INSERT ON notices_notice
    FOR EACH ROW WHEN (NEW.channel = 'mail' AND NEW.membership_id IS NOT NULL AND NEW.reference <> '')
    EXECUTE FUNCTION fw.notice_is_kept_back();
