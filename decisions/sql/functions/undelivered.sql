-- A message about a child that did not arrive, for those who answer for the child.

-- Which messages: those that somebody acts upon. Left out is what only warns, what only some may know of (a conflict of
-- interest, a match with the staff list, what is sealed: that has clocks and chasers of its own), and lateness in this.
CREATE OR REPLACE FUNCTION fw.speaks_of_a_child(notice public.notices_notice) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF notice.kind = 'deadline.missed' THEN
        RETURN NOT EXISTS (
            SELECT 1 FROM public.clock_escalation x JOIN public.clock_deadline d ON d.id = x.deadline_id
             WHERE x.id::text = split_part(notice.dedupe, ':', 2) AND d.measure IN ('wording', 'safety_instruction', 'undelivered'));
    END IF;
    RETURN split_part(notice.kind, '.', 1) IN ('receipt', 'feedback', 'contact', 'protection', 'request', 'handover',
                                               'summary', 'correction')
        OR notice.kind IN ('enquiry.opened', 'enquiry.assigned', 'enquiry.reopened', 'enquiry.rerated',
                           'enquiry.unassigned', 'enquiry.left_behind', 'enquiry.contact_joined', 'enquiry.deadline_set',
                           'decision.recorded', 'screening.sent_to_panel', 'screening.put_to_manager');
END $$;

-- One task for each message; for one of the hub's own people one at a time of a case, however many mails fail.
CREATE OR REPLACE FUNCTION fw.letter_undelivered() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    notice public.notices_notice;
    about record;
    head record;
BEGIN
    SELECT * INTO notice FROM public.notices_notice n WHERE n.id = NEW.notice_id;
    IF notice.reference IS NULL OR notice.reference = '' OR NOT fw.speaks_of_a_child(notice) THEN RETURN NULL; END IF;
    SELECT * INTO about FROM fw.case_spoken_of(notice.reference);
    IF about.contact IS NULL AND about.enquiry IS NULL THEN RETURN NULL; END IF;
    IF about.enquiry IS NULL THEN
        about.enquiry := (SELECT c.enquiry_id FROM public.contacts_contact c WHERE c.id = about.contact);
    END IF;
    SELECT coalesce(e.reference, c.reference) AS reference, e.social_worker_id AS worker,
           CASE WHEN e.state <> 'closed' THEN e.colour ELSE '' END AS colour
      INTO head
      FROM (SELECT 1) AS one
      LEFT JOIN public.screening_enquiry e ON e.id = about.enquiry
      LEFT JOIN public.contacts_contact c ON c.id = about.contact;
    IF notice.membership_id IS NOT NULL AND EXISTS (
        SELECT 1 FROM public.decisions_undelivered u
         WHERE u.reference = head.reference AND u.recipient_id = notice.membership_id AND u.settled_at IS NULL) THEN
        RETURN NULL;
    END IF;
    INSERT INTO public.decisions_undelivered (letter_id, reference, contact_id, enquiry_id, social_worker_id, colour,
        kind, recipient_id, error, failed_at, way, how, informed_by, reason)
    VALUES (NEW.id, head.reference, about.contact, about.enquiry, head.worker, coalesce(head.colour, ''),
        notice.kind, notice.membership_id, NEW.error, NEW.at, '', '', '', '');
    RETURN NULL;
END $$;

-- Whoever has a mail tried again, on whichever page, has seen to it for the child too.
CREATE OR REPLACE FUNCTION fw.letter_seen_to() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    UPDATE public.decisions_undelivered u
       SET settled_at = NEW.seen_to_at, settled_by_id = fw.membership(), way = 'tried_again'
     WHERE u.letter_id = NEW.id AND u.settled_at IS NULL AND fw.membership() IS NOT NULL;
    RETURN NULL;
END $$;
