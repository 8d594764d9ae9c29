-- Piriod's kinds of objects; see hooklog.surface_kind().
CREATE OR REPLACE FUNCTION hooklog.kinds_piriod()
RETURNS TABLE (
    entity_type text, read_model text, id_form text, created_key text, updated_key text, is_touched boolean,
    forgives boolean
)
LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 3 AS $$
    VALUES
        ('customer', 'customer', 'cus_', 'created', 'updated', true, false),
        ('contact', 'contact', 'con_', 'created', 'updated', true, false),
        ('orgunit', 'org_unit', 'integer', 'created', 'updated', true, false)
$$;
