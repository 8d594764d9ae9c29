-- Locks the checkpoint of a workspace in a generation, when nobody else is at work on it any more; NULL when there is none.
CREATE OR REPLACE FUNCTION hooklog.lock_checkpoint(workspace bigint, projection text, generation bigint)
RETURNS hooklog.checkpoint
LANGUAGE sql VOLATILE AS $$
    SELECT c.*
    FROM hooklog.checkpoint AS c
    WHERE c.workspace_id = $1
        AND c.projection = $2
        AND c.generation = $3
    FOR UPDATE
$$;
