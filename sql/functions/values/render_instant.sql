-- A time as native answers show it: ISO 8601, UTC, microseconds.
CREATE OR REPLACE FUNCTION hooklog.render_instant(value timestamptz) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT to_char(value AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
$$;
