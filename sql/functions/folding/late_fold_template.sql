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
DECLARE
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
        JOIN <table> AS t USING (livemode, system, entity_type, entity_id)
        WHERE t.workspace_id = <self>.workspace
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
        JOIN entity AS k USING (livemode, system, entity_type, entity_id)
        WHERE jsonb_typeof(e.document) = 'object'
            AND e.position NOT IN (SELECT unnest(refused))
    ),
    -- All of an entity's events in the page, the late ones first. What room their documents take is the same in any order.
    history AS MATERIALIZED (
        SELECT
            p.livemode,
            p.system,
            p.entity_type,
            p.entity_id,
            array_agg(p.occurred_at ORDER BY p.occurred_at, p.sequence, p.position) AS times,
            array_agg(p.sequence ORDER BY p.occurred_at, p.sequence, p.position) AS sequences,
            array_agg(p.position ORDER BY p.occurred_at, p.sequence, p.position) AS positions,
            array_agg(p.deletes ORDER BY p.occurred_at, p.sequence, p.position) AS deletes,
            array_agg(p.document ORDER BY p.occurred_at, p.sequence, p.position) FILTER (WHERE p.late) AS late_documents,
            hooklog.merge(p.document ORDER BY p.occurred_at, p.sequence, p.position) FILTER (WHERE NOT p.late) AS newer_document,
            hooklog.merge(p.document) AS document,
            hooklog.sizes(p.document) FILTER (WHERE pg_column_size(p.document) > 512) AS sizes,
            sum(p.bytes)::bigint AS bytes
        FROM page AS p
        GROUP BY p.livemode, p.system, p.entity_type, p.entity_id
    ),
    gathered AS MATERIALIZED (
        SELECT
            k.livemode,
            k.system,
            k.entity_type,
            k.entity_id,
            k.document AS old_document,
            h.newer_document,
            k.member_stamps,
            h.late_documents,
            h.times,
            h.sequences,
            h.positions,
            least(k.created_at, h.times[1]) AS created_at,
            greatest(k.updated_at, h.times[z.last]) AS updated_at,
            CASE
                WHEN NOT z.is_newer THEN k.deleted_at
                WHEN h.deletes[z.last] THEN h.times[z.last]
            END AS deleted_at,
            CASE WHEN z.is_first THEN h.positions[1] ELSE k.first_position END AS first_position,
            CASE WHEN z.is_first THEN h.sequences[1] ELSE k.first_sequence END AS first_sequence,
            CASE WHEN z.is_newer THEN h.positions[z.last] ELSE k.position END AS position,
            CASE WHEN z.is_newer THEN h.sequences[z.last] ELSE k.last_sequence END AS last_sequence,
            z.is_newer,
            k.outgrown AS was_outgrown,
            k.outgrown OR hooklog.outgrows(k.document || h.document, z.sizes) AS outgrown,
            z.sizes AS member_sizes,
            coalesce(k.folded_bytes, 0) + h.bytes AS folded_bytes
        FROM entity AS k
        JOIN history AS h USING (livemode, system, entity_type, entity_id)
        CROSS JOIN LATERAL (
            SELECT
                cardinality(h.positions) AS last,
                (h.times[1], h.sequences[1], h.positions[1]) < (k.created_at, k.first_sequence, k.first_position) AS is_first,
                h.newer_document IS NOT NULL AS is_newer,
                hooklog.larger_sizes(k.member_sizes, h.sizes) AS sizes
            OFFSET 0
        ) AS z
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
                g.old_document || coalesce(g.newer_document, '{}'), g.member_stamps, g.late_documents, g.times, g.sequences,
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
            m.deleted_at, m.first_position, m.position, m.outgrown, m.member_sizes, <self>.refusal,
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
