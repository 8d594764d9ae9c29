-- Drops a table of a generation with its functions and the views that show it.
CREATE OR REPLACE FUNCTION hooklog.drop_read_model(built_in boolean, generation bigint, table_name text) RETURNS void
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    own_table text := hooklog.own_name(built_in, generation, table_name);
    verb text;
    shown regclass;
BEGIN
    FOREACH verb IN ARRAY ARRAY['fold', 'late', 'test', 'select'] LOOP
        EXECUTE format('DROP FUNCTION IF EXISTS %s', hooklog.own_name(built_in, generation, table_name, verb));
    END LOOP;
    FOR shown IN
        SELECT DISTINCT r.ev_class
        FROM pg_depend AS d
        JOIN pg_rewrite AS r ON r.oid = d.objid
        JOIN pg_class AS v ON v.oid = r.ev_class
        JOIN pg_namespace AS n ON n.oid = v.relnamespace
        WHERE d.classid = 'pg_rewrite'::regclass
            AND d.refclassid = 'pg_class'::regclass
            AND d.refobjid = own_table::regclass
            AND n.nspname = CASE WHEN built_in THEN 'hooklog' ELSE 'projection' END
            AND v.relname::text IN (SELECT hooklog.published_names(built_in, table_name))
    LOOP
        EXECUTE format('DROP VIEW %s', shown);
    END LOOP;
    EXECUTE format('DROP TABLE %s', own_table);
END
$$;
