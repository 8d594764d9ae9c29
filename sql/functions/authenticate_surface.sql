-- Who an API key is to a surface whose requests name a workspace (NULL: they do not): what hooklog.authenticate() says, or
-- foreign_workspace. Always one row. Relies on api_key_pkey and workspace_pkey.
CREATE OR REPLACE FUNCTION hooklog.authenticate_surface(
    workspace bigint, key_id bigint, key_sha256 bytea, workspace_name text
)
RETURNS TABLE (outcome text, livemode boolean)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 1 AS $$
    SELECT
        CASE
            WHEN a.outcome = 'ok' AND NOT hooklog.names_workspace(workspace, workspace_name) THEN 'foreign_workspace'
            ELSE a.outcome
        END,
        a.livemode
    FROM hooklog.authenticate(workspace, key_id, key_sha256) AS a
$$;
