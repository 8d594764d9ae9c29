-- A page of a workspace's events after a position; see SQLLibrary.query(_:of:).
-- $1 workspace_id bigint, $2 livemode boolean, $3 after bigint, $4 limit integer, $5 bytes bigint, $6 type text or NULL,
-- $7 positions to look at bigint, and what else the rows are chosen by
-- → head bigint, scanned_to bigint, found bigint (before the limit in bytes), position bigint, source_id bigint,
--   fields text, is_json boolean, body bytea, mended bytea (in its place); one row with NULLs for an empty page, none for
--   an unknown workspace
-- Relies on event_pkey; OFFSET 0 has each event of the page found by it, whatever the planner thinks of the page's size.
-- The page is cut before any body is read.
SELECT
    h.position AS head,
    least(h.position, $3 + $7) AS scanned_to,
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
        e.*
    FROM (
        SELECT
            x.position,
            x.received_at,
            count(*) OVER () AS found,
            row_number() OVER (ORDER BY x.position) AS nth,
            sum(x.size) OVER (ORDER BY x.position) AS bytes
        FROM (
<rows>
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
