-- The id of the object that a request names: all digits are its display_id, anything else is its id. Of several with one
-- display_id it is one that is not deleted, if there is one. An id need not be anything's; NULL: no object has the number.
-- Relies on the display_id index of hooklog.<kind>; for the ranges see hooklog.find_object().
-- for: kind = contact
-- for: kind = customer
-- for: kind = onboarding
CREATE OR REPLACE FUNCTION hooklog.named_<kind>(workspace bigint, live boolean, name text) RETURNS text
LANGUAGE plpgsql STABLE
SET enable_sort = off
AS $$
#variable_conflict use_column
DECLARE
    number bigint;
BEGIN
    IF name !~ '^[0-9]+$' THEN
        RETURN name;
    ELSIF name::numeric > 9223372036854775807 THEN
        RETURN NULL;
    END IF;
    number := name::bigint;
    RETURN coalesce(
        (
            SELECT t.entity_id
            FROM hooklog.shown_<kind>s(workspace, live) AS t
            WHERE t.display_id BETWEEN number AND number
            ORDER BY t.display_id
            LIMIT 1
        ),
        (
            SELECT t.entity_id
            FROM hooklog.<kind> AS t
            WHERE t.workspace_id = workspace
                AND t.livemode = live
                AND t.system = 'pivotal'
                AND t.display_id BETWEEN number AND number
            ORDER BY t.display_id
            LIMIT 1
        ));
END
$$;
