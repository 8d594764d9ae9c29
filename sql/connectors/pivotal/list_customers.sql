-- A page of Pivotal's customers, newest first, strictly after a cursor (NULL: from the start), of one status or slug.
--
-- outcome: unknown_key, revoked_key or ok; body: the answer's JSON when it is ok. Relies on the created_at and slug
-- indexes of hooklog.customer; for the ranges see hooklog.find_object().
CREATE OR REPLACE FUNCTION hooklog.list_customers(
    workspace bigint,
    key_id bigint,
    key_sha256 bytea,
    page_limit integer,
    before_at timestamptz,
    before_position bigint,
    wanted_status text,
    wanted_slug text,
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
    start_at timestamptz := coalesce(before_at, 'infinity');
    start_position bigint := coalesce(before_position, 0);
BEGIN
    SELECT a.outcome, a.livemode INTO caller
    FROM hooklog.authenticate(workspace, key_id, key_sha256) AS a;
    outcome := caller.outcome;
    IF outcome <> 'ok' THEN
        RETURN;
    END IF;
    IF wanted_slug IS NOT NULL THEN
        SELECT hooklog.render_list(
            array_agg(hooklog.render_customer(p.entity_id, p.document, p.status, p.created_at, p.updated_at)),
            array_agg(hooklog.render_cursor(p.created_at, p.first_position)),
            page_limit) INTO body
        FROM (
            SELECT s.entity_id, s.document, s.status, s.created_at, s.updated_at, s.first_position
            FROM (
                SELECT c.entity_id, c.document, c.status, c.created_at, c.updated_at, c.first_position
                FROM hooklog.customer AS c
                WHERE c.workspace_id = workspace
                    AND c.livemode = caller.livemode
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
    SELECT hooklog.render_list(
        array_agg(hooklog.render_customer(p.entity_id, p.document, p.status, p.created_at, p.updated_at)),
        array_agg(hooklog.render_cursor(p.created_at, p.first_position)),
        page_limit) INTO body
    FROM (
        SELECT c.entity_id, c.document, c.status, c.created_at, c.updated_at, c.first_position
        FROM hooklog.customer AS c
        WHERE c.workspace_id = workspace
            AND c.livemode = caller.livemode
            AND c.system = 'pivotal'
            AND (c.created_at, c.first_position) < (start_at, start_position)
            AND c.deleted_at IS NULL
            AND (wanted_status IS NULL OR c.status = wanted_status)
        ORDER BY c.created_at DESC, c.first_position DESC
        LIMIT page_limit + 1
    ) AS p;
END
$$;
