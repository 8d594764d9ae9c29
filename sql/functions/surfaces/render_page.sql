-- The list envelope over rendered rows (NULL: none) and the cursor of what follows (NULL: nothing does).
CREATE OR REPLACE FUNCTION hooklog.render_page(rows json[], following text) RETURNS json
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT json_build_object(
        'object', 'list',
        'data', coalesce(array_to_json(rows), '[]'),
        'has_more', following IS NOT NULL,
        'next_cursor', following)
$$;
