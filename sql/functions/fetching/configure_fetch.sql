-- Says how a source's objects are fetched, and has those that wait fetched at once. What is being fetched in the old way
-- counts no more: the claims are revoked. Locks the source, the objects in the order of their key, then how it fetches.
--
-- $1 workspace  bigint
-- $2 source     bigint
-- $3 way        jsonb        what stands in the source's settings under "fetch"
-- $4 sealed     bytea        the API token; NULL keeps the one that there is
-- $5 at         timestamptz
--
-- Returns whether the source exists and has a token now; changes nothing otherwise.
-- Relies on source_pkey, source_fetch_pkey and fetch_pkey.
CREATE OR REPLACE FUNCTION hooklog.configure_fetch(
    workspace bigint, source bigint, way jsonb, sealed bytea, at timestamptz
) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER AS $$
#variable_conflict use_column
BEGIN
    PERFORM
    FROM hooklog.source AS s
    WHERE s.workspace_id = workspace
        AND s.source_id = source
    FOR UPDATE;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    IF configure_fetch.sealed IS NULL THEN
        SELECT w.sealed INTO configure_fetch.sealed
        FROM hooklog.source_fetch AS w
        WHERE w.workspace_id = workspace
            AND w.source_id = source;
        IF NOT FOUND THEN
            RETURN false;
        END IF;
    END IF;
    PERFORM
    FROM hooklog.fetch AS f
    WHERE f.workspace_id = workspace
        AND f.source_id = source
    ORDER BY f.entity_type, f.entity_id
    FOR UPDATE;
    UPDATE hooklog.fetch AS f
    SET due_at = clock_timestamp(),
        claim = NULL,
        claimed_position = NULL,
        observed_at = NULL,
        attempts = 0,
        problem = NULL
    WHERE f.workspace_id = workspace
        AND f.source_id = source;
    INSERT INTO hooklog.source_fetch (workspace_id, source_id, sealed, failures, changed_at)
    VALUES (workspace, source, configure_fetch.sealed, 0, at)
    ON CONFLICT (workspace_id, source_id) DO UPDATE
    SET sealed = excluded.sealed,
        failures = 0,
        paused_until = NULL,
        problem = NULL,
        changed_at = excluded.changed_at;
    UPDATE hooklog.source AS s
    SET settings = jsonb_set(s.settings, '{fetch}', way)
    WHERE s.workspace_id = workspace
        AND s.source_id = source;
    RETURN true;
END
$$;
