-- The next display_id of a kind of objects: one more than any has had, deleted ones and the vendor's own included, up
-- to the greatest whole number that every client can hold. The caller holds the present, so nobody else takes it.
-- Relies on the display_id index of the kind's table; for the ranges see hooklog.find_object().
-- for: kind = contact
-- for: kind = customer
-- for: kind = onboarding
CREATE OR REPLACE FUNCTION hooklog.next_<kind>_id(workspace bigint, live boolean) RETURNS bigint
LANGUAGE plpgsql STABLE
SET enable_sort = off
AS $$
#variable_conflict use_column
BEGIN
    RETURN 1 + coalesce(
        (
            SELECT t.display_id
            FROM hooklog.<kind> AS t
            WHERE t.workspace_id = workspace
                AND t.livemode = live
                AND t.system = 'pivotal'
                AND t.display_id BETWEEN 0 AND 9007199254740990
            ORDER BY t.display_id DESC
            LIMIT 1
        ),
        0);
END
$$;
