-- Makes one table of a generation: the engine's eleven columns first, then the projection's own with the types its SELECT gives.
-- No keys besides the primary one: a vendor's own data may break its own rules.
CREATE OR REPLACE FUNCTION hooklog.create_read_model(generation bigint, built_in boolean, spec jsonb) RETURNS void
LANGUAGE plpgsql VOLATILE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    schema_name text := hooklog.projection_schema(built_in);
    table_name text := (spec ->> 'name') || '_' || generation;
    is_event boolean := spec ->> 'kind' = 'event';
    row_shape text := CASE WHEN is_event
        THEN 'NULL::bigint AS workspace_id, NULL::bigint AS position, NULL::timestamptz AS received_at, '
            'NULL::timestamptz AS occurred_at, NULL::boolean AS livemode, NULL::text AS system, NULL::text AS type, '
            'NULL::text AS entity_type, NULL::text AS entity_id, NULL::jsonb AS document, NULL::text AS event_id'
        ELSE 'NULL::bigint AS workspace_id, NULL::boolean AS livemode, NULL::text AS system, '
            'NULL::text AS entity_type, NULL::text AS entity_id, NULL::jsonb AS document, '
            'NULL::timestamptz AS created_at, NULL::timestamptz AS updated_at, NULL::timestamptz AS deleted_at, '
            'NULL::bigint AS first_position, NULL::bigint AS position'
    END;
    primary_key text := CASE WHEN is_event THEN 'workspace_id, position'
        ELSE 'workspace_id, livemode, system, entity_type, entity_id' END;
BEGIN
    EXECUTE format(
        'CREATE TABLE %I.%I WITH (fillfactor = 85) AS SELECT m.*, c.* FROM (SELECT %s) AS m CROSS JOIN LATERAL (%s) AS c '
        'WITH NO DATA',
        schema_name, table_name, row_shape, spec ->> 'select');
    EXECUTE format('ALTER TABLE %I.%I ADD PRIMARY KEY (%s)', schema_name, table_name, primary_key);
    EXECUTE format('COMMENT ON TABLE %I.%I IS %L', schema_name, table_name, spec ->> 'comment');
    IF NOT built_in THEN
        EXECUTE format('ALTER TABLE %I.%I OWNER TO hooklog_projection', schema_name, table_name);
    END IF;
END
$$;
