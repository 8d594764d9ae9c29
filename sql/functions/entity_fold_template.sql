-- The body of the fold of a table with one row per entity. See create_fold_function.
--
-- Everything is one static statement with nothing for the planner to get wrong on an empty table: the page is read by
-- position (see page_source); the row that exists is found by ON CONFLICT, through the primary key and no other index.
-- The page is grouped by entity_id first, since sorting compares the first column cheapest and that one differs most.
-- A row that already holds a later event than the page's first is left alone here and goes to the late fold.
-- Returns how many events the table reads and cannot fold: without an entity, or without an object.
CREATE OR REPLACE FUNCTION hooklog.entity_fold_template() RETURNS text
LANGUAGE sql IMMUTABLE AS $template$
    SELECT $body$
#variable_conflict use_column
DECLARE
    late record;
BEGIN
    WITH folded AS MATERIALIZED (
        SELECT
            workspace AS workspace_id,
            p.livemode,
            p.system,
            p.entity_type,
            p.entity_id,
            hooklog.merge(p.document ORDER BY p.occurred_at, p.position) FILTER (WHERE p.accepted) AS document,
            min(p.occurred_at) FILTER (WHERE p.accepted) AS first_at,
            max(p.occurred_at) FILTER (WHERE p.accepted) AS last_at,
            array_agg(p.position ORDER BY p.occurred_at, p.position) FILTER (WHERE p.accepted) AS positions,
            array_agg(p.position) FILTER (WHERE p.accepted AND hooklog.deletes(p.type)) AS deletions,
            count(*) FILTER (WHERE NOT p.accepted) AS unfolded
        FROM (
            SELECT
                e.livemode,
                e.system,
                e.entity_type,
                e.entity_id,
                e.occurred_at,
                e.position,
                e.type,
                e.document,
                e.entity_id IS NOT NULL AND coalesce(jsonb_typeof(e.document) = 'object', false) AS accepted
            FROM <page> AS e
            WHERE e.position NOT IN (SELECT unnest(refused))
        ) AS p
        GROUP BY p.entity_id, p.livemode, p.system, p.entity_type
    ),
    written AS (
        INSERT INTO <table> AS t (
            workspace_id, livemode, system, entity_type, entity_id, document, created_at, updated_at, deleted_at,
            first_position, position<columns>
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
            m.positions[cardinality(m.positions)]<columns>
        FROM folded AS m
        LEFT JOIN LATERAL (<select>) AS c ON true
        WHERE m.document IS NOT NULL
        ON CONFLICT (workspace_id, livemode, system, entity_type, entity_id) DO UPDATE
        SET document = t.document || excluded.document,
            updated_at = excluded.updated_at,
            deleted_at = excluded.deleted_at,
            position = excluded.position<assignments>
        WHERE (t.updated_at, t.position) < (excluded.created_at, excluded.first_position)
        RETURNING t.livemode, t.system, t.entity_type, t.entity_id
    )
    SELECT
        array_agg(f.livemode) FILTER (WHERE f.is_late) AS livemodes,
        array_agg(f.system) FILTER (WHERE f.is_late) AS systems,
        array_agg(f.entity_type) FILTER (WHERE f.is_late) AS entity_types,
        array_agg(f.entity_id) FILTER (WHERE f.is_late) AS entity_ids,
        sum(f.unfolded)::bigint AS unfolded
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

    IF late.entity_ids IS NOT NULL THEN
        PERFORM <late_function>(
            workspace, after, upto, since, until, horizon, refused,
            late.livemodes, late.systems, late.entity_types, late.entity_ids);
    END IF;
    RETURN coalesce(late.unfolded, 0);
END
$body$
$template$;
