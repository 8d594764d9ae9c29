-- An object of Pivotal's API by id as the API shows it; NULL when there is none or it is deleted.
-- Relies on the primary key of hooklog.<kind>; for the range see hooklog.find_object().
-- for: kind = contact; also_read =
-- for: kind = customer; also_read = , t.status
-- for: kind = onboarding; also_read =
CREATE OR REPLACE FUNCTION hooklog.show_<kind>(workspace bigint, live boolean, wanted_id text) RETURNS json
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
SET enable_sort = off
AS $$
#variable_conflict use_column
BEGIN
    RETURN (
        SELECT hooklog.render_<kind>(t.entity_id, t.document<also_read>, t.created_at, t.updated_at)
        FROM hooklog.<kind> AS t
        WHERE t.workspace_id = workspace
            AND t.livemode = live
            AND t.system = 'pivotal'
            AND t.entity_type = '<kind>'
            AND t.entity_id BETWEEN wanted_id AND wanted_id
            AND t.deleted_at IS NULL
        ORDER BY t.entity_id
        LIMIT 1
    );
END
$$;
