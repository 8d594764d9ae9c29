-- The customers of every system that match the indexed filters, in the order of a list: at most row_limit keys after
-- a place (updated_at, first_position), with what a search looks into. Not for use by itself: it checks no key.
--
-- wanted_email: as hooklog.email_key() has it: the customers that have a contact with it; every such one is read. A
-- row's first position is its own, so rows that share an updated_at keep one order and none is skipped at a page's
-- edge. Relies on the updated_at index and the primary key of hooklog.customer and the email index of
-- hooklog.contact; for the ranges see hooklog.find_object().
CREATE OR REPLACE FUNCTION hooklog.find_directory_customers(
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
    system text, entity_type text, entity_id text, updated_at timestamptz, first_position bigint, name text, domain text
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
        SELECT c.system, c.entity_type, c.entity_id, c.updated_at, c.first_position, c.name, c.domain
        FROM unnest(systems) AS known (system)
        CROSS JOIN LATERAL (
            SELECT DISTINCT e.customer_id
            FROM (
                SELECT t.customer_id
                FROM hooklog.contact AS t
                WHERE t.workspace_id = workspace
                    AND t.livemode = live
                    AND t.system = known.system
                    AND t.email BETWEEN wanted_email AND wanted_email
                    AND t.deleted_at IS NULL
                ORDER BY t.email
                OFFSET 0
            ) AS e
        ) AS e
        CROSS JOIN LATERAL (
            SELECT t.system, t.entity_type, t.entity_id, t.updated_at, t.first_position, t.name, t.domain
            FROM hooklog.customer AS t
            WHERE t.workspace_id = workspace
                AND t.livemode = live
                AND t.system = known.system
                AND t.entity_type = hooklog.customer_type(known.system)
                AND t.entity_id BETWEEN e.customer_id AND e.customer_id
                AND t.updated_at >= since
                AND CASE
                    WHEN ascending THEN (t.updated_at, t.first_position) > (place_at, place_position)
                    ELSE (t.updated_at, t.first_position) < (place_at, place_position)
                END
                AND (with_deleted OR t.deleted_at IS NULL)
            ORDER BY t.entity_id
            LIMIT 1
        ) AS c
        ORDER BY
            CASE WHEN ascending THEN c.updated_at END,
            CASE WHEN ascending THEN c.first_position END,
            c.updated_at DESC,
            c.first_position DESC
        LIMIT row_limit;
    ELSIF ascending THEN
        RETURN QUERY
        SELECT c.system, c.entity_type, c.entity_id, c.updated_at, c.first_position, c.name, c.domain
        FROM unnest(systems) AS known (system)
        CROSS JOIN LATERAL (
            SELECT t.system, t.entity_type, t.entity_id, t.updated_at, t.first_position, t.name, t.domain
            FROM hooklog.customer AS t
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
        SELECT c.system, c.entity_type, c.entity_id, c.updated_at, c.first_position, c.name, c.domain
        FROM unnest(systems) AS known (system)
        CROSS JOIN LATERAL (
            SELECT t.system, t.entity_type, t.entity_id, t.updated_at, t.first_position, t.name, t.domain
            FROM hooklog.customer AS t
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
