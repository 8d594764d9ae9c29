-- Folds a generation of the directory, whose checkpoint the caller holds, up to the head of the log, for a second (all of a
-- command's calls take less than a command may) and one page at least. Returns whether it got there; not, when the projection
-- is paused or stopped either. Pages are small, for what they cost is not known before: the caller ends well, and keeps what
-- was folded, while its own time lasts. One index probe when there is nothing to do: event_pkey at the next position (see
-- hooklog.pending_projections()). Where the clock was ahead once, times in the log are until it gets there: the window begins
-- at the checkpoint's then.
CREATE OR REPLACE FUNCTION hooklog.catch_up(workspace bigint, generation bigint) RETURNS boolean
LANGUAGE plpgsql VOLATILE AS $$
#variable_conflict use_column
DECLARE
    until constant timestamptz := clock_timestamp() + interval '1 second';
    is_behind boolean;
    is_out_of_time boolean := false;
    step text;
BEGIN
    LOOP
        SELECT EXISTS (
            SELECT
            FROM hooklog.event AS e
            WHERE e.workspace_id = c.workspace_id
                AND e.position = c.position + 1
                AND e.received_at >= c.received_at
                AND e.received_at < greatest(statement_timestamp(), c.received_at) + interval '32 days'
        ) INTO is_behind
        FROM hooklog.checkpoint AS c
        WHERE c.workspace_id = workspace
            AND c.projection = 'directory'
            AND c.generation = catch_up.generation;
        EXIT WHEN NOT is_behind OR is_out_of_time;
        SELECT p.outcome INTO step
        FROM hooklog.fold_next_page(workspace, 'directory', catch_up.generation, 500, 16777216) AS p;
        EXIT WHEN step <> 'folded';
        is_out_of_time := clock_timestamp() > until;
    END LOOP;
    RETURN NOT is_behind;
END
$$;
