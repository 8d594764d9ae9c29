-- Samples of refused deliveries, the latest first.
-- $1 workspace_id bigint, $2 source_id bigint or NULL for all, $3 limit integer
-- → source_id bigint, received_at timestamptz, rejection_id bigint, reason text, header_names text[], body_sha256 bytea,
--   size bigint
-- Relies on rejected_delivery_pkey; the table is bounded.
SELECT
    d.source_id,
    d.received_at,
    d.rejection_id,
    d.reason,
    d.header_names,
    d.body_sha256,
    d.size
FROM hooklog.rejected_delivery AS d
WHERE d.workspace_id = $1
    AND ($2::bigint IS NULL OR d.source_id = $2)
UNION ALL
(
    SELECT
        c.source_id,
        c.received_at,
        0,
        'conflicting_body',
        '{}',
        c.body_sha256,
        octet_length(c.body)
    FROM hooklog.delivery_conflict AS c
    WHERE c.workspace_id = $1
        AND ($2::bigint IS NULL OR c.source_id = $2)
    ORDER BY c.received_at DESC
    LIMIT $3
)
ORDER BY received_at DESC, rejection_id DESC
LIMIT $3;
