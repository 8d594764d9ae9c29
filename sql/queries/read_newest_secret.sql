-- How a source signs now: its connector and its newest secret, for `hooklog send`.
-- $1 workspace bigint, $2 source bigint
-- → connector text, settings text, secret_id bigint, sealed bytea
-- Relies on source_pkey and source_secret_pkey.
SELECT
    s.connector,
    s.settings::text AS settings,
    t.secret_id,
    t.sealed
FROM hooklog.source AS s
INNER JOIN hooklog.source_secret AS t ON t.workspace_id = s.workspace_id AND t.source_id = s.source_id
WHERE s.workspace_id = $1
    AND s.source_id = $2
    AND t.not_before <= clock_timestamp()
    AND (t.expires_at IS NULL OR t.expires_at > clock_timestamp())
ORDER BY t.secret_id DESC
LIMIT 1;
