-- Sources, by name, with their sealed secrets in the order in which they were made; see SQLLibrary.query(_:of:).
-- → workspace_id bigint, source_id bigint, connector text, name text, settings jsonb, created_at timestamptz,
--   disabled_at timestamptz, secret_ids bigint[], sealed bytea[], not_before timestamptz[], expires_at timestamptz[]
-- Relies on source_secret_pkey.
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
FROM (
<rows>
) AS s
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
ORDER BY s.name;
