-- What counts as the sequence of an event that has none: it comes after those of the same time that have one, so that a
-- command's event always shows.
CREATE OR REPLACE FUNCTION hooklog.no_sequence() RETURNS bigint
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT 9223372036854775807
$$;
