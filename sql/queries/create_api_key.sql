-- Makes an API key, to be shown by show_api_keys.sql.
-- $1 workspace_id bigint, $2 key_id bigint, $3 name text, $4 prefix text, $5 key_sha256 bytea, $6 livemode boolean,
-- $7 scope text, $8 rate_limit integer or NULL
-- → no row when the workspace does not exist
INSERT INTO hooklog.api_key (
    workspace_id, key_id, name, prefix, key_sha256, livemode, scope, rate_limit, created_at
)
SELECT w.workspace_id, $2, $3, $4, $5, $6, $7, $8, clock_timestamp()
FROM hooklog.workspace AS w
WHERE w.workspace_id = $1
RETURNING *
