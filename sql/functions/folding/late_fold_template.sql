-- The body of the fold of the entities in a page that have late events: an event is late when its row already holds a later one,
-- and of a late event only those keys count that no accepted event after it, up to the horizon, carries: see
-- place_members, which also notes where each key was carried last. For that note alone come entities that had many events
-- since the last one; so the cost of a late event does not grow with an entity's history.
-- An entity that has outgrown its room is what its newest event says.
--
-- Planned anew each time (plan_cache_mode), since it joins: it runs only when something is late.
-- Returns the newest positions of the entities that outgrew their room here. Relies on event_pkey for the page.
CREATE OR REPLACE FUNCTION hooklog.late_fold_template() RETURNS text
LANGUAGE sql IMMUTABLE AS $template$
    SELECT $body$
#variable_conflict use_column
<<step>>
DECLARE
    -- Under names that, with the label, no column of a projection hides.
    refused_with constant text := refusal;
    page_workspace constant bigint := workspace;
    newly_outgrown bigint[];
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
            t.position,
            t.outgrown,
            t.member_sizes,
            t.first_sequence,
            t.last_sequence,
            t.folded_bytes,
            t.member_stamps
        FROM unnest(livemodes, systems, entity_types, entity_ids) AS k (livemode, system, entity_type, entity_id)
        JOIN <table> AS t
            ON t.workspace_id = step.page_workspace
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
            e.sequence,
            e.position,
            e.size + hooklog.event_overhead() AS bytes,
            hooklog.deletes(e.type) AS deletes,
            e.document,
            (e.occurred_at, e.sequence, e.position) < (k.updated_at, k.last_sequence, k.position) AS late
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
            p.livemode, p.system, p.entity_type, p.entity_id, p.occurred_at, p.sequence, p.position
        FROM page AS p
        ORDER BY p.livemode, p.system, p.entity_type, p.entity_id, p.occurred_at, p.sequence, p.position
    ),
    newer AS MATERIALIZED (
        SELECT
            p.livemode,
            p.system,
            p.entity_type,
            p.entity_id,
            hooklog.merge(p.document ORDER BY p.occurred_at, p.sequence, p.position) AS document,
            max(p.occurred_at) AS last_at,
            array_agg(p.position ORDER BY p.occurred_at DESC, p.sequence DESC, p.position DESC) AS positions,
            array_agg(p.sequence ORDER BY p.occurred_at DESC, p.sequence DESC, p.position DESC) AS sequences,
            array_agg(p.deletes ORDER BY p.occurred_at DESC, p.sequence DESC, p.position DESC) AS deletes
        FROM page AS p
        WHERE NOT p.late
        GROUP BY p.livemode, p.system, p.entity_type, p.entity_id
    ),
    -- What room the page's documents take, whatever order they come in.
    whole AS MATERIALIZED (
        SELECT
            p.livemode,
            p.system,
            p.entity_type,
            p.entity_id,
            sum(p.bytes)::bigint AS bytes,
            hooklog.merge(p.document) AS document,
            hooklog.sizes(p.document) FILTER (WHERE pg_column_size(p.document) > 512) AS sizes
        FROM page AS p
        GROUP BY p.livemode, p.system, p.entity_type, p.entity_id
    ),
    older AS MATERIALIZED (
        SELECT
            p.livemode,
            p.system,
            p.entity_type,
            p.entity_id,
            array_agg(p.document ORDER BY p.occurred_at, p.sequence, p.position) AS documents,
            array_agg(p.occurred_at ORDER BY p.occurred_at, p.sequence, p.position) AS times,
            array_agg(p.sequence ORDER BY p.occurred_at, p.sequence, p.position) AS sequences,
            array_agg(p.position ORDER BY p.occurred_at, p.sequence, p.position) AS positions
        FROM page AS p
        WHERE p.late
        GROUP BY p.livemode, p.system, p.entity_type, p.entity_id
    ),
    gathered AS MATERIALIZED (
        SELECT
            k.livemode,
            k.system,
            k.entity_type,
            k.entity_id,
            k.document AS old_document,
            n.document AS newer_document,
            k.member_stamps,
            o.documents,
            o.times,
            o.sequences,
            o.positions,
            least(k.created_at, f.occurred_at) AS created_at,
            greatest(k.updated_at, n.last_at) AS updated_at,
            CASE
                WHEN n.deletes IS NULL THEN k.deleted_at
                WHEN n.deletes[1] THEN n.last_at
            END AS deleted_at,
            CASE WHEN f.is_first THEN f.position ELSE k.first_position END AS first_position,
            CASE WHEN f.is_first THEN f.sequence ELSE k.first_sequence END AS first_sequence,
            coalesce(n.positions[1], k.position) AS position,
            coalesce(n.sequences[1], k.last_sequence) AS last_sequence,
            n.positions IS NOT NULL AS is_newer,
            k.outgrown AS was_outgrown,
            k.outgrown OR hooklog.outgrows(k.document || w.document, z.sizes) AS outgrown,
            z.sizes AS member_sizes,
            coalesce(k.folded_bytes, 0) + w.bytes AS folded_bytes
        FROM entity AS k
        CROSS JOIN LATERAL (
            SELECT
                f.*,
                (f.occurred_at, f.sequence, f.position) < (k.created_at, k.first_sequence, k.first_position) AS is_first
            FROM earliest AS f
            WHERE f.livemode = k.livemode
                AND f.system = k.system
                AND f.entity_type = k.entity_type
                AND f.entity_id = k.entity_id
            OFFSET 0
        ) AS f
        JOIN whole AS w
            ON w.livemode = k.livemode
            AND w.system = k.system
            AND w.entity_type = k.entity_type
            AND w.entity_id = k.entity_id
        CROSS JOIN LATERAL (SELECT hooklog.larger_sizes(k.member_sizes, w.sizes) AS sizes OFFSET 0) AS z
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
    ),
    merged AS MATERIALIZED (
        SELECT
            workspace AS workspace_id,
            g.livemode,
            g.system,
            g.entity_type,
            g.entity_id,
            CASE
                WHEN NOT g.outgrown THEN g.old_document || s.members || coalesce(g.newer_document, '{}')
                WHEN g.is_newer OR NOT g.was_outgrown
                    THEN hooklog.newest_document(workspace, g.position, '-infinity', until)
                ELSE g.old_document
            END AS document,
            g.created_at,
            g.updated_at,
            g.deleted_at,
            g.first_position,
            g.first_sequence,
            g.position,
            g.last_sequence,
            g.outgrown,
            g.was_outgrown,
            CASE WHEN NOT g.outgrown THEN g.member_sizes END AS member_sizes,
            g.folded_bytes,
            s.stamps AS member_stamps
        FROM gathered AS g
        LEFT JOIN LATERAL (
            SELECT s.*
            FROM hooklog.place_members(
                g.old_document || coalesce(g.newer_document, '{}'), g.member_stamps, g.documents, g.times, g.sequences,
                g.positions, g.updated_at, g.last_sequence, g.position, workspace, g.livemode, g.system, g.entity_type,
                g.entity_id, horizon, until, refused, <projection>, <generation>) AS s
            WHERE NOT g.outgrown
        ) AS s ON true
    ),
    written AS (
        INSERT INTO <table> AS t (
            workspace_id, livemode, system, entity_type, entity_id, document, created_at, updated_at, deleted_at,
            first_position, position, outgrown, member_sizes, refused_sqlstate, first_sequence, last_sequence,
            folded_bytes, member_stamps<columns>
        )
        SELECT
            m.workspace_id, m.livemode, m.system, m.entity_type, m.entity_id, m.document, m.created_at, m.updated_at,
            m.deleted_at, m.first_position, m.position, m.outgrown, m.member_sizes, step.refused_with,
            m.first_sequence, m.last_sequence, m.folded_bytes, m.member_stamps<values>
        FROM merged AS m
        LEFT JOIN LATERAL (<columns_unless_refused>) AS c ON true
        ON CONFLICT (workspace_id, livemode, system, entity_type, entity_id) DO UPDATE
        SET document = excluded.document,
            created_at = excluded.created_at,
            updated_at = excluded.updated_at,
            deleted_at = excluded.deleted_at,
            first_position = excluded.first_position,
            position = excluded.position,
            outgrown = excluded.outgrown,
            member_sizes = excluded.member_sizes,
            refused_sqlstate = excluded.refused_sqlstate,
            first_sequence = excluded.first_sequence,
            last_sequence = excluded.last_sequence,
            folded_bytes = excluded.folded_bytes,
            member_stamps = excluded.member_stamps<replacements>
    )
    SELECT array_agg(m.position) INTO newly_outgrown
    FROM merged AS m
    WHERE m.outgrown
        AND NOT m.was_outgrown;
    RETURN newly_outgrown;
END
$body$
$template$;
