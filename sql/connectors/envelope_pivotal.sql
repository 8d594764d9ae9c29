-- Pivotal: {id, type, created_at, org_id, livemode, api_version, data: {object, previous_attributes}}; one page of
-- theirs has the record as data itself. onboarding.task_completed tells of a task.
CREATE OR REPLACE FUNCTION hooklog.envelope_pivotal(payload jsonb, headers jsonb)
RETURNS TABLE (event_id text, type text, entity_type text, entity_id text, occurred_at timestamptz, livemode boolean)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 1 AS $$
    SELECT
        hooklog.text(payload, 'id'),
        hooklog.text(payload, 'type'),
        CASE hooklog.text(payload, 'type')
            WHEN 'onboarding.task_completed' THEN 'task'
            ELSE split_part(hooklog.text(payload, 'type'), '.', 1)
        END,
        hooklog.document_id(o.object, 'id'),
        hooklog.parse_time(hooklog.text(payload, 'created_at')),
        hooklog.boolean(payload, 'livemode')
    FROM (SELECT hooklog.object_pivotal(payload) AS object OFFSET 0) AS o
$$;
