-- Makes the functions that the engine calls for a table of a generation: fold_, late_ and test_<table>_<generation>().
CREATE OR REPLACE FUNCTION hooklog.create_table_functions(
    projection text, generation bigint, built_in boolean, spec jsonb
) RETURNS void
LANGUAGE sql VOLATILE
SET search_path = pg_catalog, pg_temp
AS $$
    SELECT hooklog.create_fold_function(projection, generation, built_in, spec);
    SELECT hooklog.create_engine_function(
        projection, generation, built_in, spec, 'test',
        'workspace bigint, after bigint, upto bigint, since timestamptz, until timestamptz', 'bigint',
        'SET search_path = pg_catalog, pg_temp SET TimeZone = ''UTC'' SET enable_seqscan = off '
        'SET enable_bitmapscan = off SET jit = off', hooklog.test_template());
$$;
