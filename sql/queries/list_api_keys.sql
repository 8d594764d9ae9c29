-- The API keys of a workspace, to be shown by show_api_keys.sql.
-- $1 workspace_id bigint
-- Relies on api_key_pkey.
SELECT k.*
FROM hooklog.api_key AS k
WHERE k.workspace_id = $1
