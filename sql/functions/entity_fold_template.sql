-- The body of the fold of a table with one row per entity. See create_fold_function.
--
-- Everything is one static statement with nothing for the planner to get wrong on an empty table: OFFSET 0 keeps the
-- conditions on system and type away from the scan, so the page is read by position; the row that exists is found by
-- ON CONFLICT, through the primary key and no other index. A row that already holds a later event than the page's first
-- is left alone here and goes to the late fold.
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
            hooklog.merge(p.document ORDER BY p.occurred_at, p.position) AS document,
            min(p.occurred_at) AS first_at,
            max(p.occurred_at) AS last_at,
            array_agg(p.position ORDER BY p.occurred_at, p.position) AS positions,
            array_agg(p.position) FILTER (WHERE p.deletes) AS deletions
        FROM (
            SELECT
                e.livemode,
                e.system,
                e.entity_type,
                e.entity_id,
                e.occurred_at,
                e.position,
                hooklog.deletes(e.type) AS deletes,
                hooklog.document(e.system, e.type, e.payload) AS document
            FROM (
                SELECT e.livemode, e.system, e.type, e.entity_type, e.entity_id, e.occurred_at, e.position, e.payload
                FROM hooklog.event AS e
                WHERE e.workspace_id = workspace
                    AND e.position > after
                    AND e.position <= upto
                    AND e.received_at BETWEEN since AND until
                OFFSET 0
            ) AS e
            WHERE <accepts>
                AND e.position <> ALL (excluded)
        ) AS p
        GROUP BY p.livemode, p.system, p.entity_type, p.entity_id
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
        CROSS JOIN LATERAL (<select>) AS c
        ON CONFLICT (workspace_id, livemode, system, entity_type, entity_id) DO UPDATE
        SET document = t.document || excluded.document,
            created_at = least(t.created_at, excluded.created_at),
            updated_at = excluded.updated_at,
            deleted_at = excluded.deleted_at,
            first_position = CASE
                WHEN t.created_at <= excluded.created_at THEN t.first_position
                ELSE excluded.first_position
            END,
            position = excluded.position<assignments>
        WHERE (t.updated_at, t.position) < (excluded.created_at, excluded.first_position)
        RETURNING t.livemode, t.system, t.entity_type, t.entity_id
    )
    SELECT
        array_agg(f.livemode) AS livemodes,
        array_agg(f.system) AS systems,
        array_agg(f.entity_type) AS entity_types,
        array_agg(f.entity_id) AS entity_ids
    INTO late
    FROM folded AS f
    LEFT JOIN written AS w
        ON w.livemode = f.livemode
        AND w.system = f.system
        AND w.entity_type = f.entity_type
        AND w.entity_id = f.entity_id
    WHERE w.entity_id IS NULL;

    IF late.entity_ids IS NOT NULL THEN
        PERFORM <late_function>(
            workspace, after, upto, since, until, horizon, excluded,
            late.livemodes, late.systems, late.entity_types, late.entity_ids);
    END IF;
END
$body$
$template$;
