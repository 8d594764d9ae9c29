-- A vendor's list envelope over the rendered rows of a page (NULL: none): hooklog.page_VENDOR().
-- total and page are for those that number their pages; page_url is what comes before a page's number.
-- for: vendors = @connectors/*/page_*
CREATE OR REPLACE FUNCTION hooklog.render_objects(
    system text, rows json[], has_more boolean, total bigint, page bigint, page_url text
) RETURNS json
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE system
<vendors:        WHEN '*' THEN hooklog.page_*(rows, has_more, total, page, page_url)
>    END
$$;
