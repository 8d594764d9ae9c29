-- The answer to a write of Pivotal's API: the object as it is now, or that it is deleted. See hooklog.render_written().
-- for: kinds = contact customer onboarding
CREATE OR REPLACE FUNCTION hooklog.written_pivotal(write hooklog.object_write) RETURNS json
LANGUAGE plpgsql STABLE AS $$
BEGIN
    IF write.verb = 'delete' THEN
        RETURN (
            SELECT json_build_object(
                'object', 'deleted',
                'id', f.entity_id,
                'display_id', hooklog.integer(f.document, 'display_id'),
                'deleted', true)
            FROM hooklog.find_object(write.workspace, write.live, 'pivotal', write.entity_type, write.own_id) AS f
        );
    END IF;
    RETURN CASE write.entity_type
<kinds:        WHEN '*' THEN (hooklog.read_*(write.workspace, write.live, NULL, write.own_id)).body
>    END;
END
$$;
