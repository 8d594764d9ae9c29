-- The rows of a page (see page_events.sql, where h is the head) that has the events of one entity, in whatever system it is.
-- $8 entity_type text, $9 entity_id text, $10 systems to look in text[]
-- Relies on event_entity_idx: it reads the entity's own history only.
SELECT p.*
FROM unnest($10::text[]) AS known (system)
CROSS JOIN LATERAL (
    SELECT p.position, p.received_at, p.size
    FROM hooklog.event AS p
    WHERE p.workspace_id = $1
        AND p.livemode = $2
        AND p.system = known.system
        AND p.entity_type = $8
        AND p.entity_id = $9
        AND p.position > $3
        AND p.position <= h.position
        AND ($6::text IS NULL OR p.type = $6)
    OFFSET 0
) AS p
ORDER BY p.position
LIMIT $4
