-- A page of the events of one entity after a position, in whatever system it is.
-- $1 workspace_id bigint, $2 livemode boolean, $3 after bigint, $4 limit integer, $5 bytes bigint, $6 type text or NULL,
-- $7 entity_type text, $8 entity_id text, $9 systems to look in text[]
-- → the columns of list_events
-- Relies on event_entity_idx: it reads the entity's own history only; and on event_pkey as list_events does.
SELECT
    h.position AS head,
    h.position AS scanned_to,
    page.found,
    page.position,
    page.source_id,
    page.fields,
    page.is_json,
    page.body,
    page.mended
FROM hooklog.head($1) AS h
LEFT JOIN LATERAL (
    SELECT
        c.found,
        c.position,
        e.source_id,
        e.fields,
        e.is_json,
        e.body,
        e.mended
    FROM (
        SELECT
            x.position,
            x.received_at,
            count(*) OVER () AS found,
            row_number() OVER (ORDER BY x.position) AS nth,
            sum(x.size) OVER (ORDER BY x.position) AS bytes
        FROM (
            SELECT
                p.position,
                p.received_at,
                p.size
            FROM unnest($9::text[]) AS known (system)
            CROSS JOIN LATERAL (
                SELECT
                    p.position,
                    p.received_at,
                    p.size
                FROM hooklog.event AS p
                WHERE p.workspace_id = $1
                    AND p.livemode = $2
                    AND p.system = known.system
                    AND p.entity_type = $7
                    AND p.entity_id = $8
                    AND p.position > $3
                    AND p.position <= h.position
                    AND ($6::text IS NULL OR p.type = $6)
                OFFSET 0
            ) AS p
            ORDER BY p.position
            LIMIT $4
        ) AS x
    ) AS c
    CROSS JOIN LATERAL (
        SELECT
            e.source_id,
            hooklog.event_fields(e) AS fields,
            e.payload IS NOT NULL AS is_json,
            CASE WHEN e.payload IS NOT NULL AND e.payload_note IS NULL THEN e.body END AS body,
            hooklog.mended_body(e) AS mended
        FROM hooklog.event AS e
        WHERE e.workspace_id = $1
            AND e.position = c.position
            AND e.received_at = c.received_at
        OFFSET 0
    ) AS e
    WHERE c.nth = 1
        OR c.bytes <= $5
) AS page ON true
ORDER BY page.position;
