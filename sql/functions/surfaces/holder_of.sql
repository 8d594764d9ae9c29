-- The id of another object of a kind, one that is not deleted, that has a value in a column of its table; NULL when
-- there is none. E-mail addresses stand there as hooklog.email_key() has them. Relies on the index of the column; for
-- the names in the statement see hooklog.list_objects(), for the range hooklog.find_object().
CREATE OR REPLACE FUNCTION hooklog.holder_of(
    workspace bigint, live boolean, system text, entity_type text, column_name text, value text, own_id text
) RETURNS text
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
SET enable_sort = off
AS $$
#variable_conflict use_variable
DECLARE
    read_model text;
    holder text;
BEGIN
    SELECT k.read_model INTO STRICT read_model
    FROM hooklog.surface_kind(system, entity_type) AS k;
    EXECUTE format(
        'SELECT t.entity_id FROM hooklog.%1$I AS t WHERE t.workspace_id = $1 AND t.livemode = $2 AND t.system = $3 '
        'AND t.entity_type = $4 AND t.%2$I BETWEEN $5 AND $5 AND t.entity_id IS DISTINCT FROM $6 '
        'AND t.deleted_at IS NULL ORDER BY t.%2$I LIMIT 1',
        read_model, column_name)
    INTO holder
    USING workspace, live, system, entity_type, value, own_id;
    RETURN holder;
END
$$;
