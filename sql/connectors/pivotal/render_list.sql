-- Pivotal's list envelope over at most page_limit + 1 rendered rows and their cursors; NULL arrays are an empty list.
CREATE OR REPLACE FUNCTION hooklog.render_list(rows json[], cursors text[], page_limit integer) RETURNS json
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT hooklog.render_page(
        rows[1:page_limit], CASE WHEN cardinality(rows) > page_limit THEN cursors[page_limit] END)
$$;
