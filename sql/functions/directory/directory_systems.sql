-- The systems that the directory in use has objects of. Relies on projection_generation_active_key.
CREATE OR REPLACE FUNCTION hooklog.directory_systems() RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER AS $$
    SELECT hooklog.systems_read(g.definition)
    FROM hooklog.active_generation('directory') AS g
$$;
