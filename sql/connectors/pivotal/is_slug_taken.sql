-- Whether another customer, one that is not deleted, has a slug.
-- Relies on the slug index of hooklog.customer; for the ranges see hooklog.resolve_customer().
CREATE OR REPLACE FUNCTION hooklog.is_slug_taken(workspace bigint, live boolean, wanted_slug text, own_id text)
RETURNS boolean
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
SET enable_sort = off
AS $$
#variable_conflict use_column
DECLARE
    wanted text := hooklog.short_id(wanted_slug);
BEGIN
    PERFORM
    FROM hooklog.customer AS t
    WHERE t.workspace_id = workspace
        AND t.livemode = live
        AND t.system = 'pivotal'
        AND t.slug BETWEEN wanted AND wanted
        AND t.entity_id IS DISTINCT FROM own_id
        AND t.deleted_at IS NULL
    ORDER BY t.slug
    LIMIT 1;
    RETURN FOUND;
END
$$;
