-- Piriod's kinds of objects; see hooklog.surface_kind().
CREATE OR REPLACE FUNCTION hooklog.kinds_piriod() RETURNS SETOF hooklog.object_kind
LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 3 AS $$
    VALUES
        ('customer', 'customer', 'cus_', 'created', 'updated', true, false),
        ('contact', 'contact', 'con_', 'created', 'updated', true, false),
        ('orgunit', 'org_unit', 'integer', 'created', 'updated', true, false)
$$;
