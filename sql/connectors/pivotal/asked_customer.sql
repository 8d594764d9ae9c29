-- The customer that a request asks of, named by display_id or, when that is NULL, by id: its id, and whether it is there, NULL
-- when no event has told of it. One that is deleted has no display_id. Relies on the primary key and the display_id index of
-- hooklog.customer; for the ranges see hooklog.find_object(). Called where sorting is off.
CREATE OR REPLACE FUNCTION hooklog.asked_customer(
    workspace bigint, live boolean, wanted_display_id bigint, wanted_id text, OUT id text, OUT is_there boolean
)
LANGUAGE plpgsql STABLE AS $$
BEGIN
    IF wanted_display_id IS NOT NULL THEN
        SELECT t.entity_id, true INTO id, is_there
        FROM hooklog.shown_customers(workspace, live) AS t
        WHERE t.display_id BETWEEN wanted_display_id AND wanted_display_id
        ORDER BY t.display_id
        LIMIT 1;
    ELSE
        id := wanted_id;
        SELECT t.deleted_at IS NULL INTO is_there
        FROM hooklog.customer AS t
        WHERE t.workspace_id = workspace
            AND t.livemode = live
            AND t.system = 'pivotal'
            AND t.entity_type = 'customer'
            AND t.entity_id BETWEEN wanted_id AND wanted_id
        ORDER BY t.entity_id
        LIMIT 1;
    END IF;
END
$$;
