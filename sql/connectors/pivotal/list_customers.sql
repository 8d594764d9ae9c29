-- A page of Pivotal's customers, newest first, strictly after a cursor (NULL: from the start), of one status or slug.
--
-- body: the answer's JSON. Relies on the created_at and slug indexes of hooklog.customer; for the ranges see
-- hooklog.find_object().
CREATE OR REPLACE FUNCTION hooklog.list_customers(
    workspace bigint,
    live boolean,
    page_limit integer,
    before_at timestamptz,
    before_position bigint,
    wanted_status text,
    wanted_slug text,
    OUT outcome text,
    OUT body json
)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET enable_sort = off
SET enable_incremental_sort = off
AS $$
#variable_conflict use_column
DECLARE
    start_at timestamptz := coalesce(before_at, 'infinity');
    start_position bigint := coalesce(before_position, 0);
BEGIN
    outcome := 'ok';
    IF wanted_slug IS NOT NULL THEN
        -- Rendered after the sort: a slug may be many customers', for a vendor's own data may break its own rules.
        SELECT hooklog.render_list(
            array_agg(hooklog.render_customer(p.entity_id, p.document, p.status, p.created_at, p.updated_at)),
            array_agg(hooklog.render_cursor(p.created_at, p.first_position)),
            page_limit) INTO body
        FROM (
            SELECT s.*
            FROM (
                SELECT c.entity_id, c.document, c.status, c.created_at, c.updated_at, c.first_position
                FROM hooklog.customer AS c
                WHERE c.workspace_id = workspace
                    AND c.livemode = live
                    AND c.system = 'pivotal'
                    AND c.slug BETWEEN wanted_slug AND wanted_slug
                    AND (c.created_at, c.first_position) < (start_at, start_position)
                    AND c.deleted_at IS NULL
                    AND (wanted_status IS NULL OR c.status = wanted_status)
                ORDER BY c.slug
                OFFSET 0
            ) AS s
            ORDER BY s.created_at DESC, s.first_position DESC
            LIMIT page_limit + 1
        ) AS p;
        RETURN;
    END IF;
    SELECT hooklog.render_list(array_agg(p.body), array_agg(p.cursor), page_limit) INTO body
    FROM (
        SELECT t.body, t.cursor
        FROM hooklog.shown_customers(workspace, live) AS t
        WHERE (t.created_at, t.first_position) < (start_at, start_position)
            AND (wanted_status IS NULL OR t.status = wanted_status)
        ORDER BY t.created_at DESC, t.first_position DESC
        LIMIT page_limit + 1
    ) AS p;
END
$$;
