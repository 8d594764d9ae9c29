-- What there is to do for sources with thin events. See sql/functions/pending_fetches.sql.
-- $1 workspace_id bigint or NULL, $2 source_id bigint or NULL
-- → workspace_id bigint, source_id bigint, is_unread boolean, due_in double precision
-- Relies on source_pkey, fetch_checkpoint_pkey, source_fetch_pkey, event_pkey and fetch_due_idx.
SELECT
    p.workspace_id,
    p.source_id,
    p.is_unread,
    p.due_in
FROM hooklog.pending_fetches($1, $2) AS p;
