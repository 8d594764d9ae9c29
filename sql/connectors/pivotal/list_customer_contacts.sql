-- A page of the contacts of one of Pivotal's customers, newest first, strictly after a cursor (NULL: from the start). The
-- customer is named by display_id or, when that is NULL, by id.
--
-- outcome: parent_not_found or ok; body: the answer's JSON when it is ok. Relies on the customer_id index of hooklog.contact;
-- for the customer see hooklog.asked_customer().
CREATE OR REPLACE FUNCTION hooklog.list_customer_contacts(
    workspace bigint,
    live boolean,
    page_limit integer,
    before_at timestamptz,
    before_position bigint,
    customer_display_id bigint,
    customer_id text,
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
    customer := hooklog.asked_customer(workspace, live, customer_display_id, list_customer_contacts.customer_id);
    IF customer.is_there IS NOT TRUE THEN
        outcome := 'parent_not_found';
        RETURN;
    END IF;
    outcome := 'ok';
    SELECT hooklog.render_list(array_agg(p.body), array_agg(p.cursor), page_limit) INTO body
    FROM (
        SELECT t.body, t.cursor
        FROM hooklog.shown_contacts(workspace, live) AS t
        WHERE t.customer_id >= customer.id
            AND (t.customer_id, t.created_at, t.first_position) < (customer.id, start_at, start_position)
        ORDER BY t.customer_id DESC, t.created_at DESC, t.first_position DESC
        LIMIT page_limit + 1
    ) AS p;
END
$$;
