-- A page of a vendor's objects of one kind, those that are deleted left out.
--
-- parent_type, parent_id: the object they hang on, which must exist (NULL: none)
-- filters: {"indexed": {column: value, …}, "conditions": […]}, the columns such as have an index in the kind's table,
--     the conditions as hooklog.condition_text() takes them; or NULL
-- place: {"limit", "offset"}; with "after" or "before" the id of the row where the page before ended or began;
--     with "sort" the name of the member that rows are sorted by as it is shown, those without it last, else they come in
--     the order in which they were first heard of; "descending"; with "page" the page's number, from 1, and "page_url",
--     what comes before such a number, pages are counted
--
-- outcome: what hooklog.authenticate_surface() says, parent_not_found, unknown_place, no_such_page or ok; body: the
-- answer's JSON when it is ok. The statement is planned at each call, for the call's values; all names in it are
-- quoted and those of hooklog.surface_kind() and of the surface's own table of filters.
-- Relies on the created_at index of the kind's table, or that of the column that is filtered by: the order of rows begins
-- with it, for no other index has that order.
CREATE OR REPLACE FUNCTION hooklog.list_objects(
    workspace bigint,
    key_id bigint,
    key_sha256 bytea,
    workspace_name text,
    asks_test boolean,
    system text,
    entity_type text,
    parent_type text,
    parent_id text,
    filters jsonb,
    place jsonb,
    template json,
    expanded text,
    OUT outcome text,
    OUT body json
)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET TimeZone = 'UTC'
SET enable_sort = off
AS $$
#variable_conflict use_column
DECLARE
    live boolean;
    kind hooklog.object_kind;
    edge_at timestamptz;
    edge_position bigint;
    row_limit constant bigint := (place ->> 'limit')::bigint;
    is_backward constant boolean := place ? 'before';
    is_descending constant boolean := (place ->> 'descending')::boolean <> is_backward;
    direction constant text := CASE WHEN is_descending THEN 'DESC' ELSE 'ASC' END;
    row_times jsonb;
    matching text;
    ordering text;
    chosen text;
    rows json[];
    total bigint;
BEGIN
    SELECT a.outcome, a.livemode INTO outcome, live
    FROM hooklog.authenticate_surface(workspace, key_id, key_sha256, workspace_name, asks_test, system) AS a;
    IF outcome <> 'ok' THEN
        RETURN;
    ELSIF parent_type IS NOT NULL
        AND NOT hooklog.has_object(workspace, live, system, parent_type, parent_id) THEN
        outcome := 'parent_not_found';
        RETURN;
    END IF;
    IF place ?| '{after,before}' THEN
        SELECT f.created_at, f.first_position INTO edge_at, edge_position
        FROM hooklog.find_object(
            workspace, live, system, entity_type, coalesce(place ->> 'after', place ->> 'before')) AS f;
        IF NOT FOUND THEN
            outcome := 'unknown_place';
            RETURN;
        END IF;
    END IF;

    SELECT k.* INTO STRICT kind FROM hooklog.surface_kind(system, entity_type) AS k;
    row_times := jsonb_build_object(kind.created_key, 't.created_at')
        || CASE
            WHEN kind.updated_key IS NULL THEN '{}'
            WHEN kind.is_touched THEN jsonb_build_object(kind.updated_key, 't.updated_at')
            ELSE jsonb_build_object(
                kind.updated_key, 'CASE WHEN t.updated_at > t.created_at THEN t.updated_at END')
        END;
    SELECT
        format(
            ' FROM hooklog.%I AS t WHERE t.workspace_id = $1 AND t.livemode = $2 AND t.system = $3 '
            'AND t.entity_type = $4 AND t.deleted_at IS NULL',
            kind.read_model)
        || coalesce(
            string_agg(
                format(
                    CASE c.name
                        WHEN 'email' THEN
                            ' AND t.%1$I BETWEEN hooklog.email_key($5 ->> %1$L) AND hooklog.email_key($5 ->> %1$L)'
                        ELSE ' AND t.%1$I BETWEEN $5 ->> %1$L AND $5 ->> %1$L'
                    END,
                    c.name),
                ''),
            '')
        || coalesce(
            (
                SELECT string_agg(
                    ' AND ' || hooklog.condition_text(e.condition, hooklog.template_values(template), row_times), '')
                FROM jsonb_array_elements(filters -> 'conditions') AS e (condition)
            ),
            ''),
        coalesce('t.' || quote_ident(min(c.name)) || ' ' || direction || ', ', '')
            || format('t.created_at %1$s, t.first_position %1$s', direction)
    INTO matching, ordering
    FROM jsonb_object_keys(filters -> 'indexed') AS c (name);
    IF place ? 'page' THEN
        EXECUTE format('SELECT count(*) FROM (SELECT%s ORDER BY %s OFFSET 0) AS c', matching, ordering)
        INTO total
        USING workspace, live, system, entity_type, filters -> 'indexed';
        IF (place ->> 'page')::bigint > 1 AND (place ->> 'offset')::bigint >= total THEN
            outcome := 'no_such_page';
            RETURN;
        END IF;
    END IF;

    IF place ? 'sort' THEN
        chosen := format(
            'SELECT f.entity_id, f.document, f.created_at, f.updated_at FROM ('
            'SELECT k.entity_id FROM (SELECT t.entity_id, t.first_position, %1$s AS sort_key%2$s ORDER BY %3$s OFFSET 0) AS k '
            'ORDER BY k.sort_key %4$s NULLS LAST, k.first_position %4$s LIMIT $6 OFFSET $7) AS k '
            'CROSS JOIN LATERAL hooklog.find_object($1, $2, $3, $4, k.entity_id) AS f',
            CASE
                WHEN row_times ? (place ->> 'sort') THEN hooklog.time_text(place ->> 'sort', row_times)
                WHEN place ->> 'sort' = 'id' THEN 'coalesce(t.document -> ''id'', to_jsonb(t.entity_id))'
                ELSE format('nullif(t.document -> %L, ''null'')', place ->> 'sort')
            END,
            matching,
            ordering,
            direction);
    ELSE
        chosen := format(
            'SELECT t.entity_id, t.document, t.created_at, t.updated_at%s%s ORDER BY %s LIMIT $6 OFFSET $7',
            matching,
            CASE
                WHEN edge_at IS NULL THEN ''
                WHEN is_descending THEN ' AND (t.created_at, t.first_position) < ($8, $9)'
                ELSE ' AND (t.created_at, t.first_position) > ($8, $9)'
            END,
            ordering);
    END IF;
    EXECUTE format(
        'SELECT array_agg(hooklog.render_object($1, $2, $3, $4, hooklog.dated_document(c.document, c.entity_id, '
        'c.created_at, c.updated_at, $10), $11, $12)) FROM (%s) AS c',
        chosen)
    INTO rows
    USING workspace, live, system, entity_type, filters -> 'indexed', row_limit + 1,
        coalesce((place ->> 'offset')::bigint, 0), edge_at, edge_position, kind, template, expanded;
    body := hooklog.render_objects(
        system,
        CASE
            WHEN is_backward
                THEN ARRAY(SELECT r.body FROM unnest(rows[1:row_limit]) WITH ORDINALITY AS r (body, n) ORDER BY r.n DESC)
            ELSE rows[1:row_limit]
        END,
        coalesce(cardinality(rows) > row_limit, false),
        total,
        (place ->> 'page')::bigint,
        place ->> 'page_url');
END
$$;
