-- Waits until nobody is at work on a checkpoint, and returns its position; NULL when there is none. After
-- hooklog.pause_generation() it stays there until the pause ends. Touches one workspace and keeps no lock.
CREATE OR REPLACE FUNCTION hooklog.settle_checkpoint(workspace bigint, projection text, generation bigint) RETURNS bigint
LANGUAGE sql VOLATILE SECURITY DEFINER AS $$
    SELECT c.position
    FROM hooklog.checkpoint AS c
    WHERE c.workspace_id = workspace
        AND c.projection = settle_checkpoint.projection
        AND c.generation = settle_checkpoint.generation
    FOR SHARE
$$;
