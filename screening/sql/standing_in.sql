-- Who works on an enquiry today, and who stands in where its social worker is away or has left. It is computed at every
-- read from memberships, absences and duties: no row is written when a day comes, so nothing waits for the sweep.
--
-- A social worker who is away keeps the enquiry, and a cover works on it meanwhile: of the same agency, at work, and not
-- excluded from it. Where there is none, or the social worker has left, it is unattended: the manager assigns it, and a
-- Red is at once also that of the social workers on duty. What is sealed is inherited by nobody.

-- Who covers for a social worker on a day, whichever case it is about.
CREATE OR REPLACE FUNCTION fw.covers_for(holder uuid, today date) RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    RETURN coalesce((
        SELECT array_agg(c.id) FROM public.agencies_absence a
          JOIN fw.in_force(today) h ON h.id = a.membership_id
          JOIN fw.at_work(today) c ON c.id = a.cover_id AND c.agency_id = h.agency_id
         WHERE a.membership_id = holder AND a.ended_at IS NULL AND a.starts_on <= today AND a.ends_on >= today
           AND c.roles::text[] && '{social_worker}'::text[]), '{}');
END $$;

-- Who of them covers an enquiry: whom a conflict of interest excludes from it does not.
CREATE OR REPLACE FUNCTION fw.covers_of(enquiry uuid, holder uuid, today date) RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    found uuid[] := fw.covers_for(holder, today);
BEGIN
    IF found = '{}' OR NOT EXISTS (SELECT 1 FROM public.agencies_conflictofinterest k WHERE k.lifted_at IS NULL) THEN
        RETURN found;
    END IF;
    RETURN coalesce((
        SELECT array_agg(f.id) FROM unnest(found) AS f(id)
         WHERE NOT f.id = ANY ((SELECT fw.memberships_excluded(fw.closed_by(NULL, enquiry, NULL), enquiry))::uuid[])), '{}');
END $$;

-- Social workers on duty at a moment; a duty's end is not part of it, so that the next one can begin with it.
CREATE OR REPLACE FUNCTION fw.on_duty(moment timestamptz) RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    RETURN coalesce((
        SELECT array_agg(DISTINCT m.id) FROM public.agencies_duty d
          JOIN fw.at_work((moment AT TIME ZONE 'Europe/London')::date) m ON m.id = d.membership_id
         WHERE d.ended_at IS NULL AND d.starts_at <= moment AND d.ends_at > moment
           AND m.roles::text[] && '{social_worker}'::text[]), '{}');
END $$;

-- Open enquiries with somebody who is not at work as a social worker, and whom nobody covers.
CREATE OR REPLACE FUNCTION fw.left_behind(today date) RETURNS SETOF public.screening_enquiry
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    gone uuid[];
BEGIN
    gone := ARRAY(SELECT m.id FROM public.agencies_membership m
                   WHERE NOT m.id IN (SELECT w.id FROM fw.at_work(today) w WHERE w.roles::text[] && '{social_worker}'::text[])
                     AND EXISTS (SELECT 1 FROM public.screening_enquiry e WHERE e.social_worker_id = m.id
                                    AND e.state IN ('to_rate', 'gathering', 'deciding', 'decided', 'released')));
    IF gone = '{}' THEN RETURN; END IF;
    RETURN QUERY SELECT e.* FROM public.screening_enquiry e
       WHERE e.social_worker_id = ANY (gone) AND e.state IN ('to_rate', 'gathering', 'deciding', 'decided', 'released')
         AND fw.covers_of(e.id, e.social_worker_id, today) = '{}';
END $$;

-- The same for the manager, who assigns them, by their keys.
-- callers: web, sweep
CREATE OR REPLACE FUNCTION fw.unattended() RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF NOT fw.has('manager') THEN RETURN '{}'; END IF;
    RETURN coalesce((
        SELECT array_agg(e.id) FROM fw.left_behind((fw.now() AT TIME ZONE 'Europe/London')::date) e), '{}');
END $$;

-- Open enquiries on which the social worker at work stands in: as a cover, and on duty for Reds on which nobody works.
-- callers: web, sweep
CREATE OR REPLACE FUNCTION fw.stands_in() RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    me uuid := fw.membership();
    today date := (fw.now() AT TIME ZONE 'Europe/London')::date;
    covered uuid[];
    is_on_duty boolean;
    found uuid[];
BEGIN
    IF NOT fw.roles() && '{social_worker}'::text[] THEN RETURN '{}'; END IF;
    covered := ARRAY(SELECT a.membership_id FROM public.agencies_absence a
                      WHERE a.cover_id = me AND a.ended_at IS NULL AND a.starts_on <= today AND a.ends_on >= today);
    is_on_duty := EXISTS (SELECT 1 FROM public.agencies_duty d
                           WHERE d.membership_id = me AND d.ended_at IS NULL
                             AND d.starts_at <= fw.now() AND d.ends_at > fw.now());
    IF covered = '{}' AND NOT is_on_duty THEN RETURN '{}'; END IF;
    covered := ARRAY(SELECT h.id FROM unnest(covered) AS h(id) WHERE me = ANY (fw.covers_for(h.id, today)));
    found := ARRAY(SELECT e.id FROM public.screening_enquiry e
                    WHERE e.social_worker_id = ANY (covered)
                      AND e.state IN ('to_rate', 'gathering', 'deciding', 'decided', 'released'));
    IF is_on_duty AND me = ANY (fw.on_duty(fw.now())) THEN
        found := found || ARRAY(SELECT e.id FROM fw.left_behind(today) e WHERE e.colour = 'red')
                       || ARRAY(SELECT e.id FROM public.screening_enquiry e
                                 WHERE e.colour = 'red' AND e.social_worker_id IS NULL
                                   AND e.state IN ('gathering', 'deciding', 'decided', 'released'));
    END IF;
    RETURN ARRAY(SELECT f.id FROM unnest(found) AS f(id) WHERE NOT f.id = ANY ((SELECT fw.closed_enquiries())::uuid[]));
END $$;

-- Who works on each of some enquiries at a moment, for the clock, which tells them: its social worker while at work, else
-- their covers, else whoever is on duty where it is Red. Nobody: then it is for the managers.
-- callers: web, sweep
CREATE OR REPLACE FUNCTION fw.works_on(enquiries uuid[], moment timestamptz) RETURNS TABLE (enquiry uuid, members uuid[])
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    today date := (moment AT TIME ZONE 'Europe/London')::date;
    present uuid[];
    duty uuid[];
BEGIN
    IF NOT fw.has('clock') THEN RETURN; END IF;
    present := ARRAY(SELECT w.id FROM fw.at_work(today) w WHERE w.roles::text[] && '{social_worker}'::text[]);
    duty := fw.on_duty(moment);
    RETURN QUERY SELECT e.id, CASE
            WHEN e.social_worker_id = ANY (present) THEN ARRAY[e.social_worker_id]
            WHEN x.covers <> '{}' THEN x.covers
            WHEN e.colour = 'red' THEN duty
            ELSE '{}' END
       FROM public.screening_enquiry e
       CROSS JOIN LATERAL (SELECT CASE WHEN e.social_worker_id = ANY (present) THEN '{}'::uuid[]
                                       ELSE fw.covers_of(e.id, e.social_worker_id, today) END AS covers) x
      WHERE e.id = ANY (enquiries);
END $$;

-- What was left behind, for the clock, which starts the manager's time to assign and tells who must know.
-- since: when its social worker went, or the beginning of that day in London.
-- callers: web, sweep
CREATE OR REPLACE FUNCTION fw.to_hand_over(today date)
RETURNS TABLE (enquiry uuid, reference text, colour text, holder uuid, since timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF NOT fw.has('clock') THEN RETURN; END IF;
    RETURN QUERY SELECT e.id, e.reference::text, e.colour::text, m.id,
                        coalesce(m.ended_at, (least(m.ends_on + 1, today))::timestamp AT TIME ZONE 'Europe/London')
       FROM fw.left_behind(today) e JOIN public.agencies_membership m ON m.id = e.social_worker_id;
    -- Whom a conflict of interest took off it is named there no longer.
    RETURN QUERY SELECT e.id, e.reference::text, e.colour::text, e.id, e.taken_off_at FROM public.screening_enquiry e
      WHERE e.taken_off_at IS NOT NULL AND e.social_worker_id IS NULL AND e.state IN ('gathering', 'deciding', 'decided');
END $$;

-- Whether the hub has no manager at work, for the administrator, who names one, and the clock, which tells them: since
-- when, how much waits and what runs out first. Nothing of a case.
-- callers: web, sweep
CREATE OR REPLACE FUNCTION fw.without_manager()
RETURNS TABLE (since timestamptz, waiting bigint, red bigint, next_due_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    today date := (fw.now() AT TIME ZONE 'Europe/London')::date;
BEGIN
    IF NOT fw.has('administrator', 'clock')
       OR EXISTS (SELECT 1 FROM fw.at_work(today) m WHERE m.roles::text[] && '{manager}'::text[]) THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT (SELECT max(least(m.ended_at, (m.ends_on + 1)::timestamp AT TIME ZONE 'Europe/London'))
              FROM public.agencies_membership m
             WHERE m.roles::text[] && '{manager}'::text[] AND m.starts_on <= today
               AND (m.ended_at IS NOT NULL OR m.ends_on < today)),
           count(*), count(*) FILTER (WHERE e.colour = 'red'),
           (SELECT min(d.due_at) FROM public.clock_deadline d
             WHERE d.met_at IS NULL AND d.cancelled_at IS NULL AND d.due_at > fw.now())
      FROM public.screening_enquiry e
     WHERE e.state IN ('to_rate', 'gathering', 'deciding', 'decided', 'released');
END $$;

-- How the social worker of an enquiry stands today, in a code for the pages: empty at work, 'left', 'away' where nobody
-- covers, or 'covered' and the names of those who do.
-- callers: web
CREATE OR REPLACE FUNCTION fw.standing_of(enquiry uuid, holder uuid) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    today date := (fw.now() AT TIME ZONE 'Europe/London')::date;
    covers uuid[];
BEGIN
    IF holder IS NULL OR NOT fw.is_staff() THEN RETURN ''; END IF;
    IF NOT EXISTS (SELECT 1 FROM fw.in_force(today) m
                    WHERE m.id = holder AND m.roles::text[] && '{social_worker}'::text[]) THEN RETURN 'left'; END IF;
    IF EXISTS (SELECT 1 FROM fw.at_work(today) m WHERE m.id = holder) THEN RETURN ''; END IF;
    covers := fw.covers_of(enquiry, holder, today);
    IF covers = '{}' THEN RETURN 'away'; END IF;
    RETURN 'covered ' || (SELECT string_agg(u.name, ' and ' ORDER BY u.name) FROM public.agencies_membership m
                            JOIN public.agencies_user u ON u.id = m.user_id WHERE m.id = ANY (covers));
END $$;

-- The same for the lines of a list: of those enquiries whose social worker is not at work.
-- callers: web
CREATE OR REPLACE FUNCTION fw.standings_of(enquiries uuid[]) RETURNS TABLE (enquiry uuid, standing text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    present uuid[];
BEGIN
    IF NOT fw.is_staff() THEN RETURN; END IF;
    present := ARRAY(SELECT w.id FROM fw.at_work((fw.now() AT TIME ZONE 'Europe/London')::date) w
                      WHERE w.roles::text[] && '{social_worker}'::text[]);
    RETURN QUERY SELECT e.id, fw.standing_of(e.id, e.social_worker_id) FROM public.screening_enquiry e
       WHERE e.id = ANY (enquiries) AND e.social_worker_id IS NOT NULL AND NOT e.social_worker_id = ANY (present);
END $$;
