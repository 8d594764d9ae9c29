-- The event of a write to an object, as a list for hooklog.record_objects(); an empty one for an update that changes
-- nothing. The document is the whole object, with the time of the write where its kind keeps one.
CREATE OR REPLACE FUNCTION hooklog.object_event(write hooklog.object_write) RETURNS jsonb
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    now_text constant text := hooklog.render_time(clock_timestamp());
    kind hooklog.object_kind;
    changes jsonb;
    document jsonb := write.present;
BEGIN
    SELECT k.* INTO STRICT kind FROM hooklog.surface_kind(write.system, write.entity_type) AS k;
    IF write.verb = 'create' THEN
        document := write.usual || write.attributes
            || jsonb_build_object('id', hooklog.new_object_id(write, kind.id_form), kind.created_key, now_text)
            || CASE WHEN kind.is_touched THEN jsonb_build_object(kind.updated_key, now_text) ELSE '{}' END;
    ELSIF write.verb = 'update' THEN
        SELECT c.changes INTO changes
        FROM hooklog.changed_attributes(write.usual || write.present, write.attributes) AS c;
        IF changes IS NULL THEN
            RETURN '[]';
        END IF;
        document := write.present || changes
            || CASE WHEN kind.updated_key IS NULL THEN '{}' ELSE jsonb_build_object(kind.updated_key, now_text) END;
    END IF;
    RETURN jsonb_build_array(jsonb_build_object(
        'type', write.entity_type || '.' || write.verb || 'd',
        'object_id', coalesce(write.own_id, document ->> 'id'),
        'document', document,
        'since', write.since));
END
$$;
