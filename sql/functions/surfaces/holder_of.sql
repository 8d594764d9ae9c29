-- The id of another object of the kind that is written, one that is not deleted, that has a value in a column of its table;
-- NULL when there is none. E-mail addresses stand there as hooklog.email_key() has them. Relies on the index of the column;
-- for the names in the statement see hooklog.list_objects(), for the range hooklog.find_object().
CREATE OR REPLACE FUNCTION hooklog.holder_of(write hooklog.object_write, column_name text, value text) RETURNS text
LANGUAGE plpgsql STABLE
SET enable_sort = off
AS $$
DECLARE
    kind hooklog.object_kind;
    holder text;
BEGIN
    SELECT k.* INTO STRICT kind FROM hooklog.surface_kind(write.system, write.entity_type) AS k;
    EXECUTE format(
        'SELECT t.entity_id FROM hooklog.%1$I AS t WHERE t.workspace_id = $1 AND t.livemode = $2 AND t.system = $3 '
        'AND t.entity_type = $4 AND t.%2$I BETWEEN $5 AND $5 AND t.entity_id IS DISTINCT FROM $6 '
        'AND t.deleted_at IS NULL ORDER BY t.%2$I LIMIT 1',
        kind.read_model, column_name)
    INTO holder
    USING write.workspace, write.live, write.system, write.entity_type, value, write.own_id;
    RETURN holder;
END
$$;
