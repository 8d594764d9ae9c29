-- Stuut's kinds of objects; see hooklog.surface_kind().
CREATE OR REPLACE FUNCTION hooklog.kinds_stuut() RETURNS SETOF hooklog.object_kind
LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 4 AS $$
    VALUES
        ('partner', 'customer', 'ptn_', 'created_at', 'modified_at', false, false),
        ('partner_contact', 'contact', 'con_', 'created_at', 'modified_at', false, false),
        ('internal_contact', 'internal_contact', 'int_', 'created_at', 'modified_at', false, false),
        ('internal_contact_assignment', 'internal_contact_assignment', 'ica_', 'created_at', 'modified_at', false, false)
$$;
