-- Who an API key is to a list of the objects of a system (NULL: of any): what hooklog.authenticate() says, or busy when the
-- list would leave them out, since the directory in use does not read them yet; see hooklog.reads_system(). A system of
-- which no directory has objects keeps nobody waiting. Always one row. Relies on api_key_pkey.
CREATE OR REPLACE FUNCTION hooklog.authenticate_list(workspace bigint, key_id bigint, key_sha256 bytea, system text)
RETURNS TABLE (outcome text, livemode boolean)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 1 AS $$
    SELECT
        CASE
            WHEN a.outcome = 'ok' AND hooklog.entity_types(system) IS NOT NULL AND NOT hooklog.reads_system(system)
                THEN 'busy'
            ELSE a.outcome
        END,
        a.livemode
    FROM hooklog.authenticate(workspace, key_id, key_sha256) AS a
$$;
