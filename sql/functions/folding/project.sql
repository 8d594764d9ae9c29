-- Folds the next page of a workspace's log into one generation of a projection: claim, fold, upsert, advance, in one
-- autocommit statement. Read-model rows and their checkpoint commit together, so an effect happens once.
--
-- $1 workspace   bigint
-- $2 projection  text
-- $3 generation  bigint
-- $4 max_events  integer  the page's bound (the checkpoint's own page_limit, if lower, wins)
-- $5 max_bytes   bigint   the same in bytes of bodies
--
-- The commit does not wait for the disk: what a crash of the server takes back, rows and checkpoint together, is folded
-- again. Only the log must be durable at once.
--
-- Returns one row: outcome is folded, caught_up, busy (somebody else is on it, or a command waits), waiting (stopped
-- until retry_at), paused (its successor is about to take over), stopped (this page just stopped it) or gone (no such
-- generation).
--
-- No session lock, no lease, no heartbeat: when a worker dies its statement ends and the row is free. Errors of the
-- classes 21, 22, 23, 54 and P0001 come from events and are handled here; any other ends the statement, and the caller
-- records it with hooklog.record_failure().
CREATE OR REPLACE FUNCTION hooklog.project(
    workspace bigint, projection text, generation bigint, max_events integer, max_bytes bigint
) RETURNS TABLE (
    outcome text, events bigint, "position" bigint, set_aside bigint, more boolean
)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER ROWS 1
SET TimeZone = 'UTC'
AS $$
#variable_conflict use_column
BEGIN
    PERFORM set_config('synchronous_commit', 'off', true);
    -- A command that waits for this checkpoint goes first; see hooklog.command_flag().
    IF projection = 'directory'
        AND EXISTS (SELECT FROM hooklog.generation_of(projection, generation) AS g WHERE g.state = 'active')
        AND NOT pg_try_advisory_xact_lock(hooklog.command_flag(workspace)) THEN
        RETURN QUERY SELECT 'busy', 0::bigint, NULL::bigint, 0::bigint, true;
        RETURN;
    END IF;
    RETURN QUERY
    SELECT p.outcome, p.events, p.position, p.set_aside, p.more
    FROM hooklog.fold_next_page(workspace, projection, generation, max_events, max_bytes) AS p;
END
$$;
