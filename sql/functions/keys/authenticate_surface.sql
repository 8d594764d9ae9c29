-- Who an API key is to a surface whose requests name a workspace (NULL: they do not): what hooklog.authenticate() says,
-- foreign_workspace, or busy while the objects of the system (NULL: none are asked for) cannot be told of; see
-- hooklog.reads_system(). A key for live data sees test data when the request asks for it, one for test data never sees
-- any other. Always one row. Relies on api_key_pkey and workspace_pkey.
CREATE OR REPLACE FUNCTION hooklog.authenticate_surface(
    workspace bigint,
    key_id bigint,
    key_sha256 bytea,
    workspace_name text,
    asks_test boolean DEFAULT false,
    system text DEFAULT NULL
)
RETURNS TABLE (outcome text, livemode boolean)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 1 AS $$
    SELECT
        CASE
            WHEN a.outcome = 'ok' AND NOT hooklog.names_workspace(workspace, workspace_name) THEN 'foreign_workspace'
            WHEN a.outcome = 'ok' AND system IS NOT NULL AND NOT hooklog.reads_system(system) THEN 'busy'
            ELSE a.outcome
        END,
        a.livemode AND NOT asks_test
    FROM hooklog.authenticate(workspace, key_id, key_sha256) AS a
$$;
