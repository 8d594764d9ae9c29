-- Pivotal's kinds of objects; see hooklog.surface_kind().
CREATE OR REPLACE FUNCTION hooklog.kinds_pivotal() RETURNS SETOF hooklog.object_kind
LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 4 AS $$
    VALUES
        ('customer', 'customer', 'c', NULL, NULL, false, true),
        ('contact', 'contact', 'c', NULL, NULL, false, true),
        ('onboarding', 'onboarding', 'c', NULL, NULL, false, true),
        ('task', 'task', 'c', NULL, NULL, false, true)
$$;
