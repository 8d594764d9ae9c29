-- The work of one page, under the checkpoint's lock: sets aside what cannot be folded, folds the rest into every table
-- of the generation, and resolves the dead letters whose discards are in the page.
-- Returns how many events the projections' own SELECTs were tried on and how many they refused.
-- HL002: they refused at least half of at least 50 recent events; that is a bad projection, not bad events.
CREATE OR REPLACE FUNCTION hooklog.fold_page(
    workspace bigint, target hooklog.projection_generation, point hooklog.checkpoint, upto bigint, until timestamptz,
    has_refused boolean, has_resolutions boolean
) RETURNS TABLE (failed bigint, evaluated bigint)
LANGUAGE plpgsql VOLATILE
SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    excluded bigint[] := '{}';
    spec jsonb;
BEGIN
    IF has_refused THEN
        EXECUTE format(
            'INSERT INTO hooklog.dead_letter (workspace_id, projection, generation, position, reason, attempts, '
            'first_failed_at, last_failed_at) '
            'SELECT e.workspace_id, $5, $6, e.position, hooklog.refusal_reason(e), 1, clock_timestamp(), clock_timestamp() '
            'FROM hooklog.event AS e WHERE e.workspace_id = $1 AND e.position > $2 AND e.position <= $4 '
            'AND e.received_at BETWEEN $3 AND $7 AND %s ON CONFLICT DO NOTHING',
            hooklog.refuses_condition(target.definition))
        USING workspace, point.position, point.received_at, upto, target.projection, target.generation, until;
    END IF;
    IF NOT target.built_in THEN
        excluded := hooklog.test_page(workspace, target, point, upto, until);
        evaluated := upto - point.position;
        IF point.recent_events + evaluated >= 50
            AND (point.recent_failures + cardinality(excluded)) * 2 >= point.recent_events + evaluated THEN
            RAISE EXCEPTION 'the projection refused too many recent events' USING ERRCODE = 'HL002';
        END IF;
    END IF;
    FOR spec IN SELECT jsonb_array_elements(target.definition -> 'tables') LOOP
        EXECUTE format(
            'SELECT %I.%I($1, $2, $3, $4, $5, $3, $6)',
            hooklog.projection_schema(target.built_in), 'fold_' || (spec ->> 'name') || '_' || target.generation)
        USING workspace, point.position, upto, point.received_at, until, excluded;
    END LOOP;
    IF has_resolutions THEN
        PERFORM hooklog.resolve_discarded(workspace, target.projection, target.generation, point, upto);
    END IF;
    RETURN QUERY SELECT cardinality(excluded)::bigint, coalesce(evaluated, 0);
END
$$;
