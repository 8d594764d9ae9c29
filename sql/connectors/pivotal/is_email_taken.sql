-- Whether another contact of a customer, one that is not deleted, has an e-mail address, however it is written; see
-- hooklog.email_key(). Relies on the e-mail index of hooklog.contact; for the ranges see hooklog.find_object().
CREATE OR REPLACE FUNCTION hooklog.is_email_taken(
    workspace bigint, live boolean, parent text, wanted_email text, own_id text
) RETURNS boolean
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
SET enable_sort = off
AS $$
#variable_conflict use_column
DECLARE
    wanted text := hooklog.email_key(wanted_email);
BEGIN
    PERFORM
    FROM hooklog.contact AS t
    WHERE t.workspace_id = workspace
        AND t.livemode = live
        AND t.system = 'pivotal'
        AND t.email BETWEEN wanted AND wanted
        AND t.customer_id IS NOT DISTINCT FROM parent
        AND t.entity_id IS DISTINCT FROM own_id
        AND t.deleted_at IS NULL
    ORDER BY t.email
    LIMIT 1;
    RETURN FOUND;
END
$$;
