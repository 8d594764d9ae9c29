-- A new id for a kind of objects, as its document has it. Whole numbers go on from the greatest that there is, so the
-- caller holds the present. Relies on the primary key of the kind's table.
CREATE OR REPLACE FUNCTION hooklog.new_object_id(workspace bigint, live boolean, system text, entity_type text)
RETURNS jsonb
LANGUAGE plpgsql VOLATILE
SET search_path = pg_catalog, pg_temp
SET enable_seqscan = off
SET enable_bitmapscan = off
AS $$
#variable_conflict use_column
DECLARE
    kind record;
    following bigint;
BEGIN
    SELECT k.read_model, k.id_form INTO STRICT kind
    FROM hooklog.surface_kind(system, entity_type) AS k;
    IF kind.id_form = 'uuid' THEN
        RETURN to_jsonb(gen_random_uuid());
    ELSIF kind.id_form <> 'integer' THEN
        RETURN to_jsonb(kind.id_form || substr(hooklog.new_id(), 2));
    END IF;
    EXECUTE format(
        'SELECT 1 + coalesce(max(t.entity_id::bigint), 0) FROM hooklog.%I AS t WHERE t.workspace_id = $1 '
        'AND t.livemode = $2 AND t.system = $3 AND t.entity_type = $4 AND t.entity_id ~ ''^[0-9]{1,15}$''',
        kind.read_model)
    INTO following
    USING workspace, live, system, entity_type;
    RETURN to_jsonb(following);
END
$$;
