-- The subquery "the events of a page that a table reads, each with its document", which every fold begins with.
-- OFFSET 0 keeps the conditions on system and type away from the scan, so that the page is read by position on an
-- empty table too, and has the document taken out of its payload once for each event instead of once for each use.
-- An event beyond the limit has none, and its payload is left where it is.
CREATE OR REPLACE FUNCTION hooklog.page_source(spec jsonb) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
    SELECT replace($source$(
            SELECT
                e.workspace_id, e.position, e.received_at, e.occurred_at, e.livemode, e.system, e.type, e.entity_type,
                e.entity_id, e.event_id, e.size, coalesce(e.sequence, hooklog.no_sequence()) AS sequence,
                CASE WHEN e.size <= hooklog.event_limit() THEN hooklog.document(e.system, e.type, e.payload) END AS document
            FROM (
                SELECT
                    e.workspace_id, e.position, e.received_at, e.occurred_at, e.livemode, e.system, e.type,
                    e.entity_type, e.entity_id, e.event_id, e.size, e.sequence, e.payload
                FROM hooklog.event AS e
                WHERE e.workspace_id = workspace
                    AND e.position > after
                    AND e.position <= upto
                    AND e.received_at BETWEEN since AND until
                OFFSET 0
            ) AS e
            WHERE <reads>
            OFFSET 0
        )$source$, '<reads>', hooklog.reads_condition(spec -> 'reads'))
$$;
