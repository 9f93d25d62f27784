-- Batch seals over the evidence.
--
-- A row of the log waits in audit_unsealed from the statement that writes it. Sealing takes what waits and is
-- committed, lists it with one digest a row, and chains the digest of the list to the seal before. Which rows a seal
-- covers is therefore said by the seal itself: no range of numbers or times can gain a row afterwards, and a restored
-- dump goes on. Nobody but the definer reads or takes from the queue; the worker seals without seeing a row.

-- Evidence is written once: not even the owner changes or removes a row.
CREATE OR REPLACE FUNCTION fw.append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'evidence is append-only'; END $$;

CREATE OR REPLACE FUNCTION fw.await_seal() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    INSERT INTO public.audit_unsealed (kind, row_id) VALUES (TG_ARGV[0], NEW.id);
    RETURN NULL;
END $$;

-- Makes one seal over at most so many waiting rows; returns its number, 0 where nothing waited.
-- A row that waits and is not there stays waiting: verification names it.
-- callers: sweep
CREATE OR REPLACE FUNCTION fw.seal_logs(most integer) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    made public.audit_logseal;
    before_it bytea;
BEGIN
    PERFORM pg_advisory_xact_lock(1296126792, 1);
    WITH chosen AS (
        SELECT w.ctid AS place FROM public.audit_unsealed w
         WHERE (w.kind = 'event' AND EXISTS (SELECT 1 FROM public.audit_event e WHERE e.id = w.row_id))
            OR (w.kind = 'reading' AND EXISTS (SELECT 1 FROM public.audit_reading r WHERE r.id = w.row_id))
            OR (w.kind = 'refusal' AND EXISTS (SELECT 1 FROM public.audit_refusal f WHERE f.id = w.row_id))
         LIMIT most
    ), taken AS (
        DELETE FROM public.audit_unsealed w USING chosen c WHERE w.ctid = c.place RETURNING w.kind, w.row_id
    ), listed AS (
        SELECT 'event' AS kind, e.id, sha256(convert_to(jsonb_build_array(
                   e.id, extract(epoch FROM e.at)::text, e.user_id, e.membership_id, e.agency_id, e.roles, e.request_id,
                   e.verb, e.record_type, e.record_id, e.reference, e.enquiry_id, e.details)::text, 'UTF8')) AS digest
          FROM taken t JOIN public.audit_event e ON e.id = t.row_id WHERE t.kind = 'event'
        UNION ALL
        SELECT 'reading', r.id, sha256(convert_to(jsonb_build_array(
                   r.id, extract(epoch FROM r.at)::text, r.user_id, r.membership_id, r.agency_id, r.roles, r.request_id,
                   r.page, r.reference, r.enquiry_id, r.purpose, r.item_ids)::text, 'UTF8'))
          FROM taken t JOIN public.audit_reading r ON r.id = t.row_id WHERE t.kind = 'reading'
        UNION ALL
        SELECT 'refusal', f.id, sha256(convert_to(jsonb_build_array(
                   f.id, extract(epoch FROM f.at)::text, f.user_id, f.membership_id, f.agency_id, f.roles, f.request_id,
                   f.method, f.route, f.reference, f.status)::text, 'UTF8'))
          FROM taken t JOIN public.audit_refusal f ON f.id = t.row_id WHERE t.kind = 'refusal'
    )
    SELECT coalesce(array_agg(id ORDER BY id) FILTER (WHERE kind = 'event'), '{}'),
           coalesce(array_agg(digest ORDER BY id) FILTER (WHERE kind = 'event'), '{}'),
           coalesce(array_agg(id ORDER BY id) FILTER (WHERE kind = 'reading'), '{}'),
           coalesce(array_agg(digest ORDER BY id) FILTER (WHERE kind = 'reading'), '{}'),
           coalesce(array_agg(id ORDER BY id) FILTER (WHERE kind = 'refusal'), '{}'),
           coalesce(array_agg(digest ORDER BY id) FILTER (WHERE kind = 'refusal'), '{}'),
           sha256(convert_to(string_agg(
               kind || ' ' || id || ' ' || encode(digest, 'hex'), E'\n' ORDER BY kind COLLATE "C", id), 'UTF8'))
      INTO made.event_ids, made.event_digests, made.reading_ids, made.reading_digests,
           made.refusal_ids, made.refusal_digests, made.digest
      FROM listed;
    IF made.digest IS NULL THEN RETURN 0; END IF;
    SELECT s.number + 1, s.seal INTO made.number, before_it FROM public.audit_logseal s ORDER BY s.number DESC LIMIT 1;
    made.number := coalesce(made.number, 1);
    made.previous := coalesce(before_it, decode(repeat('00', 32), 'hex'));
    made.sealed_at := fw.now();
    made.version := 1;
    made.seal := sha256(convert_to(concat_ws('|',
        encode(made.previous, 'hex'), made.number, extract(epoch FROM made.sealed_at)::text, made.version,
        cardinality(made.event_ids), cardinality(made.reading_ids), cardinality(made.refusal_ids),
        encode(made.digest, 'hex')), 'UTF8'));
    INSERT INTO public.audit_logseal SELECT made.*;
    RETURN made.number;
END $$;

-- The seals after a number, as they are exported: counts and digests, no row.
-- callers: sweep, auditor
CREATE OR REPLACE FUNCTION fw.seals_after(last bigint) RETURNS TABLE (
    number bigint, sealed_at text, version smallint, events integer, readings integer, refusals integer,
    digest text, previous text, seal text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    RETURN QUERY
    SELECT s.number, extract(epoch FROM s.sealed_at)::text, s.version,
           cardinality(s.event_ids), cardinality(s.reading_ids), cardinality(s.refusal_ids),
           encode(s.digest, 'hex'), encode(s.previous, 'hex'), encode(s.seal, 'hex')
      FROM public.audit_logseal s WHERE s.number > last ORDER BY s.number;
END $$;
