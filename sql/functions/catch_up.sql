-- Folds a generation of the directory, whose checkpoint the caller holds, up to the head of the log: at most max_pages
-- pages of 5000 events. Returns whether it got there; not, when the projection is paused or stopped. One index probe
-- when there is nothing to do: event_pkey at the next position (see hooklog.pending_projections()).
CREATE OR REPLACE FUNCTION hooklog.catch_up(workspace bigint, generation bigint, max_pages integer) RETURNS boolean
LANGUAGE plpgsql VOLATILE
SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    is_behind boolean;
    step text;
BEGIN
    FOR page IN 0 .. max_pages LOOP
        SELECT EXISTS (
            SELECT
            FROM hooklog.event AS e
            WHERE e.workspace_id = c.workspace_id
                AND e.position = c.position + 1
                AND e.received_at >= c.received_at
                AND e.received_at < statement_timestamp() + interval '32 days'
        ) INTO is_behind
        FROM hooklog.checkpoint AS c
        WHERE c.workspace_id = workspace
            AND c.projection = 'directory'
            AND c.generation = catch_up.generation;
        EXIT WHEN NOT is_behind OR page = max_pages;
        SELECT p.outcome INTO step
        FROM hooklog.fold_next_page(workspace, 'directory', catch_up.generation, 5000, 16777216) AS p;
        EXIT WHEN step <> 'folded';
    END LOOP;
    RETURN NOT is_behind;
END
$$;
