-- The row of a vendor's object in a table of the directory, also one that is deleted; no row when there is none.
-- Relies on the primary key of hooklog.<table>.
--
-- Plans are made against empty tables, where every index costs the same. What is sought is therefore written as a range
-- ordered by the index's own last column, and sorting is off: no other index gives that order.
-- for: table = company
-- for: table = contact
-- for: table = contact_tag
-- for: table = customer
-- for: table = internal_contact
-- for: table = internal_contact_assignment
-- for: table = onboarding
-- for: table = org_unit
CREATE OR REPLACE FUNCTION hooklog.kept_<table>(
    workspace bigint, live boolean, system text, entity_type text, wanted_id text
) RETURNS TABLE (
    entity_id text, document jsonb, created_at timestamptz, updated_at timestamptz, deleted_at timestamptz,
    first_position bigint
)
LANGUAGE plpgsql STABLE ROWS 1
SET search_path = pg_catalog, pg_temp
SET enable_sort = off
AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT t.entity_id, t.document, t.created_at, t.updated_at, t.deleted_at, t.first_position
    FROM hooklog.<table> AS t
    WHERE t.workspace_id = workspace
        AND t.livemode = live
        AND t.system = kept_<table>.system
        AND t.entity_type = kept_<table>.entity_type
        AND t.entity_id BETWEEN wanted_id AND wanted_id
    ORDER BY t.entity_id
    LIMIT 1;
END
$$;
