-- A page of the contacts of one of Pivotal's customers, newest first, strictly after a cursor (NULL: from the start). The
-- customer is named by display_id or, when that is NULL, by id.
--
-- outcome: unknown_key, revoked_key, parent_not_found or ok; body: the answer's JSON when it is ok. Relies on the
-- customer_id index of hooklog.contact, and on the primary key and the display_id index of hooklog.customer; for the ranges see
-- hooklog.find_object().
CREATE OR REPLACE FUNCTION hooklog.list_customer_contacts(
    workspace bigint,
    key_id bigint,
    key_sha256 bytea,
    page_limit integer,
    before_at timestamptz,
    before_position bigint,
    customer_display_id bigint,
    customer_id text,
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
    parent := CASE
        WHEN customer_display_id IS NOT NULL THEN (
            SELECT t.entity_id
            FROM hooklog.customer AS t
            WHERE t.workspace_id = workspace
                AND t.livemode = caller.livemode
                AND t.system = 'pivotal'
                AND t.display_id BETWEEN customer_display_id AND customer_display_id
                AND t.deleted_at IS NULL
            ORDER BY t.display_id
            LIMIT 1
        )
        ELSE (
            SELECT t.entity_id
            FROM hooklog.customer AS t
            WHERE t.workspace_id = workspace
                AND t.livemode = caller.livemode
                AND t.system = 'pivotal'
                AND t.entity_type = 'customer'
                AND t.entity_id BETWEEN
                    list_customer_contacts.customer_id AND list_customer_contacts.customer_id
                AND t.deleted_at IS NULL
            ORDER BY t.entity_id
            LIMIT 1
        )
    END;
    IF parent IS NULL THEN
        outcome := 'parent_not_found';
        RETURN;
    END IF;
    SELECT hooklog.render_list(
        array_agg(hooklog.render_contact(p.entity_id, p.document, p.created_at, p.updated_at)),
        array_agg(hooklog.render_cursor(p.created_at, p.first_position)),
        page_limit) INTO body
    FROM (
        SELECT c.entity_id, c.document, c.created_at, c.updated_at, c.first_position
        FROM hooklog.contact AS c
        WHERE c.workspace_id = workspace
            AND c.livemode = caller.livemode
            AND c.system = 'pivotal'
            AND c.customer_id >= parent
            AND (c.customer_id, c.created_at, c.first_position) < (parent, start_at, start_position)
            AND c.deleted_at IS NULL
        ORDER BY c.customer_id DESC, c.created_at DESC, c.first_position DESC
        LIMIT page_limit + 1
    ) AS p;
END
$$;
