-- Whether the log says that an entity was, at a time, what an object says it is: each member of the object is that of the
-- last event until then that has the member. And anchor: the position of the last event until then, or NULL.
--
-- Reads from the newest event back and ends at the first difference, or when every member was seen: mostly after one event.
-- It looks no further back than 200 events; an object that they do not show whole is appended once, and then is the newest.
-- Events that the read model has set aside or discarded count too: the log has them.
-- Relies on event_entity_idx.
CREATE OR REPLACE FUNCTION hooklog.is_object_in_log(
    workspace bigint,
    connector text,
    live boolean,
    entity_type text,
    entity_id text,
    object jsonb,
    at timestamptz,
    OUT is_shown boolean,
    OUT anchor bigint
)
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_variable
DECLARE
    -- The members that no event had yet.
    rest jsonb := object;
    told jsonb;
    step record;
    -- Leaves out the partitions of the months to come.
    until CONSTANT timestamptz := clock_timestamp() + interval '32 days';
    newest_first CURSOR FOR
        SELECT
            e.position,
            hooklog.deletes(e.type) AS deletes,
            hooklog.document(connector, e.type, e.payload) AS document
        FROM hooklog.event AS e
        WHERE e.workspace_id = workspace
            AND e.livemode = live
            AND e.system = connector
            AND e.entity_type = entity_type
            AND e.entity_id = entity_id
            AND e.occurred_at <= at
            AND e.received_at <= until
        ORDER BY e.occurred_at DESC, e.position DESC
        LIMIT 200;
BEGIN
    is_shown := false;
    OPEN newest_first;
    LOOP
        FETCH newest_first INTO step;
        EXIT WHEN NOT FOUND;
        CONTINUE WHEN jsonb_typeof(step.document) IS DISTINCT FROM 'object';
        EXIT WHEN anchor IS NULL AND step.deletes;
        anchor := coalesce(anchor, step.position);
        is_shown := step.document || rest = step.document;
        EXIT WHEN is_shown;
        SELECT jsonb_object_agg(m.key, m.value) INTO told FROM jsonb_each(rest) AS m WHERE step.document ? m.key;
        CONTINUE WHEN told IS NULL;
        EXIT WHEN step.document || told <> step.document;
        rest := rest - ARRAY(SELECT jsonb_object_keys(told));
    END LOOP;
    anchor := coalesce(anchor, step.position);
    CLOSE newest_first;
END
$$;
