-- Compares an object that was read at a time with what the log says its entity is, now and at the object's own time.
--
-- is_known: the log has it. Else happened_at is the time of the event that the log lacks, anchor the position of the event
-- that it follows (0: none), and is_first whether it says that the object was made.
CREATE OR REPLACE FUNCTION hooklog.compare_object(
    workspace bigint,
    connector text,
    live boolean,
    at timestamptz,
    entity_type text,
    entity_id text,
    object jsonb,
    OUT is_known boolean,
    OUT happened_at timestamptz,
    OUT anchor bigint,
    OUT is_first boolean
)
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_variable
DECLARE
    times record;
    seen record;
BEGIN
    SELECT t.made_at, t.changed_at, t.tells_changes INTO times FROM hooklog.object_times(connector, object) AS t;
    seen := hooklog.is_object_in_log(workspace, connector, live, entity_type, entity_id, object, 'infinity');
    is_known := seen.is_shown;
    happened_at := CASE
        WHEN times.changed_at IS NOT NULL THEN times.changed_at
        WHEN times.tells_changes OR seen.anchor IS NULL THEN coalesce(times.made_at, at)
        ELSE at
    END;
    IF NOT is_known AND seen.anchor IS NOT NULL THEN
        seen := hooklog.is_object_in_log(workspace, connector, live, entity_type, entity_id, object, happened_at);
        is_known := seen.is_shown;
    END IF;
    anchor := coalesce(seen.anchor, 0);
    is_first := anchor = 0 AND coalesce(times.changed_at <= times.made_at, true);
END
$$;
