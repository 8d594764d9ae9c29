-- The body of the function that folds every event of (after, upto] alone onto an empty document and throws the result
-- away: test_<table>_<generation>(workspace, after, upto, since, until). It fails with the SQLSTATE of the projection's
-- own SELECT when that refuses one of them.
CREATE OR REPLACE FUNCTION hooklog.test_template() RETURNS text
LANGUAGE sql IMMUTABLE AS $template$
    SELECT $body$
#variable_conflict use_column
DECLARE
    tested bigint;
BEGIN
    SELECT count(ROW (c.*)) INTO tested
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
    ) AS m
    CROSS JOIN LATERAL (<select>) AS c;
END
$body$
$template$;
