-- A MASH summary carries its enquiry's social worker, copied by the database.

CREATE OR REPLACE FUNCTION fw.summary_takes_enquiry() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN NEW.enquiry_id := OLD.enquiry_id; END IF;
    SELECT e.social_worker_id INTO NEW.social_worker_id FROM public.screening_enquiry e WHERE e.id = NEW.enquiry_id;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION fw.enquiry_gives_summary() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    UPDATE public.decisions_mashsummary s SET social_worker_id = NEW.social_worker_id WHERE s.enquiry_id = NEW.id;
    UPDATE public.decisions_undelivered u SET social_worker_id = NEW.social_worker_id WHERE u.enquiry_id = NEW.id;
    RETURN NULL;
END $$;

-- A released summary is frozen: nothing is added to what it holds, changed in it or removed from it afterwards.
-- Asked after the policies, so that nobody learns by its error that a summary is there.
CREATE OR REPLACE FUNCTION fw.frozen_after_release() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    held uuid;
BEGIN
    IF TG_OP = 'INSERT' THEN held := NEW.summary_id; ELSE held := OLD.summary_id; END IF;
    IF (SELECT s.released_at IS NOT NULL FROM public.decisions_mashsummary s WHERE s.id = held) THEN
        RAISE EXCEPTION 'a released summary is frozen';
    END IF;
    RETURN NULL;
END $$;

-- The summary's own words are frozen too: after the release only its state changes.
CREATE OR REPLACE FUNCTION fw.summary_words_frozen() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF (OLD.team_id, OLD.decision_id, OLD.covering_text, OLD.report, OLD.hazards, OLD.household, OLD.concern, OLD.reasons, OLD.agreement,
        OLD.family_told, OLD.referrer, OLD.door_question, OLD.missing, OLD.whom_to_ring, OLD.released_at, OLD.released_by_id)
       IS DISTINCT FROM
       (NEW.team_id, NEW.decision_id, NEW.covering_text, NEW.report, NEW.hazards, NEW.household, NEW.concern, NEW.reasons, NEW.agreement,
        NEW.family_told, NEW.referrer, NEW.door_question, NEW.missing, NEW.whom_to_ring, NEW.released_at, NEW.released_by_id)
    THEN
        RAISE EXCEPTION 'a released summary is frozen';
    END IF;
    RETURN NEW;
END $$;

-- Whether a summary has been released, also if a team declined it since, and no conflict closes its enquiry: what out
-- of hours see of it, and what an agency sees of its own items in it, depends on that.
-- callers: web
CREATE OR REPLACE FUNCTION fw.is_out(summary uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    RETURN EXISTS (SELECT 1 FROM public.decisions_mashsummary s
                    WHERE s.id = summary AND s.state IN ('sent', 'queried', 'accepted', 'superseded', 'settled', 'declined')
                      AND NOT s.enquiry_id = ANY (fw.closed_enquiries()));
END $$;

-- Summaries of an enquiry that have been released, the first sent first, for out of hours workers who visit at night.
-- callers: web
CREATE OR REPLACE FUNCTION fw.summaries_out(enquiry uuid) RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF NOT fw.has('out_of_hours') OR enquiry = ANY (fw.closed_enquiries()) THEN RETURN '{}'; END IF;
    RETURN coalesce((SELECT array_agg(s.id ORDER BY s.released_at, s.id) FROM public.decisions_mashsummary s
                      WHERE s.enquiry_id = enquiry AND s.state IN ('sent', 'queried', 'accepted', 'superseded', 'settled', 'declined')), '{}');
END $$;

-- Grants of summaries: to the team; the manager makes them with the release and ends them, for the summary's own team
-- and where no conflict closes the case.
-- callers: web
CREATE OR REPLACE FUNCTION fw.releases(summary uuid, wanted int) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    RETURN fw.has('manager') AND EXISTS (
        SELECT 1 FROM public.decisions_mashsummary s JOIN public.agencies_team t ON t.id = s.team_id
         WHERE s.id = summary AND t.group_id = wanted AND NOT s.enquiry_id = ANY (fw.closed_enquiries()));
END $$;

-- A summary that was declined is the hub's again: its grant ends with the transaction.
CREATE OR REPLACE FUNCTION fw.summary_returns() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    DELETE FROM public.decisions_summarygrant g WHERE g.content_object_id = NEW.id;
    RETURN NULL;
END $$;

-- callers: web
CREATE OR REPLACE FUNCTION fw.received(enquiry uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF fw.team() IS NULL THEN RETURN false; END IF;
    RETURN EXISTS (
        SELECT 1 FROM public.decisions_mashsummary s
          JOIN public.decisions_summarygrant g ON g.content_object_id = s.id
         WHERE s.enquiry_id = enquiry AND s.state IN ('sent', 'queried', 'accepted', 'superseded', 'settled', 'declined')
           AND g.group_id = ANY (fw.groups()) AND NOT s.enquiry_id = ANY (fw.closed_enquiries()));
END $$;

CREATE OR REPLACE FUNCTION fw.only_what_is_cleared() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM public.information_sharing_item i WHERE i.id = NEW.item_id AND i.handling = 'onward') THEN
        RAISE EXCEPTION 'Only what its owner cleared goes out.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NULL;
END $$;

-- Summaries that nobody of their team can take over: nobody is at work there, or only whom a conflict excludes. For the
-- manager, who rings.
-- callers: web
CREATE OR REPLACE FUNCTION fw.summaries_of_nobody() RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    today date := (fw.now() AT TIME ZONE 'Europe/London')::date;
BEGIN
    IF NOT fw.has('manager') THEN RETURN '{}'; END IF;
    RETURN ARRAY(SELECT y.id FROM public.decisions_mashsummary y
                  WHERE y.state IN ('sent', 'queried')
                    AND (y.team_id = ANY ((SELECT fw.empty_teams())::uuid[])
                         OR (y.enquiry_id = ANY ((SELECT fw.conflicted_enquiries())::uuid[])
                             AND fw.excludes_all(fw.at_team(y.team_id, today), NULL, y.enquiry_id))));
END $$;
