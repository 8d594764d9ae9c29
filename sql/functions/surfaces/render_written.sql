-- The body of the answer to a write that succeeded: the object as its vendor's surface shows it, unless the vendor answers
-- in a way of its own, by hooklog.written_VENDOR(). NULL when the object is not there.
-- for: vendors = @connectors/*/written_*
CREATE OR REPLACE FUNCTION hooklog.render_written(
    workspace bigint, live boolean, system text, entity_type text, verb text, own_id text, template json
) RETURNS json
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    CASE system
<vendors:        WHEN '*' THEN
            RETURN hooklog.written_*(workspace, live, entity_type, verb, own_id);
>        ELSE
            RETURN (
                SELECT hooklog.render_object(workspace, live, system, entity_type, f.document, template, NULL)
                FROM hooklog.find_object(workspace, live, system, entity_type, own_id) AS f
            );
    END CASE;
END
$$;
