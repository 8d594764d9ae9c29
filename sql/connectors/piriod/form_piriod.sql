-- What a line of an import of Piriod's is, if no event as Hooklog prints it; see hooklog.import_form().
CREATE OR REPLACE FUNCTION hooklog.form_piriod(line jsonb) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN hooklog.text(line, 'event') IS NULL OR NOT line ? 'object_id' THEN 'object'
        WHEN jsonb_typeof(line -> 'data') = 'object' THEN 'event'
        ELSE 'thin'
    END
$$;
