-- What somebody was called at a moment, for the log: what happened keeps the name of its time. Only for the functions
-- here and beside, which say who may see what happened.

-- Of a person; `today` is the name of today, empty where the account is gone.
CREATE OR REPLACE FUNCTION fw.name_then(person uuid, moment timestamptz, today text) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    RETURN coalesce((SELECT f.name::text FROM public.agencies_formername f
                      WHERE f.user_id = person AND f.until > moment ORDER BY f.until LIMIT 1), today, '');
END $$;

-- Of an agency, as lists call it.
CREATE OR REPLACE FUNCTION fw.agency_then(agency uuid, moment timestamptz, today text) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    RETURN coalesce((SELECT f.short_name::text FROM public.agencies_formername f
                      WHERE f.agency_id = agency AND f.until > moment ORDER BY f.until LIMIT 1), today, '');
END $$;
