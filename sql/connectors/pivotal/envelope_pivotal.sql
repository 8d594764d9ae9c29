-- Pivotal: {id, type, created_at, org_id, livemode, api_version, data: {object, previous_attributes}}; one page of
-- theirs has the record as data itself. onboarding.task_completed tells of a task.
-- OFFSET 0 has each value read once: a function that is inlined reads its argument wherever it names it.
CREATE OR REPLACE FUNCTION hooklog.envelope_pivotal(payload jsonb, headers jsonb)
RETURNS TABLE (event_id text, type text, entity_type text, entity_id text, occurred_at timestamptz, livemode boolean)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 1 AS $$
    SELECT
        e.id,
        e.type,
        CASE e.type WHEN 'onboarding.task_completed' THEN 'task' ELSE split_part(e.type, '.', 1) END,
        hooklog.short_id(e.object_id),
        hooklog.parse_time(e.created_at),
        e.livemode
    FROM (
        SELECT
            hooklog.text(payload, 'id') AS id,
            hooklog.text(payload, 'type') AS type,
            hooklog.text(payload, 'created_at') AS created_at,
            hooklog.boolean(payload, 'livemode') AS livemode,
            hooklog.scalar(o.object, 'id') AS object_id
        FROM (SELECT hooklog.object_pivotal(payload) AS object OFFSET 0) AS o
        OFFSET 0
    ) AS e
$$;
