-- The body of the answer to a write that succeeded: the object as its vendor's surface shows it, unless the vendor answers
-- in a way of its own, by hooklog.written_VENDOR(). NULL when the object is not there.
-- for: vendors = @connectors/*/written_*
CREATE OR REPLACE FUNCTION hooklog.render_written(write hooklog.object_write, template json) RETURNS json
LANGUAGE plpgsql STABLE AS $$
BEGIN
    CASE write.system
<vendors:        WHEN '*' THEN
            RETURN hooklog.written_*(write);
>        ELSE
            RETURN (
                SELECT hooklog.render_object(
                    write.workspace, write.live, write.system, write.entity_type, f.document, template, NULL)
                FROM hooklog.find_object(
                    write.workspace, write.live, write.system, write.entity_type, write.own_id) AS f
            );
    END CASE;
END
$$;
