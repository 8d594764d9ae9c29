-- The body of the fold of a table with one row per event. See create_table_functions.
CREATE OR REPLACE FUNCTION hooklog.event_fold_template() RETURNS text
LANGUAGE sql IMMUTABLE AS $template$
    SELECT $body$
#variable_conflict use_column
DECLARE
    unfolded bigint;
BEGIN
    WITH page AS MATERIALIZED (
        SELECT
            e.workspace_id, e.position, e.received_at, e.occurred_at, e.livemode, e.system, e.type, e.entity_type,
            e.entity_id, e.document, e.event_id, coalesce(jsonb_typeof(e.document) = 'object', false) AS accepted
        FROM <page> AS e
        WHERE e.position NOT IN (SELECT unnest(refused))
    ),
    written AS (
        INSERT INTO <table> (
            workspace_id, position, received_at, occurred_at, livemode, system, type, entity_type, entity_id, document,
            event_id, refused_sqlstate<columns>
        )
        SELECT
            m.workspace_id, m.position, m.received_at, m.occurred_at, m.livemode, m.system, m.type, m.entity_type,
            m.entity_id, m.document, m.event_id, <self>.refusal<values>
        FROM page AS m
        LEFT JOIN LATERAL (<columns_unless_refused>) AS c ON true
        WHERE m.accepted
        ON CONFLICT DO NOTHING
    )
    SELECT count(*) INTO unfolded
    FROM page AS p
    WHERE NOT p.accepted;
    RETURN ARRAY[unfolded];
END
$body$
$template$;
