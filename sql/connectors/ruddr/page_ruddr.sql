-- Ruddr's list envelope; see hooklog.render_objects().
CREATE OR REPLACE FUNCTION hooklog.page_ruddr(
    rows json[], has_more boolean, total bigint, page bigint, page_url text
) RETURNS json
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT json_build_object('results', coalesce(array_to_json(rows), '[]'), 'hasMore', has_more)
$$;
