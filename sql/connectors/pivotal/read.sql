-- One object of Pivotal's API, by display_id or, when that is NULL, by id.
--
-- A deleted one is not found. A child of a deleted customer has left the lists, but is itself not deleted: it is answered, so
-- that a client that still holds its id can read what it refers to (the contract leaves this open). outcome: unknown_key,
-- revoked_key, not_found or ok; body: the answer's JSON when it is ok. Relies on the primary key and the display_id index of
-- hooklog.<kind>; for the ranges see hooklog.find_object(). One function of its own, for it is asked most.
-- for: kind = contact; also_read =
-- for: kind = customer; also_read = , t.status
-- for: kind = onboarding; also_read =
CREATE OR REPLACE FUNCTION hooklog.read_<kind>(
    workspace bigint,
    key_id bigint,
    key_sha256 bytea,
    wanted_display_id bigint,
    wanted_id text,
    OUT outcome text,
    OUT body json
)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET enable_sort = off
AS $$
#variable_conflict use_column
DECLARE
    caller record;
BEGIN
    SELECT a.outcome, a.livemode INTO caller
    FROM hooklog.authenticate(workspace, key_id, key_sha256) AS a;
    outcome := caller.outcome;
    IF outcome <> 'ok' THEN
        RETURN;
    END IF;
    IF wanted_display_id IS NOT NULL THEN
        SELECT hooklog.render_<kind>(t.entity_id, t.document<also_read>, t.created_at, t.updated_at) INTO body
        FROM hooklog.<kind> AS t
        WHERE t.workspace_id = workspace
            AND t.livemode = caller.livemode
            AND t.system = 'pivotal'
            AND t.display_id BETWEEN wanted_display_id AND wanted_display_id
            AND t.deleted_at IS NULL
        ORDER BY t.display_id
        LIMIT 1;
    ELSE
        SELECT hooklog.render_<kind>(t.entity_id, t.document<also_read>, t.created_at, t.updated_at) INTO body
        FROM hooklog.<kind> AS t
        WHERE t.workspace_id = workspace
            AND t.livemode = caller.livemode
            AND t.system = 'pivotal'
            AND t.entity_type = '<kind>'
            AND t.entity_id BETWEEN wanted_id AND wanted_id
            AND t.deleted_at IS NULL
        ORDER BY t.entity_id
        LIMIT 1;
    END IF;
    IF body IS NULL THEN
        outcome := 'not_found';
    END IF;
END
$$;
