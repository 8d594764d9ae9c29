-- Makes one table of a generation: the engine's eleven columns first, then the projection's own with the types its SELECT
-- gives, then what the engine knows of the state of the row:
--
--     outgrown          its members have outgrown the room of a document (see outgrows), so it is what its newest event says
--     refused_sqlstate  the projection's own SELECT, or the table, refused what it is now: its own columns are NULL
--
-- and those of hidden_columns. No keys besides the primary one: a vendor's own data may break its own rules.
-- A user's SELECT is read by PostgreSQL first (see hooklog.try_select()), and what it may not call is refused: HL004. Its
-- table is made from the columns of a view that exists for this moment, so nothing of it is run with the caller's rights.
-- only_select: the table is there, and only its SELECT is to be taken anew; it gets what it lacks of the row's state.
CREATE OR REPLACE FUNCTION hooklog.create_read_model(
    generation bigint, built_in boolean, spec jsonb, only_select boolean DEFAULT false
) RETURNS void
LANGUAGE plpgsql VOLATILE
SET standard_conforming_strings = on
AS $$
DECLARE
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
        ELSE ', NULL::boolean AS outgrown, NULL::text AS refused_sqlstate, NULL::jsonb AS member_sizes, '
            'NULL::bigint AS first_sequence, NULL::bigint AS last_sequence, NULL::bigint AS folded_bytes, '
            'NULL::jsonb AS member_stamps'
    END;
    primary_key text := CASE WHEN is_event THEN 'workspace_id, position'
        ELSE 'workspace_id, livemode, system, entity_type, entity_id' END;
    query text := format(
        E'SELECT m.*%s, c.*%s FROM (SELECT %s) AS m CROSS JOIN LATERAL (\n%s\n) AS c',
        times, state, scope, spec ->> 'select');
    own_table text := hooklog.own_name(built_in, generation, spec ->> 'name');
    shown text := hooklog.own_name(true, generation, spec ->> 'name', 'columns');
    refused text;
BEGIN
    IF built_in THEN
        EXECUTE format('CREATE TABLE %s WITH (fillfactor = 85) AS %s LIMIT 0', own_table, query);
    ELSE
        PERFORM hooklog.try_select(spec ->> 'select', query);
        EXECUTE format('CREATE VIEW %s AS %s', shown, query);
        refused := hooklog.refused_call(shown::regclass);
        IF refused IS NOT NULL THEN
            RAISE EXCEPTION 'a projection may not call %', refused USING ERRCODE = 'HL004';
        END IF;
        PERFORM hooklog.create_select_function(generation, spec, scope, times || state, shown::regclass);
        IF NOT only_select THEN
            EXECUTE format('CREATE TABLE %s (LIKE %s) WITH (fillfactor = 85)', own_table, shown);
        END IF;
        EXECUTE format('DROP VIEW %s', shown);
    END IF;
    IF only_select THEN
        EXECUTE (
            SELECT format(
                'ALTER TABLE %s %s', own_table,
                string_agg(format('ADD COLUMN IF NOT EXISTS %I %s', s.parts[2], s.parts[1]), ', '))
            FROM regexp_matches(state, 'NULL::(\w+) AS (\w+)', 'g') AS s (parts)
        );
        RETURN;
    END IF;
    EXECUTE format('ALTER TABLE %s ADD PRIMARY KEY (%s)', own_table, primary_key);
    EXECUTE format('COMMENT ON TABLE %s IS %L', own_table, spec ->> 'comment');
END
$$;
