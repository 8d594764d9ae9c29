-- Makes the checkpoint of a workspace in a generation at the start of the log, unless it exists.
CREATE OR REPLACE FUNCTION hooklog.start_checkpoint(workspace bigint, projection text, generation bigint) RETURNS void
LANGUAGE sql VOLATILE AS $$
    INSERT INTO hooklog.checkpoint (
        workspace_id, projection, generation, position, received_at, page_limit, recent_events, recent_failures, attempts
    )
    VALUES (workspace, projection, generation, 0, '-infinity', 1000000, 0, 0, 0)
    ON CONFLICT DO NOTHING
$$;
