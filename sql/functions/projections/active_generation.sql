-- The generation of a projection that is in use; no row when there is none. Made a part of the statement that asks.
CREATE OR REPLACE FUNCTION hooklog.active_generation(projection text) RETURNS SETOF hooklog.projection_generation
LANGUAGE sql STABLE ROWS 1 AS $$
    SELECT g.*
    FROM hooklog.projection_generation AS g
    WHERE g.projection = $1
        AND g.state = 'active'
$$;
