-- The body of the answer to a write that succeeded: the object as its vendor's surface shows it, or what the vendor says of
-- one that is deleted. NULL when the object is not there.
CREATE OR REPLACE FUNCTION hooklog.render_written(
    workspace bigint, live boolean, system text, entity_type text, verb text, own_id text, template json
) RETURNS json
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF system = 'pivotal' THEN
        RETURN hooklog.render_pivotal(workspace, live, entity_type, verb, own_id);
    END IF;
    RETURN (
        SELECT hooklog.render_object(workspace, live, system, entity_type, f.document, template, NULL)
        FROM hooklog.find_object(workspace, live, system, entity_type, own_id) AS f
    );
END
$$;
