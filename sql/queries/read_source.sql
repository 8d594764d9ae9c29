-- Sources with their sealed secrets in the order in which they were made.
-- $1 workspace_ids bigint[], $2 source_ids bigint[]
-- → workspace_id bigint, source_id bigint, connector text, name text, settings jsonb, created_at timestamptz,
--   disabled_at timestamptz, secret_ids bigint[], sealed bytea[], not_before timestamptz[], expires_at timestamptz[]
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
FROM unnest($1::bigint[], $2::bigint[]) AS wanted (workspace_id, source_id)
JOIN hooklog.source AS s ON s.workspace_id = wanted.workspace_id
    AND s.source_id = wanted.source_id
CROSS JOIN LATERAL (
    SELECT
        coalesce(array_agg(x.secret_id ORDER BY x.secret_id), '{}') AS secret_ids,
        coalesce(array_agg(x.sealed ORDER BY x.secret_id), '{}') AS sealed,
        coalesce(array_agg(x.not_before ORDER BY x.secret_id), '{}') AS not_before,
        coalesce(array_agg(x.expires_at ORDER BY x.secret_id), '{}') AS expires_at
    FROM hooklog.source_secret AS x
    WHERE x.workspace_id = s.workspace_id
        AND x.source_id = s.source_id
) AS k;
