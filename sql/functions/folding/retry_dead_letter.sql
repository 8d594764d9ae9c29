-- Tries a dead letter again in a generation, under the checkpoint's lock. Returns retried, refused (it still cannot be
-- folded), resolved (it already was) or missing (there is none at that position).
-- An event that is folded now takes the place in its entity's history that its time gives it, as if it had never failed.
CREATE OR REPLACE FUNCTION hooklog.retry_dead_letter(
    workspace bigint, projection text, generation bigint, dead_position bigint
) RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET TimeZone = 'UTC'
AS $$
DECLARE
    point hooklog.checkpoint;
    target hooklog.projection_generation;
    letter hooklog.dead_letter;
    refused boolean;
    spec jsonb;
BEGIN
    point := hooklog.lock_checkpoint(workspace, projection, generation);
    SELECT d.* INTO letter
    FROM hooklog.dead_letter AS d
    WHERE d.workspace_id = workspace
        AND d.projection = retry_dead_letter.projection
        AND d.generation = retry_dead_letter.generation
        AND d.position = dead_position;
    IF letter.position IS NULL OR point.position IS NULL OR letter.position > point.position THEN
        RETURN 'missing';
    ELSIF letter.resolved_at IS NOT NULL THEN
        RETURN 'resolved';
    END IF;
    SELECT g.* INTO target FROM hooklog.generation_of(projection, generation) AS g;

    EXECUTE format(
        'SELECT %s FROM hooklog.event AS e WHERE e.workspace_id = $1 AND e.position = $2',
        hooklog.refuses_condition(target.definition))
    INTO refused
    USING workspace, dead_position;
    IF NOT refused THEN
        BEGIN
            UPDATE hooklog.dead_letter AS d
            SET resolved_at = clock_timestamp(),
                resolution = 'retried'
            WHERE d.workspace_id = workspace
                AND d.projection = retry_dead_letter.projection
                AND d.generation = retry_dead_letter.generation
                AND d.position = dead_position;
            FOR spec IN SELECT jsonb_array_elements(target.definition -> 'tables') LOOP
                EXECUTE format(
                    'SELECT %s($1, $2 - 1, $2, $3, $4)',
                    hooklog.own_name(target.built_in, generation, spec ->> 'name', 'test'))
                USING workspace, dead_position, '-infinity'::timestamptz, point.received_at;
                -- An entity that is refused as a whole takes the event all the same.
                PERFORM hooklog.run_by_halves(
                    hooklog.fold_call(target, spec ->> 'name'), workspace, dead_position - 1, dead_position,
                    '-infinity', point.received_at, point.position, '{}');
            END LOOP;
            RETURN 'retried';
        EXCEPTION
            WHEN cardinality_violation OR data_exception OR integrity_constraint_violation OR program_limit_exceeded
                OR raise_exception THEN
            NULL;
        END;
    END IF;
    UPDATE hooklog.dead_letter AS d
    SET attempts = d.attempts + 1,
        last_failed_at = clock_timestamp()
    WHERE d.workspace_id = workspace
        AND d.projection = retry_dead_letter.projection
        AND d.generation = retry_dead_letter.generation
        AND d.position = dead_position;
    RETURN 'refused';
END
$$;
