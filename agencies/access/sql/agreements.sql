-- Who researches or leads for an agency does so only while its signature on a current agreement is in force.

SET ROLE mash_definer;

CREATE OR REPLACE FUNCTION fw.roles() RETURNS text[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    me uuid := fw.membership();
    today date := (now() AT TIME ZONE 'Europe/London')::date;
BEGIN
    IF me IS NULL THEN RETURN '{}'; END IF;
    CASE me
        WHEN '00000000-0000-4000-8000-000000000001' THEN RETURN '{public}';
        WHEN '00000000-0000-4000-8000-000000000002' THEN RETURN '{clock}';
        WHEN '00000000-0000-4000-8000-000000000003' THEN RETURN '{builder,administrator}';
        ELSE NULL;
    END CASE;
    RETURN coalesce((
        SELECT CASE
                 WHEN EXISTS (SELECT 1 FROM public.agencies_signature s
                                JOIN public.agencies_agreement g ON g.id = s.agreement_id
                               WHERE s.agency_id = m.agency_id AND s.signed_on <= today
                                 AND (s.ends_on IS NULL OR s.ends_on >= today)
                                 AND g.starts_on <= today AND g.ends_on >= today)
                 THEN m.roles::text[]
                 ELSE array_remove(array_remove(m.roles::text[], 'researcher'), 'lead')
               END
          FROM public.agencies_membership m
          JOIN public.agencies_user u ON u.id = m.user_id
          JOIN public.agencies_agency a ON a.id = m.agency_id
         WHERE m.id = me AND u.is_active AND a.is_active AND m.ended_at IS NULL
           AND m.starts_on <= today AND (m.ends_on IS NULL OR m.ends_on >= today)), '{}');
END $$;

RESET ROLE;
GRANT SELECT ON public.agencies_signature, public.agencies_agreement TO mash_definer;
