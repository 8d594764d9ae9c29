-- The answer to a write of Pivotal's API: the object as it is now, or that it is deleted. See hooklog.render_written().
CREATE OR REPLACE FUNCTION hooklog.written_pivotal(
    workspace bigint, live boolean, entity_type text, verb text, own_id text
) RETURNS json
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF verb = 'delete' THEN
        RETURN (
            SELECT json_build_object(
                'object', 'deleted',
                'id', f.entity_id,
                'display_id', hooklog.integer(f.document, 'display_id'),
                'deleted', true)
            FROM hooklog.find_object(workspace, live, 'pivotal', entity_type, own_id) AS f
        );
    END IF;
    RETURN CASE entity_type
        WHEN 'contact' THEN hooklog.show_contact(workspace, live, own_id)
        WHEN 'customer' THEN hooklog.show_customer(workspace, live, own_id)
        WHEN 'onboarding' THEN hooklog.show_onboarding(workspace, live, own_id)
    END;
END
$$;
