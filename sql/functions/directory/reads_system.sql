-- Whether the directory in use has the objects of a system. Not while it is of a release that did not read them and the
-- one that does is being built: what is asked of those objects meanwhile is busy, for their tables are empty.
-- Relies on projection_generation_active_key.
CREATE OR REPLACE FUNCTION hooklog.reads_system(system text) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT
        FROM hooklog.active_generation('directory') AS g
        WHERE g.definition @> jsonb_build_object(
            'tables', ARRAY[jsonb_build_object('reads', ARRAY[jsonb_build_object('system', system)])])
    )
$$;
