-- One object of Pivotal's API, by display_id or, when that is NULL, by id.
--
-- A deleted one is not found. A child of a deleted customer has left the lists, but is itself not deleted: it is answered, so
-- that a client that still holds its id can read what it refers to (the contract leaves this open). outcome: not_found or ok;
-- body: the answer's JSON when it is ok. Relies on the primary key and the display_id index of hooklog.<kind>; for the ranges
-- see hooklog.find_object(). One function of its own, for it is asked most.
-- for: kind = contact
-- for: kind = customer
-- for: kind = onboarding
CREATE OR REPLACE FUNCTION hooklog.read_<kind>(
    workspace bigint, live boolean, wanted_display_id bigint, wanted_id text, OUT outcome text, OUT body json
)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET enable_sort = off
AS $$
#variable_conflict use_column
BEGIN
    IF wanted_display_id IS NOT NULL THEN
        SELECT t.body INTO body
        FROM hooklog.shown_<kind>s(workspace, live) AS t
        WHERE t.display_id BETWEEN wanted_display_id AND wanted_display_id
        ORDER BY t.display_id
        LIMIT 1;
    ELSE
        SELECT t.body INTO body
        FROM hooklog.shown_<kind>s(workspace, live) AS t
        WHERE t.entity_type = '<kind>'
            AND t.entity_id BETWEEN wanted_id AND wanted_id
        ORDER BY t.entity_id
        LIMIT 1;
    END IF;
    outcome := CASE WHEN body IS NULL THEN 'not_found' ELSE 'ok' END;
END
$$;
