-- The body of the fold of the entities in a page that have late events: an event is late when its row already holds a later one,
-- and of a late event only those keys count that no accepted event after it, up to the horizon, carries.
--
-- Planned anew each time (plan_cache_mode), since it joins: it runs only when something is late.
-- Returns how many entities it wrote. Relies on event_pkey for the page and event_entity_idx for what came after each late event.
CREATE OR REPLACE FUNCTION hooklog.late_fold_template() RETURNS text
LANGUAGE sql IMMUTABLE AS $template$
    SELECT $body$
#variable_conflict use_column
DECLARE
    written bigint;
BEGIN
    WITH entity AS MATERIALIZED (
        SELECT
            k.livemode,
            k.system,
            k.entity_type,
            k.entity_id,
            t.document,
            t.created_at,
            t.updated_at,
            t.deleted_at,
            t.first_position,
            t.position
        FROM unnest(livemodes, systems, entity_types, entity_ids) AS k (livemode, system, entity_type, entity_id)
        JOIN <table> AS t
            ON t.workspace_id = workspace
            AND t.livemode = k.livemode
            AND t.system = k.system
            AND t.entity_type = k.entity_type
            AND t.entity_id = k.entity_id
    ),
    page AS MATERIALIZED (
        SELECT
            e.livemode,
            e.system,
            e.entity_type,
            e.entity_id,
            e.occurred_at,
            e.position,
            hooklog.deletes(e.type) AS deletes,
            e.document,
            (e.occurred_at, e.position) < (k.updated_at, k.position) AS late
        FROM <page> AS e
        JOIN entity AS k
            ON k.livemode = e.livemode
            AND k.system = e.system
            AND k.entity_type = e.entity_type
            AND k.entity_id = e.entity_id
        WHERE jsonb_typeof(e.document) = 'object'
            AND e.position NOT IN (SELECT unnest(refused))
    ),
    earliest AS MATERIALIZED (
        SELECT DISTINCT ON (p.livemode, p.system, p.entity_type, p.entity_id)
            p.livemode, p.system, p.entity_type, p.entity_id, p.occurred_at, p.position
        FROM page AS p
        ORDER BY p.livemode, p.system, p.entity_type, p.entity_id, p.occurred_at, p.position
    ),
    newer AS MATERIALIZED (
        SELECT
            p.livemode,
            p.system,
            p.entity_type,
            p.entity_id,
            hooklog.merge(p.document ORDER BY p.occurred_at, p.position) AS document,
            max(p.occurred_at) AS last_at,
            array_agg(p.position ORDER BY p.occurred_at DESC, p.position DESC) AS positions,
            array_agg(p.deletes ORDER BY p.occurred_at DESC, p.position DESC) AS deletes
        FROM page AS p
        WHERE NOT p.late
        GROUP BY p.livemode, p.system, p.entity_type, p.entity_id
    ),
    older AS MATERIALIZED (
        SELECT
            p.livemode,
            p.system,
            p.entity_type,
            p.entity_id,
            jsonb_object_agg(v.key, v.value) AS document
        FROM page AS p
        CROSS JOIN LATERAL jsonb_each(p.document) AS v
        WHERE p.late
            AND NOT EXISTS (
                SELECT
                FROM hooklog.event AS e
                WHERE e.workspace_id = workspace
                    AND e.livemode = p.livemode
                    AND e.system = p.system
                    AND e.entity_type = p.entity_type
                    AND e.entity_id = p.entity_id
                    AND (e.occurred_at, e.position) > (p.occurred_at, p.position)
                    AND e.position <= horizon
                    AND e.received_at <= until
                    AND <accepts>
                    AND e.position NOT IN (SELECT unnest(refused))
                    AND hooklog.document(e.system, e.type, e.payload) ? v.key
                    AND NOT EXISTS (
                        SELECT
                        FROM hooklog.dead_letter AS d
                        WHERE d.workspace_id = workspace
                            AND d.projection = <projection>
                            AND d.generation = <generation>
                            AND d.position = e.position
                            AND d.resolution IS DISTINCT FROM 'retried'
                    )
            )
        GROUP BY p.livemode, p.system, p.entity_type, p.entity_id
    ),
    merged AS (
        SELECT
            workspace AS workspace_id,
            k.livemode,
            k.system,
            k.entity_type,
            k.entity_id,
            k.document || coalesce(o.document, '{}') || coalesce(n.document, '{}') AS document,
            least(k.created_at, f.occurred_at) AS created_at,
            greatest(k.updated_at, n.last_at) AS updated_at,
            CASE
                WHEN n.deletes IS NULL THEN k.deleted_at
                WHEN n.deletes[1] THEN n.last_at
            END AS deleted_at,
            CASE
                WHEN (f.occurred_at, f.position) < (k.created_at, k.first_position) THEN f.position
                ELSE k.first_position
            END AS first_position,
            coalesce(n.positions[1], k.position) AS position
        FROM entity AS k
        JOIN earliest AS f
            ON f.livemode = k.livemode
            AND f.system = k.system
            AND f.entity_type = k.entity_type
            AND f.entity_id = k.entity_id
        LEFT JOIN newer AS n
            ON n.livemode = k.livemode
            AND n.system = k.system
            AND n.entity_type = k.entity_type
            AND n.entity_id = k.entity_id
        LEFT JOIN older AS o
            ON o.livemode = k.livemode
            AND o.system = k.system
            AND o.entity_type = k.entity_type
            AND o.entity_id = k.entity_id
    )
    INSERT INTO <table> AS t (
        workspace_id, livemode, system, entity_type, entity_id, document, created_at, updated_at, deleted_at,
        first_position, position<columns>
    )
    SELECT
        m.workspace_id, m.livemode, m.system, m.entity_type, m.entity_id, m.document, m.created_at, m.updated_at,
        m.deleted_at, m.first_position, m.position<columns>
    FROM merged AS m
    LEFT JOIN LATERAL (<select>) AS c ON true
    ON CONFLICT (workspace_id, livemode, system, entity_type, entity_id) DO UPDATE
    SET document = excluded.document,
        created_at = excluded.created_at,
        updated_at = excluded.updated_at,
        deleted_at = excluded.deleted_at,
        first_position = excluded.first_position,
        position = excluded.position<replacements>;
    GET DIAGNOSTICS written = ROW_COUNT;
    RETURN written;
END
$body$
$template$;
