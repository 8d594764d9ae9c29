-- The event of a write to an object, as a list for hooklog.record_objects(); an empty one for an update that changes
-- nothing. The document is the whole object, with the time of the write where its kind keeps one.
--
-- wanted_id: the object's, NULL for a new one; usual: what an object has that nothing was said of; since: when it last
-- changed.
CREATE OR REPLACE FUNCTION hooklog.object_event(
    workspace bigint,
    live boolean,
    system text,
    entity_type text,
    verb text,
    wanted_id text,
    present jsonb,
    since timestamptz,
    usual jsonb,
    attributes jsonb
) RETURNS jsonb
LANGUAGE plpgsql VOLATILE
SET search_path = pg_catalog, pg_temp
SET TimeZone = 'UTC'
AS $$
#variable_conflict use_column
DECLARE
    now_text constant text := hooklog.render_time(clock_timestamp());
    kind record;
    changes jsonb;
    document jsonb := present;
BEGIN
    SELECT k.created_key, k.updated_key, k.is_touched INTO STRICT kind
    FROM hooklog.surface_kind(system, entity_type) AS k;
    IF verb = 'create' THEN
        document := usual || attributes
            || jsonb_build_object(
                'id', hooklog.new_object_id(workspace, live, system, entity_type), kind.created_key, now_text)
            || CASE WHEN kind.is_touched THEN jsonb_build_object(kind.updated_key, now_text) ELSE '{}' END;
    ELSIF verb = 'update' THEN
        SELECT c.changes INTO changes
        FROM hooklog.changed_attributes(usual || present, attributes) AS c;
        IF changes IS NULL THEN
            RETURN '[]';
        END IF;
        document := present || changes
            || CASE WHEN kind.updated_key IS NULL THEN '{}' ELSE jsonb_build_object(kind.updated_key, now_text) END;
    END IF;
    RETURN jsonb_build_array(jsonb_build_object(
        'type', entity_type || '.' || verb || 'd',
        'object_id', coalesce(wanted_id, document ->> 'id'),
        'document', document,
        'since', since));
END
$$;
