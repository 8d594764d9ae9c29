-- A page of the onboardings of one of Pivotal's customers, newest first, strictly after a cursor (NULL: from the
-- start). The customer is named by display_id or, when that is NULL, by id. As a filter it need not exist: a customer
-- that no event has told of still has its onboardings, found by its id; one that is deleted has none.
--
-- outcome: unknown_key, revoked_key, customer_not_found (unless it is a filter) or ok; body: the answer's JSON when it
-- is ok. Relies on the customer_id index of hooklog.onboarding and the primary key of hooklog.customer; for the ranges
-- see hooklog.resolve_customer().
CREATE OR REPLACE FUNCTION hooklog.list_customer_onboardings(
    workspace bigint,
    key_id bigint,
    key_sha256 bytea,
    page_limit integer,
    before_at timestamptz,
    before_position bigint,
    customer_display_id bigint,
    customer_id text,
    is_filter boolean,
    wanted_state text,
    wanted_phase text,
    OUT outcome text,
    OUT body json
)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET enable_sort = off
SET enable_incremental_sort = off
AS $$
#variable_conflict use_column
DECLARE
    caller record;
    parent text;
    start_at timestamptz := coalesce(before_at, 'infinity');
    start_position bigint := coalesce(before_position, 0);
BEGIN
    SELECT a.outcome, a.livemode INTO caller
    FROM hooklog.authenticate(workspace, key_id, key_sha256) AS a;
    outcome := caller.outcome;
    IF outcome <> 'ok' THEN
        RETURN;
    END IF;
    parent := hooklog.resolve_customer(
        workspace, caller.livemode, customer_display_id, list_customer_onboardings.customer_id);
    IF parent IS NULL AND NOT is_filter THEN
        outcome := 'customer_not_found';
        RETURN;
    END IF;
    IF parent IS NULL AND customer_display_id IS NULL AND (
        SELECT c.deleted_at
        FROM hooklog.customer AS c
        WHERE c.workspace_id = workspace
            AND c.livemode = caller.livemode
            AND c.system = 'pivotal'
            AND c.entity_type = 'customer'
            AND c.entity_id BETWEEN list_customer_onboardings.customer_id AND list_customer_onboardings.customer_id
        ORDER BY c.entity_id
        LIMIT 1
    ) IS NULL THEN
        parent := list_customer_onboardings.customer_id;
    END IF;
    SELECT hooklog.render_list(
        array_agg(hooklog.render_onboarding(p.entity_id, p.document, p.created_at, p.updated_at)),
        array_agg(hooklog.render_cursor(p.created_at, p.first_position)),
        page_limit) INTO body
    FROM (
        SELECT o.entity_id, o.document, o.created_at, o.updated_at, o.first_position
        FROM hooklog.onboarding AS o
        WHERE o.workspace_id = workspace
            AND o.livemode = caller.livemode
            AND o.system = 'pivotal'
            AND o.customer_id >= parent
            AND (o.customer_id, o.created_at, o.first_position) < (parent, start_at, start_position)
            AND o.deleted_at IS NULL
            AND hooklog.has_state(o.state, o.waiting_on_customer, wanted_state)
            AND (wanted_phase IS NULL OR o.phase = wanted_phase)
        ORDER BY o.customer_id DESC, o.created_at DESC, o.first_position DESC
        LIMIT page_limit + 1
    ) AS p;
END
$$;
