-- The body of the fold of a table with one row per event. See create_fold_function.
CREATE OR REPLACE FUNCTION hooklog.event_fold_template() RETURNS text
LANGUAGE sql IMMUTABLE AS $template$
    SELECT $body$
#variable_conflict use_column
BEGIN
    INSERT INTO <table> (
        workspace_id, position, received_at, occurred_at, livemode, system, type, entity_type, entity_id, document,
        event_id<columns>
    )
    SELECT
        m.workspace_id, m.position, m.received_at, m.occurred_at, m.livemode, m.system, m.type, m.entity_type,
        m.entity_id, m.document, m.event_id<columns>
    FROM (
        SELECT
            e.workspace_id, e.position, e.received_at, e.occurred_at, e.livemode, e.system, e.type, e.entity_type,
            e.entity_id, hooklog.document(e.system, e.type, e.payload) AS document, e.event_id
        FROM (
            SELECT
                e.workspace_id, e.position, e.received_at, e.occurred_at, e.livemode, e.system, e.type, e.entity_type,
                e.entity_id, e.event_id, e.payload
            FROM hooklog.event AS e
            WHERE e.workspace_id = workspace
                AND e.position > after
                AND e.position <= upto
                AND e.received_at BETWEEN since AND until
            OFFSET 0
        ) AS e
        WHERE <accepts>
            AND e.position <> ALL (excluded)
    ) AS m
    CROSS JOIN LATERAL (<select>) AS c
    ON CONFLICT DO NOTHING;
END
$body$
$template$;
