-- Locks the checkpoint of a workspace in a generation, made at the start of the log if it is the first time.
-- Returns NULL when somebody else holds it.
CREATE OR REPLACE FUNCTION hooklog.claim_checkpoint(workspace bigint, projection text, generation bigint)
RETURNS hooklog.checkpoint
LANGUAGE plpgsql VOLATILE AS $$
#variable_conflict use_column
DECLARE
    point hooklog.checkpoint;
BEGIN
    FOR try IN 1 .. 2 LOOP
        SELECT c.* INTO point
        FROM hooklog.checkpoint AS c
        WHERE c.workspace_id = workspace
            AND c.projection = claim_checkpoint.projection
            AND c.generation = claim_checkpoint.generation
        FOR UPDATE SKIP LOCKED;
        EXIT WHEN FOUND OR try = 2;
        PERFORM hooklog.start_checkpoint(workspace, projection, generation);
    END LOOP;
    RETURN point;
END
$$;
