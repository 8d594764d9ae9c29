-- A page of Pivotal's onboardings, newest first, strictly after a cursor (NULL: from the start), of one state and phase. Those
-- of a deleted customer have left the list; those whose customer no event has told of are in it.
--
-- The customer whose they are is named by display_id or, when that is NULL, by id; without either it is any. As a filter it
-- need not exist: a customer that no event has told of still has its onboardings, found by its id; one that is deleted has
-- none.
--
-- outcome: parent_not_found (unless it is a filter) or ok; body: the answer's JSON when it is ok. Relies on the created_at and
-- customer_id indexes of hooklog.onboarding and the primary key of hooklog.customer; for the ranges see hooklog.find_object(),
-- for the customer hooklog.asked_customer().
CREATE OR REPLACE FUNCTION hooklog.list_onboardings(
    workspace bigint,
    live boolean,
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
SET enable_sort = off
SET enable_incremental_sort = off
AS $$
#variable_conflict use_column
DECLARE
    customer record;
    start_at timestamptz := coalesce(before_at, 'infinity');
    start_position bigint := coalesce(before_position, 0);
BEGIN
    outcome := 'ok';
    IF customer_display_id IS NOT NULL OR customer_id IS NOT NULL THEN
        customer := hooklog.asked_customer(workspace, live, customer_display_id, list_onboardings.customer_id);
        IF NOT is_filter AND customer.is_there IS NOT TRUE THEN
            outcome := 'parent_not_found';
            RETURN;
        END IF;
        SELECT hooklog.render_list(array_agg(p.body), array_agg(p.cursor), page_limit) INTO body
        FROM (
            SELECT t.body, t.cursor
            FROM hooklog.shown_onboardings(workspace, live) AS t
            WHERE t.customer_id >= customer.id
                AND (t.customer_id, t.created_at, t.first_position) < (customer.id, start_at, start_position)
                AND customer.is_there IS NOT FALSE
                AND hooklog.has_state(t.state, t.waiting_on_customer, wanted_state)
                AND (wanted_phase IS NULL OR t.phase = wanted_phase)
            ORDER BY t.customer_id DESC, t.created_at DESC, t.first_position DESC
            LIMIT page_limit + 1
        ) AS p;
        RETURN;
    END IF;
    SELECT hooklog.render_list(array_agg(p.body), array_agg(p.cursor), page_limit) INTO body
    FROM (
        SELECT t.body, t.cursor
        FROM hooklog.shown_onboardings(workspace, live) AS t
        WHERE (t.created_at, t.first_position) < (start_at, start_position)
            AND hooklog.has_state(t.state, t.waiting_on_customer, wanted_state)
            AND (wanted_phase IS NULL OR t.phase = wanted_phase)
            AND (
                SELECT c.deleted_at
                FROM hooklog.customer AS c
                WHERE c.workspace_id = workspace
                    AND c.livemode = live
                    AND c.system = 'pivotal'
                    AND c.entity_type = 'customer'
                    AND c.entity_id BETWEEN t.customer_id AND t.customer_id
                ORDER BY c.entity_id
                LIMIT 1
            ) IS NULL
        ORDER BY t.created_at DESC, t.first_position DESC
        LIMIT page_limit + 1
    ) AS p;
END
$$;
