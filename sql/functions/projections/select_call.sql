-- The query that calls a user's SELECT for the row m of a template; see hooklog.create_select_function().
CREATE OR REPLACE FUNCTION hooklog.select_call(generation bigint, table_name text) RETURNS text
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $$
    SELECT format(
        'SELECT %s FROM projection.%I(%s)',
        string_agg(format('s.%I', a.name), ', ' ORDER BY a.nth)
            FILTER (WHERE a.mode = 't' AND a.name <> 'workspace_id'),
        p.proname,
        string_agg(format('m.%I', substr(a.name, length('given_') + 1)), ', ' ORDER BY a.nth) FILTER (WHERE a.mode = 'i')
    ) || ' AS s'
    FROM pg_proc AS p
    CROSS JOIN LATERAL unnest(p.proargnames, p.proargmodes) WITH ORDINALITY AS a (name, mode, nth)
    WHERE p.pronamespace = 'projection'::regnamespace
        AND p.proname = 'select_' || table_name || '_' || generation
    GROUP BY p.proname
$$;
