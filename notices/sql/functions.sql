-- How much mail is late, for those who see to it: a number and a moment, never a row.

-- callers: web
CREATE OR REPLACE FUNCTION fw.mail_backlog(before timestamptz, OUT held bigint, OUT oldest timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    closed text[] := fw.closed_references();
BEGIN
    held := 0;
    IF NOT fw.has('administrator', 'manager', 'front_door') THEN RETURN; END IF;
    SELECT count(*), min(n.created_at) INTO held, oldest FROM public.notices_notice n
     WHERE n.channel = 'mail' AND n.sent_at IS NULL AND n.withdrawn_at IS NULL AND n.given_up_at IS NULL
       AND n.created_at < before AND NOT n.reference = ANY (closed);
END $$;
