-- The sources of a workspace with their sealed secrets.
-- $1 workspace_id bigint
-- → the columns of read_source, by name
-- Relies on source_pkey and source_secret_pkey.
SELECT
    s.workspace_id,
    s.source_id,
    s.connector,
    s.name,
    s.settings,
    s.created_at,
    s.disabled_at,
    k.secret_ids,
    k.sealed,
    k.not_before,
    k.expires_at
FROM hooklog.source AS s
CROSS JOIN LATERAL (
    SELECT
        coalesce(array_agg(x.secret_id ORDER BY x.secret_id), '{}') AS secret_ids,
        coalesce(array_agg(x.sealed ORDER BY x.secret_id), '{}') AS sealed,
        coalesce(array_agg(x.not_before ORDER BY x.secret_id), '{}') AS not_before,
        coalesce(array_agg(x.expires_at ORDER BY x.secret_id), '{}') AS expires_at
    FROM hooklog.source_secret AS x
    WHERE x.workspace_id = s.workspace_id
        AND x.source_id = s.source_id
) AS k
WHERE s.workspace_id = $1
ORDER BY s.name;
