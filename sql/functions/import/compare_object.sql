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
    -- What the object says of its own age, under the names that the vendor's kinds have for it: when it was made, when it last
    -- changed (NULL: never, or it does not say), and whether it would say. A time that cannot be read counts as none.
    times record;
    seen record;
BEGIN
    SELECT
        hooklog.parse_time(hooklog.text(object, m.made)) AS made_at,
        hooklog.parse_time(hooklog.text(object, m.changed)) AS changed_at,
        object ? m.changed AS tells_changes
    INTO times
    FROM (
        SELECT coalesce(max(k.created_key), 'created_at') AS made, coalesce(max(k.updated_key), 'updated_at') AS changed
        FROM hooklog.object_kinds(connector) AS k
        OFFSET 0
    ) AS m;
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
