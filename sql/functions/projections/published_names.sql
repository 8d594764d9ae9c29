-- The names of the views that show a table of a projection: the table's own, whether the view exists or not, and those with
-- the suffix _v<generation> that a change of columns made.
CREATE OR REPLACE FUNCTION hooklog.published_names(built_in boolean, table_name text) RETURNS SETOF text
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $$
    SELECT table_name
    UNION
    SELECT c.relname::text
    FROM pg_class AS c
    JOIN pg_namespace AS n ON n.oid = c.relnamespace
    WHERE n.nspname = CASE WHEN built_in THEN 'hooklog' ELSE 'projection' END
        AND c.relkind = 'v'
        AND starts_with(c.relname::text, table_name || '_v')
        AND substr(c.relname::text, length(table_name) + 3) ~ '^[0-9]+$'
    ORDER BY 1
$$;
