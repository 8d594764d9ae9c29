-- Deletes stored answers of a workspace that no longer count.
-- $1 workspace_id bigint, $2 max_rows integer
-- → deleted bigint
-- Relies on stored_answer_time_idx.
SELECT hooklog.prune_stored_answers($1, $2) AS deleted;
