-- A time as answers show it: ISO 8601, UTC, milliseconds.
CREATE OR REPLACE FUNCTION hooklog.render_time(value timestamptz) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT to_char(value AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
$$;
