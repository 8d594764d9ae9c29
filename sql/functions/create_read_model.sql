-- Makes one table of a generation: the engine's eleven columns first, then the projection's own with the types its SELECT
-- gives, then what the engine knows of the state of the row: see state_columns. No keys besides the primary one: a vendor's own data may break its own rules.
-- A user's SELECT is planned and its rights are checked (LIMIT 0 starts it, WITH NO DATA would not) as the role it will
-- run under, by a function of that role's which exists for this moment; 42501 when it reads what it may not.
CREATE OR REPLACE FUNCTION hooklog.create_read_model(generation bigint, built_in boolean, spec jsonb) RETURNS void
LANGUAGE plpgsql VOLATILE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    schema_name text := hooklog.projection_schema(built_in);
    table_name text := (spec ->> 'name') || '_' || generation;
    is_event boolean := spec ->> 'kind' = 'event';
    scope text := CASE WHEN is_event
        THEN 'NULL::bigint AS workspace_id, NULL::bigint AS position, NULL::timestamptz AS received_at, '
            'NULL::timestamptz AS occurred_at, NULL::boolean AS livemode, NULL::text AS system, NULL::text AS type, '
            'NULL::text AS entity_type, NULL::text AS entity_id, NULL::jsonb AS document, NULL::text AS event_id'
        ELSE 'NULL::bigint AS workspace_id, NULL::boolean AS livemode, NULL::text AS system, '
            'NULL::text AS entity_type, NULL::text AS entity_id, NULL::jsonb AS document'
    END;
    times text := CASE WHEN is_event THEN ''
        ELSE ', NULL::timestamptz AS created_at, NULL::timestamptz AS updated_at, NULL::timestamptz AS deleted_at, '
            'NULL::bigint AS first_position, NULL::bigint AS position'
    END;
    state text := CASE WHEN is_event THEN ', NULL::text AS refused_sqlstate'
        ELSE ', NULL::boolean AS outgrown, NULL::text AS refused_sqlstate, NULL::jsonb AS member_sizes'
    END;
    primary_key text := CASE WHEN is_event THEN 'workspace_id, position'
        ELSE 'workspace_id, livemode, system, entity_type, entity_id' END;
    maker text := format('%I.%I()', schema_name, 'make_' || table_name);
BEGIN
    EXECUTE format(
        'CREATE FUNCTION %s RETURNS void LANGUAGE plpgsql %s SET search_path = pg_catalog, pg_temp AS %L',
        maker, CASE WHEN built_in THEN '' ELSE 'SECURITY DEFINER' END,
        format(
            E'BEGIN CREATE TABLE %1$I.%2$I WITH (fillfactor = 85) AS SELECT m.*%3$s, c.*%8$s FROM (SELECT %4$s) AS m '
            'CROSS JOIN LATERAL (\n%5$s\n) AS c LIMIT 0; ALTER TABLE %1$I.%2$I ADD PRIMARY KEY (%6$s); '
            'COMMENT ON TABLE %1$I.%2$I IS %7$L; END',
            schema_name, table_name, times, scope, spec ->> 'select', primary_key, spec ->> 'comment', state));
    IF NOT built_in THEN
        EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', maker);
        EXECUTE format('ALTER FUNCTION %s OWNER TO hooklog_projection', maker);
    END IF;
    EXECUTE format('SELECT %s', maker);
    EXECUTE format('DROP FUNCTION %s', maker);
END
$$;
