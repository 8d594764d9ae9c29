-- Piriod's list envelope; see hooklog.render_objects().
CREATE OR REPLACE FUNCTION hooklog.page_piriod(
    rows json[], has_more boolean, total bigint, page bigint, page_url text
) RETURNS json
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT json_build_object(
        'count', total,
        'next', CASE WHEN has_more THEN page_url || (page + 1) END,
        'previous', CASE WHEN page > 1 THEN page_url || (page - 1) END,
        'results', coalesce(array_to_json(rows), '[]'))
$$;
