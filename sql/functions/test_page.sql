-- Tries every event of a page alone against the projection's own SELECTs and sets aside those that they refuse.
-- Acceptance is decided here, before anything is folded, so batching cannot change it. Returns the refused positions.
-- Only when the page as a whole is refused is it tried event by event.
CREATE OR REPLACE FUNCTION hooklog.test_page(
    workspace bigint, target hooklog.projection_generation, point hooklog.checkpoint, upto bigint, until timestamptz
) RETURNS bigint[]
LANGUAGE plpgsql VOLATILE
SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    refused bigint[] := '{}';
    spec jsonb;
    statement text;
    candidate bigint;
BEGIN
    FOR spec IN SELECT jsonb_array_elements(target.definition -> 'tables') LOOP
        statement := format(
            'SELECT %I.%I($1, $2, $3, $4, $5)',
            hooklog.projection_schema(target.built_in), 'test_' || (spec ->> 'name') || '_' || target.generation);
        BEGIN
            EXECUTE statement USING workspace, point.position, upto, point.received_at, until;
        EXCEPTION
            WHEN cardinality_violation OR data_exception OR integrity_constraint_violation OR program_limit_exceeded
                OR raise_exception THEN
            FOR candidate IN SELECT generate_series(point.position + 1, upto) LOOP
                BEGIN
                    EXECUTE statement USING workspace, candidate - 1, candidate, point.received_at, until;
                EXCEPTION
                    WHEN cardinality_violation OR data_exception OR integrity_constraint_violation
                        OR program_limit_exceeded OR raise_exception THEN
                    refused := refused || candidate;
                    INSERT INTO hooklog.dead_letter (
                        workspace_id, projection, generation, position, reason, sqlstate, attempts, first_failed_at,
                        last_failed_at
                    )
                    VALUES (
                        workspace, target.projection, target.generation, candidate, 'refused_by_projection', SQLSTATE, 1,
                        clock_timestamp(), clock_timestamp()
                    )
                    ON CONFLICT DO NOTHING;
                END;
            END LOOP;
        END;
    END LOOP;
    RETURN refused;
END
$$;
