-- Shows the columns and tables that a built-in generation will have while it is still being built, so that the functions
-- of its release find what they name: a column is NULL, a table empty, until it takes over. A view whose columns would
-- change their type or place is left alone; see hooklog.publish_generation(). A view that queries hold is tried again for
-- some seconds, and then left alone too.
CREATE OR REPLACE FUNCTION hooklog.announce_generation(projection text, generation bigint) RETURNS void
LANGUAGE plpgsql VOLATILE
SET search_path = pg_catalog, pg_temp
SET lock_timeout = '100ms'
AS $$
#variable_conflict use_column
DECLARE
    target hooklog.projection_generation;
    active hooklog.projection_generation;
    table_name text;
    source text;
    shown text;
    columns text;
BEGIN
    SELECT g.* INTO target
    FROM hooklog.projection_generation AS g
    WHERE g.projection = announce_generation.projection AND g.generation = announce_generation.generation;
    SELECT g.* INTO active
    FROM hooklog.projection_generation AS g
    WHERE g.projection = announce_generation.projection AND g.state = 'active';
    FOR table_name IN SELECT t ->> 'name' FROM jsonb_array_elements(target.definition -> 'tables') AS t LOOP
        source := format('%I.%I', hooklog.projection_schema(true), table_name || '_' || generation);
        IF to_regclass(format('hooklog.%I', table_name)) IS NULL THEN
            EXECUTE format('CREATE VIEW hooklog.%I AS SELECT * FROM %s WHERE false', table_name, source);
            CONTINUE;
        END IF;
        shown := format('%I.%I', hooklog.projection_schema(true), table_name || '_' || active.generation);
        CONTINUE WHEN to_regclass(shown) IS NULL;
        SELECT string_agg(
            CASE
                WHEN o.attname IS NULL THEN format('NULL::%s AS %I', format_type(n.atttypid, n.atttypmod), n.attname)
                ELSE format('t.%I', n.attname)
            END, ', ' ORDER BY n.attnum)
        INTO columns
        FROM pg_attribute AS n
        LEFT JOIN pg_attribute AS o
            ON o.attrelid = shown::regclass
            AND o.attname = n.attname
            AND o.attnum > 0
        WHERE n.attrelid = source::regclass
            AND n.attnum > 0
            AND NOT n.attisdropped;
        FOR try IN 1 .. 50 LOOP
            BEGIN
                EXECUTE format('CREATE OR REPLACE VIEW hooklog.%I AS SELECT %s FROM %s AS t', table_name, columns, shown);
                EXIT;
            EXCEPTION
                WHEN invalid_table_definition THEN
                    EXIT;
                WHEN lock_not_available THEN
                    PERFORM pg_sleep(0.05);
            END;
        END LOOP;
    END LOOP;
END
$$;
