-- Whether there is an object with an id that is not deleted.
CREATE OR REPLACE FUNCTION hooklog.has_object(
    workspace bigint, live boolean, system text, entity_type text, wanted_id text
) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT
        FROM hooklog.find_object(workspace, live, system, entity_type, wanted_id) AS f
        WHERE f.deleted_at IS NULL
    )
$$;
