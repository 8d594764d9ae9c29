-- A generation of a projection; no row when there is none. Made a part of the statement that asks.
CREATE OR REPLACE FUNCTION hooklog.generation_of(projection text, generation bigint)
RETURNS SETOF hooklog.projection_generation
LANGUAGE sql STABLE ROWS 1 AS $$
    SELECT g.*
    FROM hooklog.projection_generation AS g
    WHERE g.projection = $1
        AND g.generation = $2
$$;
