-- The rows of a page (see page_events.sql, where h is the head) that has every event.
-- Relies on event_pkey. The time of the event at $3 prunes older partitions.
SELECT p.position, p.received_at, p.size
FROM hooklog.event AS p
WHERE p.workspace_id = $1
    AND p.livemode = $2
    AND p.position > $3
    AND p.position <= least(h.position, $3 + $7)
    AND p.received_at >= coalesce(
        (
            SELECT f.received_at
            FROM hooklog.event AS f
            WHERE f.workspace_id = $1
                AND f.position = $3
        ),
        '-infinity')
    AND ($6::text IS NULL OR p.type = $6)
ORDER BY p.position
LIMIT $4
