-- What is left to project in a slice of the workspaces. See sql/functions/pending_projections.sql.
-- $1 after_workspace bigint, $2 max_workspaces integer
-- Returns at least one row. Relies on log_head_pkey, checkpoint_pkey and event_pkey.
SELECT
    last_workspace_id,
    workspaces,
    greatest_head,
    workspace_id,
    projection,
    generation,
    state,
    lag,
    lag_seconds,
    is_due
FROM hooklog.pending_projections($1::bigint, $2::integer)
