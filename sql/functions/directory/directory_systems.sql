-- The systems that the directory in use has objects of. Relies on projection_generation_active_key.
CREATE OR REPLACE FUNCTION hooklog.directory_systems() RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER AS $$
    SELECT hooklog.systems_read(g.definition)
    FROM hooklog.projection_generation AS g
    WHERE g.projection = 'directory' AND g.state = 'active'
$$;
