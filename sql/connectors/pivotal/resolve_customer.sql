-- The id of the customer that a path or filter names, by display_id or, when that is NULL, by id; NULL when there is
-- none or it is deleted. Where a vendor gave two customers one display_id, either is meant.
--
-- Plans are made against empty tables, where every index costs the same. What is sought is therefore written as a range
-- ordered by the index's own last column, and sorting is off: no other index gives that order.
CREATE OR REPLACE FUNCTION hooklog.resolve_customer(
    workspace bigint, live boolean, wanted_display_id bigint, wanted_id text
) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET enable_sort = off
AS $$
#variable_conflict use_column
BEGIN
    IF wanted_display_id IS NOT NULL THEN
        RETURN (
            SELECT c.entity_id
            FROM hooklog.customer AS c
            WHERE c.workspace_id = workspace
                AND c.livemode = live
                AND c.system = 'pivotal'
                AND c.display_id BETWEEN wanted_display_id AND wanted_display_id
                AND c.deleted_at IS NULL
            ORDER BY c.display_id
            LIMIT 1
        );
    END IF;
    RETURN (
        SELECT c.entity_id
        FROM hooklog.customer AS c
        WHERE c.workspace_id = workspace
            AND c.livemode = live
            AND c.system = 'pivotal'
            AND c.entity_type = 'customer'
            AND c.entity_id BETWEEN wanted_id AND wanted_id
            AND c.deleted_at IS NULL
        ORDER BY c.entity_id
        LIMIT 1
    );
END
$$;
