-- Whether one of these sources has delivered the event: one of the same id, system and payload.
-- Relies on delivery_pkey and event_pkey.
CREATE OR REPLACE FUNCTION hooklog.is_event_in_log(
    workspace bigint,
    sources bigint[],
    connector text,
    id text,
    payload jsonb
) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_variable
BEGIN
    RETURN EXISTS (
        SELECT
        FROM unnest(sources) AS s (source_id)
        CROSS JOIN LATERAL (
            SELECT d.position, d.received_at
            FROM hooklog.delivery AS d
            WHERE d.workspace_id = workspace
                AND d.source_id = s.source_id
                AND d.event_id = id
            OFFSET 0
        ) AS d
        CROSS JOIN LATERAL (
            SELECT e.system, e.payload
            FROM hooklog.event AS e
            WHERE e.workspace_id = workspace
                AND e.position = d.position
                AND e.received_at = d.received_at
            OFFSET 0
        ) AS e
        WHERE e.system = connector
            AND e.payload = payload);
END
$$;
