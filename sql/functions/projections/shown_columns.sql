-- The columns of a read model's table that its view shows, as SQL: those that the view has keep their places, so that it can
-- be replaced; the others follow. What only the engine reads is left out.
CREATE OR REPLACE FUNCTION hooklog.shown_columns(view_name text, source text) RETURNS text
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $$
    SELECT string_agg(format('%I', n.attname), ', ' ORDER BY v.attnum NULLS LAST, n.attnum)
    FROM pg_attribute AS n
    LEFT JOIN pg_attribute AS v
        ON v.attrelid = to_regclass(view_name)
        AND v.attname = n.attname
        AND v.attnum > 0
    WHERE n.attrelid = source::regclass
        AND n.attnum > 0
        AND NOT n.attisdropped
        AND n.attname <> ALL (hooklog.hidden_columns())
$$;
