-- Deletes answers of a workspace that no longer count, the oldest first, at most max_rows. Returns how many.
-- Relies on stored_answer_time_idx.
CREATE OR REPLACE FUNCTION hooklog.prune_stored_answers(workspace bigint, max_rows integer) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET enable_hashjoin = off
SET enable_mergejoin = off
AS $$
DECLARE
    deleted bigint;
BEGIN
    DELETE FROM hooklog.stored_answer AS s
    USING (
        SELECT o.livemode, o.endpoint, o.idempotency_key
        FROM hooklog.stored_answer AS o
        WHERE o.workspace_id = workspace
            AND o.stored_at <= clock_timestamp() - interval '24 hours'
        ORDER BY o.stored_at
        LIMIT max_rows
        FOR UPDATE SKIP LOCKED
    ) AS o
    WHERE s.workspace_id = workspace
        AND s.livemode = o.livemode
        AND s.endpoint = o.endpoint
        AND s.idempotency_key = o.idempotency_key;
    GET DIAGNOSTICS deleted = ROW_COUNT;
    RETURN deleted;
END
$$;
