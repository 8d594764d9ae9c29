-- A vendor's list envelope over the rendered rows of a page (NULL: none).
-- total and page are for those that number their pages; page_url is what comes before a page's number.
CREATE OR REPLACE FUNCTION hooklog.render_objects(
    system text, rows json[], has_more boolean, total bigint, page bigint, page_url text
) RETURNS json
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE system
        WHEN 'ruddr' THEN json_build_object('results', coalesce(array_to_json(rows), '[]'), 'hasMore', has_more)
        WHEN 'stuut' THEN json_build_object('data', coalesce(array_to_json(rows), '[]'))
        WHEN 'piriod' THEN json_build_object(
            'count', total,
            'next', CASE WHEN has_more THEN page_url || (page + 1) END,
            'previous', CASE WHEN page > 1 THEN page_url || (page - 1) END,
            'results', coalesce(array_to_json(rows), '[]'))
    END
$$;
