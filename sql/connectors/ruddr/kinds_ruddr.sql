-- Ruddr's kinds of objects; see hooklog.surface_kind().
CREATE OR REPLACE FUNCTION hooklog.kinds_ruddr() RETURNS SETOF hooklog.object_kind
LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 4 AS $$
    VALUES
        ('contact', 'contact', 'uuid', 'createdAt', NULL, false, false),
        ('client', 'customer', 'uuid', 'createdAt', NULL, false, false),
        ('company', 'company', 'uuid', 'createdAt', 'modifiedAt', true, false),
        ('contact_tag', 'contact_tag', 'uuid', 'createdAt', NULL, false, false)
$$;
