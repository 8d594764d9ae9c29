-- The body of the fold of a table with one row per entity. See create_table_functions.
--
-- Everything is one static statement with nothing for the planner to get wrong on an empty table: the page is read by
-- position (see page_source); the row that exists is found by ON CONFLICT, through the primary key and no other index.
-- The page is grouped by entity_id first, since sorting compares the first column cheapest and that one differs most.
-- A row that already holds a later event than the page's first is left alone here and goes to the late fold; so does one
-- of which a note is due where its members were carried last, see place_members.
-- An entity whose members have outgrown their room (see outgrows) is from then on what its newest event says.
CREATE OR REPLACE FUNCTION hooklog.entity_fold_template() RETURNS text
LANGUAGE sql IMMUTABLE AS $template$
    SELECT $body$
#variable_conflict use_column
DECLARE
    late record;
    outgrown bigint[];
BEGIN
    WITH folded AS MATERIALIZED (
        SELECT
            g.workspace_id,
            g.livemode,
            g.system,
            g.entity_type,
            g.entity_id,
            CASE
                WHEN g.outgrown
                    THEN hooklog.newest_document(workspace, g.positions[cardinality(g.positions)], since, until)
                ELSE g.document
            END AS document,
            g.first_at,
            g.last_at,
            g.positions,
            g.deletions,
            g.unfolded,
            g.outgrown,
            g.bytes,
            CASE WHEN NOT g.outgrown THEN g.sizes END AS sizes,
            CASE
                WHEN g.lowest_sequence = g.highest_sequence THEN g.lowest_sequence
                ELSE hooklog.sequence_of(workspace, g.positions[1], since, until)
            END AS first_sequence,
            CASE
                WHEN g.lowest_sequence = g.highest_sequence THEN g.lowest_sequence
                ELSE hooklog.sequence_of(workspace, g.positions[cardinality(g.positions)], since, until)
            END AS last_sequence
        FROM (
            SELECT
                m.*,
                (m.sizes IS NOT NULL OR pg_column_size(m.document) > 4096)
                    AND hooklog.outgrows(m.document, m.sizes) AS outgrown
            FROM (
                SELECT
                    workspace AS workspace_id,
                    p.livemode,
                    p.system,
                    p.entity_type,
                    p.entity_id,
                    hooklog.merge(p.document ORDER BY p.occurred_at, p.sequence, p.position)
                        FILTER (WHERE p.accepted) AS document,
                    min(p.occurred_at) FILTER (WHERE p.accepted) AS first_at,
                    max(p.occurred_at) FILTER (WHERE p.accepted) AS last_at,
                    array_agg(p.position ORDER BY p.occurred_at, p.sequence, p.position)
                        FILTER (WHERE p.accepted) AS positions,
                    min(p.sequence) FILTER (WHERE p.accepted) AS lowest_sequence,
                    max(p.sequence) FILTER (WHERE p.accepted) AS highest_sequence,
                    array_agg(p.position) FILTER (WHERE p.accepted AND hooklog.deletes(p.type)) AS deletions,
                    count(*) FILTER (WHERE NOT p.accepted) AS unfolded,
                    sum(p.size + hooklog.event_overhead()) FILTER (WHERE p.accepted) AS bytes,
                    hooklog.sizes(p.document) FILTER (WHERE p.accepted AND pg_column_size(p.document) > 512) AS sizes
                FROM (
                    SELECT
                        e.livemode,
                        e.system,
                        e.entity_type,
                        e.entity_id,
                        e.occurred_at,
                        e.sequence,
                        e.position,
                        e.type,
                        e.size,
                        e.document,
                        e.entity_id IS NOT NULL AND coalesce(jsonb_typeof(e.document) = 'object', false) AS accepted
                    FROM <page> AS e
                    WHERE e.position NOT IN (SELECT unnest(refused))
                ) AS p
                GROUP BY p.entity_id, p.livemode, p.system, p.entity_type
                OFFSET 0
            ) AS m
            OFFSET 0
        ) AS g
    ),
    written AS (
        INSERT INTO <table> AS t (
            workspace_id, livemode, system, entity_type, entity_id, document, created_at, updated_at, deleted_at,
            first_position, position, outgrown, member_sizes, refused_sqlstate, first_sequence, last_sequence,
            folded_bytes<columns>
        )
        SELECT
            m.workspace_id,
            m.livemode,
            m.system,
            m.entity_type,
            m.entity_id,
            m.document,
            m.first_at,
            m.last_at,
            CASE WHEN m.positions[cardinality(m.positions)] = ANY (m.deletions) THEN m.last_at END,
            m.positions[1],
            m.positions[cardinality(m.positions)],
            m.outgrown,
            m.sizes,
            <self>.refusal,
            m.first_sequence,
            m.last_sequence,
            m.bytes<values>
        FROM folded AS m
        LEFT JOIN LATERAL (<columns_unless_refused>) AS c ON true
        WHERE m.document IS NOT NULL
        ON CONFLICT (workspace_id, livemode, system, entity_type, entity_id) DO UPDATE
        SET updated_at = excluded.updated_at,
            deleted_at = excluded.deleted_at,
            position = excluded.position,
            refused_sqlstate = excluded.refused_sqlstate,
            last_sequence = excluded.last_sequence,
            folded_bytes = coalesce(t.folded_bytes, 0) + excluded.folded_bytes,
            (document, outgrown, member_sizes<columns>) = (
                SELECT m.document, m.outgrown, m.member_sizes<values>
                FROM (
                    SELECT
                        t.workspace_id,
                        t.livemode,
                        t.system,
                        t.entity_type,
                        t.entity_id,
                        CASE
                            WHEN g.outgrown
                                THEN hooklog.newest_document(
                                    <self>.workspace, excluded.position, <self>.since, <self>.until)
                            ELSE g.document
                        END AS document,
                        g.outgrown,
                        CASE WHEN NOT g.outgrown THEN g.member_sizes END AS member_sizes
                    FROM (
                        SELECT
                            m.document,
                            m.member_sizes,
                            t.outgrown
                                OR excluded.outgrown
                                OR (m.member_sizes IS NOT NULL OR pg_column_size(m.document) > 4096)
                                    AND hooklog.outgrows(m.document, m.member_sizes) AS outgrown
                        FROM (
                            SELECT
                                t.document || excluded.document AS document,
                                CASE
                                    WHEN t.member_sizes IS NULL THEN excluded.member_sizes
                                    ELSE hooklog.larger_sizes(t.member_sizes, excluded.member_sizes)
                                END AS member_sizes
                            OFFSET 0
                        ) AS m
                        OFFSET 0
                    ) AS g
                    OFFSET 0
                ) AS m
                LEFT JOIN LATERAL (<columns_unless_refused>) AS c ON true)
        WHERE (t.updated_at, t.last_sequence, t.position)
            < (excluded.created_at, excluded.first_sequence, excluded.first_position)
            AND coalesce(t.folded_bytes, 0) / hooklog.stamp_interval()
                = (coalesce(t.folded_bytes, 0) + excluded.folded_bytes) / hooklog.stamp_interval()
        RETURNING t.livemode, t.system, t.entity_type, t.entity_id, t.outgrown, t.position
    )
    SELECT
        array_agg(f.livemode) FILTER (WHERE f.is_late) AS livemodes,
        array_agg(f.system) FILTER (WHERE f.is_late) AS systems,
        array_agg(f.entity_type) FILTER (WHERE f.is_late) AS entity_types,
        array_agg(f.entity_id) FILTER (WHERE f.is_late) AS entity_ids,
        sum(f.unfolded)::bigint AS unfolded,
        (
            -- The table as it was before this statement.
            SELECT array_agg(w.position)
            FROM written AS w
            WHERE w.outgrown
                AND NOT EXISTS (
                    SELECT
                    FROM <table> AS t
                    WHERE t.workspace_id = <self>.workspace
                        AND t.livemode = w.livemode
                        AND t.system = w.system
                        AND t.entity_type = w.entity_type
                        AND t.entity_id = w.entity_id
                        AND t.outgrown
                )
        ) AS outgrown
    INTO late
    FROM (
        SELECT
            f.livemode,
            f.system,
            f.entity_type,
            f.entity_id,
            f.unfolded,
            n.some_late
                AND f.document IS NOT NULL
                AND (f.livemode, f.system, f.entity_type, f.entity_id) NOT IN (
                    SELECT w.livemode, w.system, w.entity_type, w.entity_id
                    FROM written AS w
                ) AS is_late
        FROM (
            SELECT (SELECT count(*) FROM written) < (SELECT count(f.document) FROM folded AS f) AS some_late
            OFFSET 0
        ) AS n
        CROSS JOIN folded AS f
        OFFSET 0
    ) AS f;

    outgrown := late.outgrown;
    IF late.entity_ids IS NOT NULL THEN
        outgrown := outgrown || <late_function>(
            workspace, after, upto, since, until, horizon, refused, refusal,
            late.livemodes, late.systems, late.entity_types, late.entity_ids);
    END IF;
    RETURN coalesce(late.unfolded, 0) || outgrown;
END
$body$
$template$;
