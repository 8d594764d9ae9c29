-- An object of Pivotal's for a command, by display_id or, when that is NULL, by id; also one that is deleted. Of several with
-- one display_id it is one that is not deleted, if there is one. No row when there is none.
-- Relies on the primary key and the display_id index of hooklog.<kind>; for the ranges see hooklog.resolve_customer().
-- for: kind = contact; also = , customer_id text; also_read = , t.customer_id
-- for: kind = customer; also = , status text; also_read = , t.status
-- for: kind = onboarding; also = ; also_read =
CREATE OR REPLACE FUNCTION hooklog.find_<kind>(
    workspace bigint, live boolean, wanted_display_id bigint, wanted_id text
) RETURNS TABLE (
    entity_id text, display_id bigint, document jsonb, created_at timestamptz, updated_at timestamptz,
    deleted_at timestamptz<also>
)
LANGUAGE plpgsql STABLE ROWS 1
SET search_path = pg_catalog, pg_temp
SET enable_sort = off
AS $$
#variable_conflict use_column
BEGIN
    IF wanted_display_id IS NULL THEN
        RETURN QUERY
        SELECT t.entity_id, t.display_id, t.document, t.created_at, t.updated_at, t.deleted_at<also_read>
        FROM hooklog.<kind> AS t
        WHERE t.workspace_id = workspace
            AND t.livemode = live
            AND t.system = 'pivotal'
            AND t.entity_type = '<kind>'
            AND t.entity_id BETWEEN wanted_id AND wanted_id
        ORDER BY t.entity_id
        LIMIT 1;
        RETURN;
    END IF;
    RETURN QUERY
    SELECT t.entity_id, t.display_id, t.document, t.created_at, t.updated_at, t.deleted_at<also_read>
    FROM hooklog.<kind> AS t
    WHERE t.workspace_id = workspace
        AND t.livemode = live
        AND t.system = 'pivotal'
        AND t.display_id BETWEEN wanted_display_id AND wanted_display_id
        AND t.deleted_at IS NULL
    ORDER BY t.display_id
    LIMIT 1;
    IF NOT FOUND THEN
        RETURN QUERY
        SELECT t.entity_id, t.display_id, t.document, t.created_at, t.updated_at, t.deleted_at<also_read>
        FROM hooklog.<kind> AS t
        WHERE t.workspace_id = workspace
            AND t.livemode = live
            AND t.system = 'pivotal'
            AND t.display_id BETWEEN wanted_display_id AND wanted_display_id
        ORDER BY t.display_id
        LIMIT 1;
    END IF;
END
$$;
