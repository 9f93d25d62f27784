-- Corrections of which somebody still has to be told, so that the list of work asks for those alone: to find them means
-- to read six tables, each under its policies. Nobody but the definer reads decisions_untold or writes it: that
-- somebody on the side of the decision team had been told is not for the front door, which sees the correction.
--
-- The list of work puts its own question to these alone (decisions/visibility/corrections.py, untold).

CREATE OR REPLACE FUNCTION fw.weigh_corrections(contact uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    -- Of a correction and a telling that are written at the same moment, the later to come here sees the other.
    PERFORM pg_advisory_xact_lock(1296126793, hashtext(contact::text));
    IF NOT EXISTS (SELECT 1 FROM public.contacts_correction c WHERE c.contact_id = contact) THEN RETURN; END IF;
    DELETE FROM public.decisions_untold u WHERE u.contact_id = contact;
    INSERT INTO public.decisions_untold (correction_id, contact_id, of_hub, of_front_door)
    SELECT w.id, contact, w.of_hub, w.of_front_door FROM (
        SELECT c.id,
               (beside.told OR within.told) AND NOT EXISTS (
                   SELECT 1 FROM public.decisions_correctionnotice n WHERE n.correction_id = c.id) AS of_hub,
               beside.told AND NOT EXISTS (
                   SELECT 1 FROM public.decisions_correctionnotice n
                    WHERE n.correction_id = c.id AND n.kind IN ('handover', 'feedback', 'letter')) AS of_front_door
          FROM public.contacts_correction c
          JOIN public.contacts_contact k ON k.id = c.contact_id
         CROSS JOIN LATERAL (
             SELECT EXISTS (SELECT 1 FROM public.screening_handover h
                             WHERE h.contact_id = contact AND h.sent_at <= c.made_at AND (c.since IS NULL OR h.sent_at >= c.since))
                 OR EXISTS (SELECT 1 FROM public.decisions_feedback f
                             WHERE f.contact_id = contact AND f.told_at <= c.made_at
                               AND (c.since IS NULL OR f.told_at >= c.since) AND f.state IN ('sent', 'spoken'))
                 OR EXISTS (SELECT 1 FROM public.decisions_familyletter l
                             WHERE l.contact_id = contact AND l.sent_at <= c.made_at
                               AND (c.since IS NULL OR l.sent_at >= c.since) AND l.state = 'sent') AS told
         ) beside
         CROSS JOIN LATERAL (
             SELECT EXISTS (SELECT 1 FROM public.information_sharing_informationrequest r
                              JOIN public.information_sharing_requestsubject q ON q.request_id = r.id
                              JOIN public.contacts_subject s ON s.id = q.subject_id
                             WHERE r.enquiry_id = k.enquiry_id AND s.contact_id = contact
                               AND r.sent_at <= c.made_at AND r.state <> 'withdrawn'
                               AND (c.since IS NULL OR r.sent_at >= c.since))
                 OR EXISTS (SELECT 1 FROM public.decisions_askedthrough a WHERE a.correction_id = c.id)
                 OR EXISTS (SELECT 1 FROM public.decisions_mashsummary y
                              JOIN public.decisions_summarychild d ON d.summary_id = y.id
                              JOIN public.contacts_subject s ON s.id = d.subject_id
                             WHERE y.enquiry_id = k.enquiry_id AND s.contact_id = contact
                               AND y.released_at <= c.made_at AND (c.since IS NULL OR y.released_at >= c.since)) AS told
         ) within
         WHERE c.contact_id = contact
    ) w WHERE w.of_hub OR w.of_front_door;
END $$;

-- What names its contact itself: corrections, what is said of them, and three of the ways in which somebody is told.
CREATE OR REPLACE FUNCTION fw.own_contact_weighed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    PERFORM fw.weigh_corrections(NEW.contact_id);
    RETURN NULL;
END $$;

-- A request asks about people, each of their own contact.
CREATE OR REPLACE FUNCTION fw.contact_asked_about_weighed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    PERFORM fw.weigh_corrections(s.contact_id) FROM public.contacts_subject s WHERE s.id = NEW.subject_id;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION fw.request_weighed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    PERFORM fw.weigh_corrections(x.contact_id) FROM (
        SELECT DISTINCT s.contact_id FROM public.information_sharing_requestsubject q
          JOIN public.contacts_subject s ON s.id = q.subject_id WHERE q.request_id = NEW.id ORDER BY 1) x;
    RETURN NULL;
END $$;

-- The children of a summary are frozen when it is released: what changes before has told nobody yet.
CREATE OR REPLACE FUNCTION fw.release_weighed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    PERFORM fw.weigh_corrections(x.contact_id) FROM (
        SELECT DISTINCT s.contact_id FROM public.decisions_summarychild d
          JOIN public.contacts_subject s ON s.id = d.subject_id WHERE d.summary_id = NEW.id ORDER BY 1) x;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION fw.moved_contact_weighed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    PERFORM fw.weigh_corrections(NEW.id);
    RETURN NULL;
END $$;

-- The keys of corrections that may wait for the viewer, of those that they see. Those who look into an enquiry see what
-- others were told of it, but not who was told of the correction: they get all corrections of such an enquiry.
-- callers: web
CREATE OR REPLACE FUNCTION fw.corrections_untold() RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    held text[] := fw.roles();
    me uuid;
    looked_into uuid[] := '{}';
    closed uuid[];
    standing_in uuid[];
BEGIN
    IF NOT held && '{manager,social_worker,front_door}' THEN RETURN '{}'; END IF;
    IF held && '{reviewer}' THEN looked_into := fw.reviewed(); END IF;
    IF held && '{front_door}' THEN looked_into := looked_into || fw.emergency_access(); END IF;
    IF looked_into = '{}' AND NOT EXISTS (SELECT 1 FROM public.decisions_untold) THEN RETURN '{}'; END IF;
    me := fw.membership();
    standing_in := fw.stands_in();
    closed := fw.closed_contacts();
    RETURN coalesce((
        SELECT array_agg(x.id) FROM (
            SELECT u.correction_id AS id FROM public.decisions_untold u
              JOIN public.contacts_contact c ON c.id = u.contact_id
             WHERE NOT u.contact_id = ANY (closed)
               AND ((u.of_hub AND (held && '{manager}' OR (held && '{social_worker}'
                        AND (c.social_worker_id = me OR c.enquiry_id = ANY (standing_in)))))
                    OR (u.of_front_door AND held && '{front_door}'))
            UNION
            SELECT k.id FROM public.contacts_contact c
              JOIN public.contacts_correction k ON k.contact_id = c.id
             WHERE c.enquiry_id = ANY (looked_into) AND NOT c.id = ANY (closed)
        ) x), '{}');
END $$;

-- A link is undone: which agencies were asked about the one through the other. Asked before the link goes, and with it
-- what it opened.
CREATE OR REPLACE FUNCTION fw.correction_notes_requests() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    INSERT INTO public.decisions_askedthrough (id, correction_id, request_id)
    SELECT gen_random_uuid(), NEW.id, x.request_id FROM (
        SELECT DISTINCT own.request_id
          FROM public.information_sharing_requestsubject own
          JOIN public.information_sharing_requestsubject other ON other.request_id = own.request_id
          JOIN public.contacts_subject s ON s.id = other.subject_id
          JOIN public.information_sharing_informationrequest r ON r.id = own.request_id
         WHERE own.subject_id = NEW.subject_id AND other.subject_id <> NEW.subject_id
           AND s.person_id = NEW.person_id AND (own.by_person OR other.by_person) AND r.state <> 'withdrawn') x;
    RETURN NULL;
END $$;

-- What is untold, for the clock: one line for each contact and side. The front door's own has a time that it sees; of
-- the other side it does not learn that it is there.
-- callers: web, sweep
CREATE OR REPLACE FUNCTION fw.corrections_to_clock()
RETURNS TABLE (kind text, contact uuid, reference text, enquiry uuid, enquiry_reference text, worker uuid, colour text,
               made_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF NOT fw.has('clock') THEN RETURN; END IF;
    RETURN QUERY
    SELECT CASE WHEN u.of_front_door THEN 'correction' ELSE 'correction_within' END, k.id, k.reference::text,
           k.enquiry_id, k.enquiry_reference::text, k.social_worker_id,
           CASE WHEN k.state = 'in_enquiry' THEN k.colour::text ELSE '' END, min(c.made_at)
      FROM public.decisions_untold u
      JOIN public.contacts_correction c ON c.id = u.correction_id
      JOIN public.contacts_contact k ON k.id = u.contact_id
     GROUP BY 1, k.id;
END $$;

-- Corrections that were passed on to an agency or a team in which nobody is at work, or only whom a conflict of interest
-- excludes: for the managers, who ring.
-- callers: web
CREATE OR REPLACE FUNCTION fw.corrections_of_nobody() RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    today date := (fw.now() AT TIME ZONE 'Europe/London')::date;
    staffed uuid[];
BEGIN
    IF NOT fw.has('manager') THEN RETURN '{}'; END IF;
    IF NOT EXISTS (SELECT 1 FROM public.decisions_correctionnotice n
                    WHERE n.told_at IS NULL AND (n.agency_id IS NOT NULL OR n.team_id IS NOT NULL)) THEN
        RETURN '{}';
    END IF;
    staffed := fw.able_agencies(today);
    RETURN ARRAY(SELECT n.id FROM public.decisions_correctionnotice n
                  WHERE n.told_at IS NULL
                    AND (n.team_id = ANY ((SELECT fw.empty_teams())::uuid[])
                         OR (n.agency_id IS NOT NULL AND NOT n.agency_id = ANY (staffed))
                         OR (n.contact_id = ANY ((SELECT fw.conflicted_contacts())::uuid[]) AND fw.excludes_all(
                             fw.at_team(n.team_id, today) || ARRAY(
                                 SELECT m.id FROM fw.at_work(today) m
                                  WHERE m.agency_id = n.agency_id AND m.roles::text[] && '{researcher,lead}'::text[]),
                             n.contact_id, NULL))));
END $$;
