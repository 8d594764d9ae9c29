-- Pivotal's objects of a kind, those that are deleted left out, as its API shows them: each with its cursor and with what it is
-- looked up by. Meant to be inlined: the statement that selects from it is planned as if it named the table.
-- for: kind = contact; also_read = ; texts = customer_id; flags =
-- for: kind = customer; also_read = , t.status; texts = slug status; flags =
-- for: kind = onboarding; also_read = ; texts = customer_id phase state; flags = waiting_on_customer
CREATE OR REPLACE FUNCTION hooklog.shown_<kind>s(workspace bigint, live boolean)
RETURNS TABLE (
    entity_type text, entity_id text, display_id bigint, <texts:* text, ><flags:* boolean, >
    created_at timestamptz, first_position bigint, body json, cursor text
)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT
        t.entity_type, t.entity_id, t.display_id, <texts:t.*, ><flags:t.*, >
        t.created_at, t.first_position,
        hooklog.render_<kind>(t.entity_id, t.document<also_read>, t.created_at, t.updated_at),
        hooklog.render_cursor(t.created_at, t.first_position)
    FROM hooklog.<kind> AS t
    WHERE t.workspace_id = workspace
        AND t.livemode = live
        AND t.system = 'pivotal'
        AND t.deleted_at IS NULL
$$;
