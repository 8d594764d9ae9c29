-- How many deliveries were refused, exactly.
-- $1 workspace_id bigint, $2 source_id bigint or NULL for all
-- → source_id bigint, reason text, count bigint, last_received_at timestamptz, by source and reason
-- Relies on rejected_delivery_count_pkey and delivery_conflict_pkey.
SELECT
    c.source_id,
    c.reason,
    c.count,
    c.last_received_at
FROM hooklog.rejected_delivery_count AS c
WHERE c.workspace_id = $1
    AND ($2::bigint IS NULL OR c.source_id = $2)
UNION ALL
SELECT
    d.source_id,
    'conflicting_body',
    count(*),
    max(d.received_at)
FROM hooklog.delivery_conflict AS d
WHERE d.workspace_id = $1
    AND ($2::bigint IS NULL OR d.source_id = $2)
GROUP BY d.source_id
ORDER BY source_id, reason;
