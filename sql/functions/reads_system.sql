-- Whether the directory in use has the objects of a system. Not while it is of a release that did not read them and the
-- one that does is being built: what is asked of those objects meanwhile is busy, for their tables are empty.
CREATE OR REPLACE FUNCTION hooklog.reads_system(system text) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT coalesce(system = ANY (hooklog.directory_systems()), false)
$$;
