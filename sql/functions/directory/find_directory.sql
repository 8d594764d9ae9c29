-- The objects of a kind of every system that match the indexed filters, in the order of a list: at most row_limit keys after
-- a place (updated_at, first_position), with what a search looks into. Not for use by itself: it checks no key.
--
-- wanted_email: as hooklog.email_key() has it; every one that has it is read, of customers those that have a contact with it.
-- A row's first position is its own, so rows that share an updated_at keep one order and none is skipped at a page's edge.
-- Relies on the updated_at index of hooklog.<kind> and on what hooklog.<kind>s_of_email() names.
-- for: kind = contact; searched = email
-- for: kind = customer; searched = domain
-- for: kind = internal_contact; searched = email
-- each: way = ascending; direction = ASC; after = >
-- each: way = descending; direction = DESC; after = <
CREATE OR REPLACE FUNCTION hooklog.find_directory_<kind>s_<way>(
    workspace bigint,
    live boolean,
    systems text[],
    place_at timestamptz,
    place_position bigint,
    since timestamptz,
    wanted_email text,
    with_deleted boolean,
    row_limit integer
)
RETURNS TABLE (
    system text, entity_type text, entity_id text, updated_at timestamptz, first_position bigint, name text, <searched> text
)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET enable_sort = off
SET enable_incremental_sort = off
AS $$
#variable_conflict use_column
BEGIN
    IF wanted_email IS NOT NULL THEN
        RETURN QUERY
        SELECT c.system, c.entity_type, c.entity_id, c.updated_at, c.first_position, c.name, c.<searched>
        FROM unnest(systems) AS known (system)
        CROSS JOIN LATERAL hooklog.<kind>s_of_email(workspace, live, known.system, wanted_email) AS c
        WHERE c.updated_at >= since
            AND (c.updated_at, c.first_position) <after> (place_at, place_position)
            AND (with_deleted OR c.deleted_at IS NULL)
        ORDER BY c.updated_at <direction>, c.first_position <direction>
        LIMIT row_limit;
    ELSE
        RETURN QUERY
        SELECT c.system, c.entity_type, c.entity_id, c.updated_at, c.first_position, c.name, c.<searched>
        FROM unnest(systems) AS known (system)
        CROSS JOIN LATERAL (
            SELECT t.system, t.entity_type, t.entity_id, t.updated_at, t.first_position, t.name, t.<searched>
            FROM hooklog.<kind> AS t
            WHERE t.workspace_id = workspace
                AND t.livemode = live
                AND t.system = known.system
                AND t.updated_at >= since
                AND (t.updated_at, t.first_position) <after> (place_at, place_position)
                AND (with_deleted OR t.deleted_at IS NULL)
            ORDER BY t.updated_at <direction>, t.first_position <direction>
            LIMIT row_limit
        ) AS c
        ORDER BY c.updated_at <direction>, c.first_position <direction>
        LIMIT row_limit;
    END IF;
END
$$;
