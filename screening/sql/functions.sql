-- Break the glass of one enquiry, by the reference that somebody was told: the only way in which emergency access
-- begins.
--
-- Returns the enquiry, and how often this person, in whatever membership, has done so within a day. Nothing for an
-- enquiry that is absent, closed by a conflict of interest, or not for this role: the three read the same.
-- told_at: when it begins. A moment in the future counts as now, and one in the past makes the access end sooner.
-- callers: web
CREATE OR REPLACE FUNCTION fw.break_glass(told text, why text, told_at timestamptz, review_due timestamptz, row_key uuid,
                               OUT enquiry uuid, OUT times int)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    moment timestamptz := least(told_at, fw.now());
BEGIN
    IF NOT fw.roles() && '{front_door,screener,social_worker,out_of_hours}'::text[] OR btrim(why) = '' THEN
        RETURN;
    END IF;
    SELECT e.id INTO enquiry FROM public.screening_enquiry e
     WHERE e.reference = told AND NOT e.id = ANY (fw.closed_enquiries());
    IF enquiry IS NOT NULL THEN
        INSERT INTO public.agencies_brokenglass (id, membership_id, enquiry_id, enquiry_reference, broken_at, ends_at,
                                                 review_due_at, finding)
        VALUES (row_key, fw.membership(), enquiry, told, moment, moment + interval '12 hours', review_due, '');
        INSERT INTO public.agencies_needreason (id, enquiry_id, text) VALUES (row_key, enquiry, why);
        SELECT count(*) INTO times FROM public.agencies_brokenglass g
          JOIN public.agencies_membership m ON m.id = g.membership_id
         WHERE m.user_id = (SELECT w.user_id FROM public.agencies_membership w WHERE w.id = fw.membership())
           AND g.broken_at > moment - interval '1 day' AND g.broken_at <= moment;
    END IF;
END $$;

-- What a contact carries of its enquiry: the key itself, the social worker and the colour.
-- Rules and policies read these columns, so they are copied by the database and cannot drift.
CREATE OR REPLACE FUNCTION fw.contact_takes_enquiry() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF NEW.enquiry_id IS NULL THEN
        NEW.enquiry_reference := '';
        NEW.social_worker_id := NULL;
        NEW.colour := '';
    ELSE
        SELECT e.reference, e.social_worker_id, e.colour
          INTO NEW.enquiry_reference, NEW.social_worker_id, NEW.colour
          FROM public.screening_enquiry e WHERE e.id = NEW.enquiry_id;
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION fw.enquiry_gives_contact() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    UPDATE public.contacts_contact c SET social_worker_id = NEW.social_worker_id, colour = NEW.colour
     WHERE c.enquiry_id = NEW.id;
    RETURN NULL;
END $$;

-- What an enquiry carries of its clocks and of its contacts, copied by the database so that it cannot drift.
--
-- due_at: worklists are ordered by it, and what changes the clocks (rating, own deadline, "safe until", release) lies
-- in several apps. A deadline's row never changes its instant: a new row replaces it, so only insertions count.
-- crime_possible: core police and health are told the whole concern where one of the contacts says so; no only where
-- all of them do.
CREATE OR REPLACE FUNCTION fw.deadline_gives_enquiry() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF NEW.measure = 'decision' THEN
        UPDATE public.screening_enquiry e SET due_at = NEW.due_at WHERE e.id = NEW.subject_id;
    ELSE
        -- The earliest of the teams that have not accepted yet; the decision left no instant behind.
        UPDATE public.screening_enquiry e SET due_at = least(e.due_at, NEW.due_at) WHERE e.id = NEW.enquiry_id;
    END IF;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION fw.contact_gives_enquiry() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    UPDATE public.screening_enquiry e
       SET crime_possible = (
           SELECT CASE WHEN bool_or(c.crime_possible) THEN true
                       WHEN count(c.crime_possible) = count(*) THEN false END
             FROM public.contacts_contact c WHERE c.enquiry_id = NEW.enquiry_id)
     WHERE e.id = NEW.enquiry_id;
    RETURN NULL;
END $$;

-- callers: web
CREATE OR REPLACE FUNCTION fw.sent_handover(handover uuid, wanted int) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    RETURN fw.has('screener', 'manager', 'out_of_hours') AND EXISTS (
        SELECT 1 FROM public.screening_handover h JOIN public.agencies_team t ON t.id = h.team_id
         WHERE h.id = handover AND t.group_id = wanted AND h.sent_by_id = fw.membership());
END $$;

-- Handovers that nobody of their team can take over: nobody is at work there, or only whom a conflict excludes. For the
-- manager, who rings.
-- callers: web
CREATE OR REPLACE FUNCTION fw.handovers_of_nobody() RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    today date := (fw.now() AT TIME ZONE 'Europe/London')::date;
BEGIN
    IF NOT fw.has('manager') THEN RETURN '{}'; END IF;
    RETURN ARRAY(SELECT h.id FROM public.screening_handover h
                  WHERE h.state IN ('sent', 'queried')
                    AND (h.team_id = ANY ((SELECT fw.empty_teams())::uuid[])
                         OR (h.contact_id = ANY ((SELECT fw.conflicted_contacts())::uuid[])
                             AND fw.excludes_all(fw.at_team(h.team_id, today), h.contact_id, NULL))));
END $$;

-- Whether a Red handover of a contact waits: for a team, or for the hub since a team asks, has declined or it was taken
-- back and not sent anew. Out of hours answer for it so long, and the policies of the contact ask for the column.
CREATE OR REPLACE FUNCTION fw.handover_weighs_contact() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    UPDATE public.contacts_contact c SET red_waits = w.waits
      FROM (SELECT EXISTS (
                SELECT 1 FROM public.screening_handover h
                 WHERE h.contact_id = NEW.contact_id AND h.colour = 'red'
                   AND h.state IN ('sent', 'queried', 'declined', 'withdrawn')
                   AND NOT EXISTS (SELECT 1 FROM public.screening_handover o
                                    WHERE o.screening_id = h.screening_id AND o.sent_at > h.sent_at)) AS waits) w
     WHERE c.id = NEW.contact_id AND c.red_waits <> w.waits;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION fw.contact_keeps_red_waits() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    NEW.red_waits := TG_OP = 'UPDATE' AND OLD.red_waits;
    RETURN NEW;
END $$;

-- A handover that was declined or taken back is the hub's again: its grant ends with the transaction, so that whoever
-- declines can still say why.
CREATE OR REPLACE FUNCTION fw.handover_returns() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    DELETE FROM public.screening_handovergrant g WHERE g.content_object_id = NEW.id;
    RETURN NULL;
END $$;

-- The worker of an open case says that a contact has arrived by accepting its handover, without seeing the contact.
-- callers: web
CREATE OR REPLACE FUNCTION fw.acknowledge_contact(contact uuid, moment timestamptz) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM public.screening_handover h
                     JOIN public.screening_handovergrant g ON g.content_object_id = h.id
                    WHERE h.contact_id = contact AND h.state = 'accepted' AND g.group_id = ANY (fw.groups())) THEN
        RETURN false;
    END IF;
    UPDATE public.contacts_contact c SET worker_acknowledged_at = moment, version = c.version + 1
     WHERE c.id = contact AND c.state = 'passed_on' AND c.worker_acknowledged_at IS NULL;
    RETURN FOUND;
END $$;

-- When agencies' sight of others' items ends: as many days after the decision as the agreement says, where it gives
-- days, and in any case when the enquiry closes. Rule and policy read the column; only this trigger writes it.
CREATE OR REPLACE FUNCTION fw.agreement_closes_items() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    decided_on date := (NEW.decided_at AT TIME ZONE 'Europe/London')::date;
    days int;
BEGIN
    NEW.items_close_at := NULL;
    IF NEW.decided_at IS NOT NULL THEN
        -- Of several versions in force that day, the one that closes them first: each agency has signed one of them.
        SELECT min(g.items_close_after_days) INTO days FROM public.agencies_agreement g
         WHERE g.starts_on <= decided_on AND g.ends_on >= decided_on AND g.items_close_after_days > 0;
        -- To the end of that day in London, whatever the clocks do in between.
        NEW.items_close_at := (decided_on + days + 1)::timestamp AT TIME ZONE 'Europe/London';
    END IF;
    IF NEW.closed_at IS NOT NULL THEN
        NEW.items_close_at := least(NEW.items_close_at, NEW.closed_at);
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION fw.conflict_takes_off_cases() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    PERFORM fw.take_off_cases(fw.closed_by(NEW.contact_id, NEW.enquiry_id, NEW.person_id), fw.memberships_named(NEW));
    RETURN NULL;
END $$;

-- A contact joins an enquiry, or a child is linked to a person on record: what was closed now closes more.
CREATE OR REPLACE FUNCTION fw.contact_takes_off_cases() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    contacts uuid[];
BEGIN
    IF NOT EXISTS (SELECT 1 FROM public.agencies_conflictofinterest k WHERE k.lifted_at IS NULL) THEN RETURN NULL; END IF;
    contacts := fw.closed_by(CASE TG_TABLE_NAME WHEN 'contacts_contact' THEN (to_jsonb(NEW) ->> 'id')::uuid
                                                ELSE (to_jsonb(NEW) ->> 'contact_id')::uuid END, NULL, NULL);
    PERFORM fw.take_off_cases(contacts, fw.memberships_excluded(contacts, fw.enquiry_of(contacts)));
    RETURN NULL;
END $$;

-- Memberships to which the case behind a reference is closed, whoever asks: for functions of the wall alone.
CREATE OR REPLACE FUNCTION fw.memberships_excluded_from(named text) RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    contacts uuid[];
BEGIN
    IF NOT EXISTS (SELECT 1 FROM public.agencies_conflictofinterest k WHERE k.lifted_at IS NULL) THEN RETURN '{}'; END IF;
    contacts := fw.case_of(named);
    RETURN fw.memberships_excluded(contacts, fw.enquiry_of(contacts));
END $$;

-- The same, for those who may be told: the clock, which writes notices, and a manager who is not excluded.
-- callers: web, sweep
CREATE OR REPLACE FUNCTION fw.told_who_is_excluded(named text) RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    closed uuid[];
BEGIN
    IF NOT fw.has('clock', 'manager') THEN RETURN '{}'; END IF;
    closed := fw.memberships_excluded_from(named);
    IF fw.membership() = ANY (closed) THEN RETURN '{}'; END IF;
    RETURN closed;
END $$;

-- Whether a whole agency, to be asked, or a whole team, to be sent to, is excluded from the case behind a reference.
-- Whoever would ask or send is told this much.
-- callers: web, sweep
CREATE OR REPLACE FUNCTION fw.is_recipient_excluded(named text, asked uuid, sent uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    contacts uuid[];
    enquiry uuid;
BEGIN
    IF NOT fw.has('manager', 'social_worker', 'screener', 'front_door') THEN RETURN false; END IF;
    IF NOT EXISTS (SELECT 1 FROM public.agencies_conflictofinterest k WHERE k.lifted_at IS NULL) THEN RETURN false; END IF;
    contacts := fw.case_of(named);
    enquiry := fw.enquiry_of(contacts);
    IF fw.membership() = ANY (fw.memberships_excluded(contacts, enquiry)) THEN RETURN false; END IF;
    RETURN EXISTS (
        SELECT 1 FROM public.agencies_conflictofinterest k
         WHERE k.lifted_at IS NULL
           AND (k.agency_id = asked OR k.team_id = sent
                OR k.agency_id = (SELECT t.agency_id FROM public.agencies_team t WHERE t.id = sent))
           AND (k.contact_id = ANY (contacts) OR k.enquiry_id = enquiry
                OR k.person_id IN (SELECT s.person_id FROM public.contacts_subject s WHERE s.contact_id = ANY (contacts))));
END $$;

-- No mail about a case goes to somebody who is excluded from it. The row is written all the same and withdrawn at once,
-- so that its writer learns nothing. Notices inside the hub need no such care: their policy hides them.
CREATE OR REPLACE FUNCTION fw.notice_is_kept_back() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF NEW.membership_id = ANY (fw.memberships_excluded_from(NEW.reference)) THEN NEW.withdrawn_at := NEW.created_at; END IF;
    RETURN NEW;
END $$;

-- Screenings that a conflict closes: screeners still read some of their rows when they no longer see the contact.
-- callers: web
CREATE OR REPLACE FUNCTION fw.closed_screenings() RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    closed uuid[] := fw.closed_contacts();
BEGIN
    IF closed = '{}' THEN RETURN closed; END IF;
    RETURN coalesce((SELECT array_agg(s.id) FROM public.screening_screening s WHERE s.contact_id = ANY (closed)), '{}');
END $$;

-- Whether an enquiry is released or closed, for the clock.
--
-- A function, because a subquery in a policy makes PostgreSQL plan the policies of every table that it reads, in each
-- statement, whether it is reached or not: through contact, enquiry, summary and grant that was two thirds of the time
-- of a statement on contacts. It runs past those policies and so repeats their conditions: who asks, which states, and
-- that the asker is not excluded.
-- callers: web
CREATE OR REPLACE FUNCTION fw.is_ended(enquiry uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    RETURN fw.has('clock') AND EXISTS (
        SELECT 1 FROM public.screening_enquiry e
         WHERE e.id = enquiry AND e.state IN ('released', 'closed') AND NOT e.id = ANY (fw.closed_enquiries()));
END $$;

-- Take memberships off cases that a conflict closes to them: they lose their claims, enquiries and clocks there, and
-- their reviews and emergency access end. For the conflict may be lifted, and then none of this may open the case
-- again.
CREATE OR REPLACE FUNCTION fw.take_off_cases(contacts uuid[], memberships uuid[]) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    enquiries uuid[];
BEGIN
    enquiries := coalesce((SELECT array_agg(DISTINCT c.enquiry_id) FROM public.contacts_contact c
                            WHERE c.id = ANY (contacts) AND c.enquiry_id IS NOT NULL), '{}');
    UPDATE public.contacts_contact c SET claimed_by_id = NULL, version = c.version + 1
     WHERE c.id = ANY (contacts) AND c.claimed_by_id = ANY (memberships) AND c.ended_at IS NULL;
    UPDATE public.screening_enquiry e SET social_worker_id = NULL, assigned_at = NULL, taken_off_at = fw.now(),
           version = e.version + 1
     WHERE e.id = ANY (enquiries) AND e.social_worker_id = ANY (memberships) AND e.state <> 'closed';
    UPDATE public.clock_deadline d SET membership_id = NULL, version = d.version + 1
     WHERE d.enquiry_id = ANY (enquiries) AND d.membership_id = ANY (memberships)
       AND d.met_at IS NULL AND d.cancelled_at IS NULL;
    UPDATE public.agencies_review r SET ended_at = fw.now()
     WHERE r.enquiry_id = ANY (enquiries) AND r.membership_id = ANY (memberships) AND r.ended_at IS NULL;
    -- Emergency access lasts for a moment at least, as a constraint of its table demands.
    UPDATE public.agencies_brokenglass g SET ends_at = greatest(fw.now(), g.broken_at + interval '1 microsecond')
     WHERE g.enquiry_id = ANY (enquiries) AND g.membership_id = ANY (memberships) AND g.ends_at > fw.now();
END $$;
