-- Keeps how far an import came; forgets it when state is NULL. The events before it are committed already, and a place
-- that a crash of the server takes back is only imported again: the commit does not wait for the disk.
CREATE OR REPLACE FUNCTION hooklog.keep_import_place(workspace bigint, source bigint, origin text, state jsonb)
RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER AS $$
#variable_conflict use_variable
BEGIN
    PERFORM set_config('synchronous_commit', 'off', true);
    IF state IS NULL THEN
        DELETE FROM hooklog.import_place AS c
        WHERE c.workspace_id = workspace AND c.source_id = source AND c.origin = keep_import_place.origin;
        RETURN;
    END IF;
    INSERT INTO hooklog.import_place AS c (workspace_id, source_id, origin, state, updated_at)
    VALUES (workspace, source, origin, state, clock_timestamp())
    ON CONFLICT ON CONSTRAINT import_place_pkey DO UPDATE
    SET state = excluded.state, updated_at = excluded.updated_at;
END
$$;
