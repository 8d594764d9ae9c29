-- A page of Pivotal's onboardings, newest first, strictly after a cursor (NULL: from the start), of one state and phase. Those
-- of a deleted customer have left the list; those whose customer no event has told of are in it.
--
-- The customer whose they are is named by display_id or, when that is NULL, by id; without either it is any. As a filter it
-- need not exist: a customer that no event has told of still has its onboardings, found by its id; one that is deleted has
-- none.
--
-- outcome: unknown_key, revoked_key, parent_not_found (unless it is a filter) or ok; body: the answer's JSON when it is
-- ok. Relies on the created_at and customer_id indexes of hooklog.onboarding, and on the primary key and the display_id index
-- of hooklog.customer; for the ranges see hooklog.find_object().
CREATE OR REPLACE FUNCTION hooklog.list_onboardings(
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
    is_there boolean;
    start_at timestamptz := coalesce(before_at, 'infinity');
    start_position bigint := coalesce(before_position, 0);
BEGIN
    SELECT a.outcome, a.livemode INTO caller
    FROM hooklog.authenticate(workspace, key_id, key_sha256) AS a;
    outcome := caller.outcome;
    IF outcome <> 'ok' THEN
        RETURN;
    END IF;
    IF customer_display_id IS NOT NULL OR customer_id IS NOT NULL THEN
        IF customer_display_id IS NOT NULL THEN
            SELECT t.entity_id, true INTO parent, is_there
            FROM hooklog.customer AS t
            WHERE t.workspace_id = workspace
                AND t.livemode = caller.livemode
                AND t.system = 'pivotal'
                AND t.display_id BETWEEN customer_display_id AND customer_display_id
                AND t.deleted_at IS NULL
            ORDER BY t.display_id
            LIMIT 1;
        ELSE
            parent := list_onboardings.customer_id;
            SELECT t.deleted_at IS NULL INTO is_there
            FROM hooklog.customer AS t
            WHERE t.workspace_id = workspace
                AND t.livemode = caller.livemode
                AND t.system = 'pivotal'
                AND t.entity_type = 'customer'
                AND t.entity_id BETWEEN parent AND parent
            ORDER BY t.entity_id
            LIMIT 1;
        END IF;
        IF NOT is_filter AND is_there IS NOT TRUE THEN
            outcome := 'parent_not_found';
            RETURN;
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
                AND is_there IS NOT FALSE
                AND hooklog.has_state(o.state, o.waiting_on_customer, wanted_state)
                AND (wanted_phase IS NULL OR o.phase = wanted_phase)
            ORDER BY o.customer_id DESC, o.created_at DESC, o.first_position DESC
            LIMIT page_limit + 1
        ) AS p;
        RETURN;
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
            AND (o.created_at, o.first_position) < (start_at, start_position)
            AND o.deleted_at IS NULL
            AND hooklog.has_state(o.state, o.waiting_on_customer, wanted_state)
            AND (wanted_phase IS NULL OR o.phase = wanted_phase)
            AND (
                SELECT c.deleted_at
                FROM hooklog.customer AS c
                WHERE c.workspace_id = workspace
                    AND c.livemode = caller.livemode
                    AND c.system = 'pivotal'
                    AND c.entity_type = 'customer'
                    AND c.entity_id BETWEEN o.customer_id AND o.customer_id
                ORDER BY c.entity_id
                LIMIT 1
            ) IS NULL
        ORDER BY o.created_at DESC, o.first_position DESC
        LIMIT page_limit + 1
    ) AS p;
END
$$;
