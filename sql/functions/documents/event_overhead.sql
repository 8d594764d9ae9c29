-- What reading an event again costs whatever its size, in bytes that cost as much.
CREATE OR REPLACE FUNCTION hooklog.event_overhead() RETURNS bigint
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT 2048::bigint
$$;
