-- The statement that folds a range into a table of a generation; see create_table_functions for its parameters. A generation
-- that was made before rows had a state has a function that does not know of refusals; it is used until its successor takes
-- over.
CREATE OR REPLACE FUNCTION hooklog.fold_call(target hooklog.projection_generation, table_name text) RETURNS text
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $$
    SELECT format(
        CASE
            WHEN to_regprocedure(f.name || '(bigint, bigint, bigint, timestamptz, timestamptz, bigint, bigint[], text)') IS NULL
                THEN 'SELECT ARRAY[%s($1, $2, $3, $4, $5, $6, $7)]'
            ELSE 'SELECT %s($1, $2, $3, $4, $5, $6, $7, $8)'
        END, f.name)
    FROM hooklog.own_name(target.built_in, target.generation, table_name, 'fold') AS f (name)
$$;
