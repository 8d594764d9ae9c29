-- Shows a table of a built-in generation while that is still being built, so that the functions of its release find what
-- they name: a column that is new is NULL, a table that is new is empty, until the generation takes over. Returns the
-- table's name; NULL when there is nothing, or nothing more, to be shown.
--
-- Only a view that lacks columns is made anew, and one at a time, those first that are not there at all and wait for
-- nobody: it needs a lock that queries hold, behind which others queue. One whose columns would change their type
-- or go is left alone; see hooklog.publish_generation(). 55P03: a query holds the view, or generations are changing
-- over; try again.
CREATE OR REPLACE FUNCTION hooklog.announce_generation(projection text, generation bigint) RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET lock_timeout = '100ms'
AS $$
DECLARE
    target hooklog.projection_generation;
    active bigint;
    table_name text;
    source text;
    shown text;
    columns text;
    is_wider boolean;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('hooklog.projection'));
    SELECT g.* INTO target
    FROM hooklog.generation_of(projection, generation) AS g
    WHERE g.state = 'building'
        AND g.built_in;
    SELECT g.generation INTO active FROM hooklog.active_generation(projection) AS g;
    FOR table_name IN
        SELECT t ->> 'name'
        FROM jsonb_array_elements(target.definition -> 'tables') AS t
        ORDER BY to_regclass(format('hooklog.%I', t ->> 'name')) IS NOT NULL, t ->> 'name'
    LOOP
        source := hooklog.own_name(true, generation, table_name);
        IF to_regclass(format('hooklog.%I', table_name)) IS NULL THEN
            EXECUTE format(
                'CREATE VIEW hooklog.%I AS SELECT %s FROM %s WHERE false', table_name,
                hooklog.shown_columns(NULL, source), source);
            RETURN table_name;
        END IF;
        shown := hooklog.own_name(true, active, table_name);
        CONTINUE WHEN to_regclass(shown) IS NULL;
        SELECT
            string_agg(
                CASE
                    WHEN o.attname IS NULL THEN format('NULL::%s AS %I', format_type(n.atttypid, n.atttypmod), n.attname)
                    ELSE format('t.%I', n.attname)
                END, ', ' ORDER BY v.attnum NULLS LAST, n.attnum),
            bool_or(v.attnum IS NULL)
                AND count(v.attnum) FILTER (WHERE (v.atttypid, v.atttypmod) = (n.atttypid, n.atttypmod)) = (
                    SELECT count(*)
                    FROM pg_attribute AS a
                    WHERE a.attrelid = format('hooklog.%I', table_name)::regclass
                        AND a.attnum > 0
                )
        INTO columns, is_wider
        FROM pg_attribute AS n
        LEFT JOIN pg_attribute AS o
            ON o.attrelid = shown::regclass
            AND o.attname = n.attname
            AND o.attnum > 0
        LEFT JOIN pg_attribute AS v
            ON v.attrelid = format('hooklog.%I', table_name)::regclass
            AND v.attname = n.attname
            AND v.attnum > 0
        WHERE n.attrelid = source::regclass
            AND n.attnum > 0
            AND n.attname <> ALL (hooklog.hidden_columns())
            AND NOT n.attisdropped;
        CONTINUE WHEN NOT is_wider;
        EXECUTE format('CREATE OR REPLACE VIEW hooklog.%I AS SELECT %s FROM %s AS t', table_name, columns, shown);
        RETURN table_name;
    END LOOP;
    RETURN NULL;
END
$$;
