-- An object of a vendor's surface by its id, also one that is deleted; no row when there is none. The document has what
-- it lacks of the id and the times (see hooklog.surface_kind()).
--
-- The statement is planned at each call, for the row's values: the table's name is hooklog.surface_kind()'s, never a
-- caller's. Relies on the primary key of the kind's table; for the range see hooklog.resolve_customer().
CREATE OR REPLACE FUNCTION hooklog.find_object(
    workspace bigint, live boolean, system text, entity_type text, wanted_id text
) RETURNS TABLE (
    entity_id text, document jsonb, created_at timestamptz, updated_at timestamptz, deleted_at timestamptz,
    first_position bigint
)
LANGUAGE plpgsql STABLE ROWS 1
SET search_path = pg_catalog, pg_temp
SET enable_seqscan = off
SET enable_bitmapscan = off
SET enable_sort = off
SET jit = off
AS $$
#variable_conflict use_column
DECLARE
    kind record;
BEGIN
    SELECT k.read_model, k.created_key, k.updated_key, k.is_touched INTO STRICT kind
    FROM hooklog.surface_kind(system, entity_type) AS k;
    RETURN QUERY EXECUTE format(
        'SELECT t.entity_id, hooklog.dated_document(t.document, t.entity_id, t.created_at, t.updated_at, $6, $7, $8), '
        't.created_at, t.updated_at, t.deleted_at, t.first_position FROM hooklog.%I AS t '
        'WHERE t.workspace_id = $1 AND t.livemode = $2 AND t.system = $3 AND t.entity_type = $4 '
        'AND t.entity_id BETWEEN $5 AND $5 ORDER BY t.entity_id LIMIT 1',
        kind.read_model)
    USING workspace, live, system, entity_type, wanted_id, kind.created_key, kind.updated_key, kind.is_touched;
END
$$;
