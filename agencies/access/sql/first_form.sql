-- Texts that the ring itself closes, as before there were data keys, are carried over into the present form when keys are
-- rotated: by the owner of the tables, who reads and writes closed texts of that one form through these functions. Names of
-- tables and columns come from the models; who may call them may read the models.

SET ROLE mash_definer;

-- Closed texts of the first form in one column, in the order of their rows, with the record whose data key is to close them.
CREATE FUNCTION fw.first_form_texts(of_table text, key_column text, of_column text, by_table text, by_column text,
                                    owner_column text, ring_keys text[], last uuid, most int)
RETURNS TABLE (id uuid, stored text, owner uuid)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    RETURN QUERY EXECUTE format(
        'SELECT t.%2$I, t.%3$I::text, %4$s FROM public.%1$I t %5$s'
        ' WHERE left(t.%3$I, 5) = ''enc1.'' AND split_part(t.%3$I, ''.'', 2) = ANY ($1)'
        ' AND ($2 IS NULL OR t.%2$I > $2) ORDER BY t.%2$I LIMIT $3',
        of_table, key_column, of_column,
        CASE WHEN owner_column = '' THEN 'NULL::uuid' ELSE format('%s.%I', CASE WHEN by_table = '' THEN 't' ELSE 'o' END, owner_column) END,
        CASE WHEN by_table = '' THEN '' ELSE format('JOIN public.%I o ON o.id = t.%I', by_table, by_column) END)
        USING ring_keys, last, most;
END $$;

-- One closed text in the present form in the place of the one that was read, and of no other.
CREATE FUNCTION fw.carry_text_over(of_table text, key_column text, of_column text, row_key uuid, before text, made text)
RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    written int;
BEGIN
    IF left(before, 5) <> 'enc1.' OR left(made, 5) <> 'enc2.' THEN RETURN false; END IF;
    EXECUTE format('UPDATE public.%1$I SET %2$I = $1 WHERE %3$I = $2 AND %2$I = $3', of_table, of_column, key_column)
        USING made, row_key, before;
    GET DIAGNOSTICS written = ROW_COUNT;
    RETURN written = 1;
END $$;

REVOKE ALL ON FUNCTION fw.first_form_texts(text, text, text, text, text, text, text[], uuid, int),
    fw.carry_text_over(text, text, text, uuid, text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION fw.first_form_texts(text, text, text, text, text, text, text[], uuid, int),
    fw.carry_text_over(text, text, text, uuid, text, text) TO mash_owner;
-- A text is closed anew under the data key of its record, which the owner may read in its table as it is.
GRANT EXECUTE ON FUNCTION fw.data_key_of(uuid, uuid, text, text) TO mash_owner;

RESET ROLE;
