-- The name of a generation's table or, with a verb, of one of its functions, as SQL. Built-in ones are the owner's, users' ones
-- stand in a schema of their own. Fails without a generation, which would be another table's name.
CREATE OR REPLACE FUNCTION hooklog.own_name(built_in boolean, generation bigint, table_name text, verb text DEFAULT NULL)
RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT format(
        '%I.%I',
        CASE WHEN built_in THEN 'hooklog_data' ELSE 'projection' END,
        coalesce(verb || '_', '') || table_name || '_' || generation)
$$;
