-- How many events of a workspace's log a generation of the directory has not read. Locks nothing.
-- Relies on checkpoint_pkey and event_pkey.
CREATE OR REPLACE FUNCTION hooklog.directory_lag(workspace bigint, generation bigint) RETURNS bigint
LANGUAGE plpgsql VOLATILE
SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    RETURN (SELECT h.position FROM hooklog.head(workspace) AS h) - coalesce(
        (
            SELECT c.position
            FROM hooklog.checkpoint AS c
            WHERE c.workspace_id = workspace
                AND c.projection = 'directory'
                AND c.generation = directory_lag.generation
        ),
        0);
END
$$;
