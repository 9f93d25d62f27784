-- Who holds something, and who does the work today: the counterpart of `in_force` and `at_work` in
-- agencies/querysets.py. Whatever waits for a person is asked here, never whether a column is empty.

-- Memberships that count on a day in London: begun, not over, not ended, account and agency active.
CREATE OR REPLACE FUNCTION fw.in_force(today date) RETURNS SETOF public.agencies_membership
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    RETURN QUERY SELECT m.* FROM public.agencies_membership m
        JOIN public.agencies_user u ON u.id = m.user_id
        JOIN public.agencies_agency a ON a.id = m.agency_id
       WHERE u.is_active AND a.is_active AND m.ended_at IS NULL
         AND m.starts_on <= today AND (m.ends_on IS NULL OR m.ends_on >= today);
END $$;

-- Those of them whose person is not marked absent on that day.
CREATE OR REPLACE FUNCTION fw.at_work(today date) RETURNS SETOF public.agencies_membership
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    RETURN QUERY SELECT m.* FROM fw.in_force(today) m
       WHERE NOT EXISTS (SELECT 1 FROM public.agencies_absence a
                          WHERE a.membership_id = m.id AND a.ended_at IS NULL
                            AND a.starts_on <= today AND a.ends_on >= today);
END $$;

-- Memberships of staff, for what staff may know of each other: who is away, who covers, who is on duty.
-- callers: web, sweep
CREATE OR REPLACE FUNCTION fw.is_staff() RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    held text[] := fw.roles();
BEGIN
    RETURN held <> '{}' AND NOT held && '{public}'::text[];
END $$;

-- Teams with no receiving worker at work, who could accept.
CREATE OR REPLACE FUNCTION fw.empty_teams() RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    today date := (fw.now() AT TIME ZONE 'Europe/London')::date;
BEGIN
    IF NOT fw.has('manager', 'social_worker', 'screener', 'front_door') THEN RETURN '{}'; END IF;
    RETURN ARRAY(SELECT t.id FROM public.agencies_team t
                  WHERE NOT t.is_active OR NOT EXISTS (
                        SELECT 1 FROM fw.at_work(today) m
                         WHERE m.team_id = t.id AND m.roles::text[] && '{receiving_worker}'::text[]));
END $$;
