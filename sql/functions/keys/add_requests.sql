-- A key's counted requests with some more at a time: in the last entry when that is of the same second (or, after a clock
-- was set back, of a later one), else in an entry of their own.
CREATE OR REPLACE FUNCTION hooklog.add_requests(
    INOUT times timestamptz[],
    INOUT counts integer[],
    requests integer,
    at timestamptz
)
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    last integer := cardinality(times);
BEGIN
    IF floor(extract(epoch FROM times[last])) >= floor(extract(epoch FROM at)) THEN
        times[last] := greatest(times[last], at);
        counts[last] := counts[last] + requests;
    ELSE
        times := times || at;
        counts := counts || requests;
    END IF;
END
$$;
