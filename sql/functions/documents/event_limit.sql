-- The size in bytes up to which an event is folded; a larger one stays in the log and is a dead letter.
CREATE OR REPLACE FUNCTION hooklog.event_limit() RETURNS integer
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT 524288
$$;
