-- The contacts of every system that match the indexed filters, or its internal contacts, in the order of a list: at most
-- row_limit keys after a place (updated_at, first_position), with what a search looks into. Not for use by itself: it
-- checks no key.
--
-- wanted_email: as hooklog.email_key() has it; every one that has it is read. A row's first position is its own, so rows
-- that share an updated_at keep one order and none is skipped at a page's edge. Relies on the updated_at and email
-- indexes of hooklog.<kind>; for the ranges see hooklog.find_object().
-- for: kind = contact
-- for: kind = internal_contact
CREATE OR REPLACE FUNCTION hooklog.find_directory_<kind>s(
    workspace bigint,
    live boolean,
    systems text[],
    ascending boolean,
    place_at timestamptz,
    place_position bigint,
    since timestamptz,
    wanted_email text,
    with_deleted boolean,
    row_limit integer
)
RETURNS TABLE (
    system text, entity_type text, entity_id text, updated_at timestamptz, first_position bigint, name text, email text
)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET enable_sort = off
SET enable_incremental_sort = off
AS $$
#variable_conflict use_column
BEGIN
    IF wanted_email IS NOT NULL THEN
        RETURN QUERY
        SELECT c.system, c.entity_type, c.entity_id, c.updated_at, c.first_position, c.name, c.email
        FROM unnest(systems) AS known (system)
        CROSS JOIN LATERAL (
            SELECT t.system, t.entity_type, t.entity_id, t.updated_at, t.first_position, t.name, t.email
            FROM hooklog.<kind> AS t
            WHERE t.workspace_id = workspace
                AND t.livemode = live
                AND t.system = known.system
                AND t.email BETWEEN wanted_email AND wanted_email
                AND t.updated_at >= since
                AND CASE
                    WHEN ascending THEN (t.updated_at, t.first_position) > (place_at, place_position)
                    ELSE (t.updated_at, t.first_position) < (place_at, place_position)
                END
                AND (with_deleted OR t.deleted_at IS NULL)
            ORDER BY t.email
            OFFSET 0
        ) AS c
        ORDER BY
            CASE WHEN ascending THEN c.updated_at END,
            CASE WHEN ascending THEN c.first_position END,
            c.updated_at DESC,
            c.first_position DESC
        LIMIT row_limit;
    ELSIF ascending THEN
        RETURN QUERY
        SELECT c.system, c.entity_type, c.entity_id, c.updated_at, c.first_position, c.name, c.email
        FROM unnest(systems) AS known (system)
        CROSS JOIN LATERAL (
            SELECT t.system, t.entity_type, t.entity_id, t.updated_at, t.first_position, t.name, t.email
            FROM hooklog.<kind> AS t
            WHERE t.workspace_id = workspace
                AND t.livemode = live
                AND t.system = known.system
                AND t.updated_at >= since
                AND (t.updated_at, t.first_position) > (place_at, place_position)
                AND (with_deleted OR t.deleted_at IS NULL)
            ORDER BY t.updated_at, t.first_position
            LIMIT row_limit
        ) AS c
        ORDER BY c.updated_at, c.first_position
        LIMIT row_limit;
    ELSE
        RETURN QUERY
        SELECT c.system, c.entity_type, c.entity_id, c.updated_at, c.first_position, c.name, c.email
        FROM unnest(systems) AS known (system)
        CROSS JOIN LATERAL (
            SELECT t.system, t.entity_type, t.entity_id, t.updated_at, t.first_position, t.name, t.email
            FROM hooklog.<kind> AS t
            WHERE t.workspace_id = workspace
                AND t.livemode = live
                AND t.system = known.system
                AND t.updated_at >= since
                AND (t.updated_at, t.first_position) < (place_at, place_position)
                AND (with_deleted OR t.deleted_at IS NULL)
            ORDER BY t.updated_at DESC, t.first_position DESC
            LIMIT row_limit
        ) AS c
        ORDER BY c.updated_at DESC, c.first_position DESC
        LIMIT row_limit;
    END IF;
END
$$;
