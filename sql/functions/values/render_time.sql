-- A time in ISO 8601, UTC: render_time() as vendors' answers show it, in milliseconds, render_instant() as native ones do,
-- in microseconds.
-- for: function = render_time; fraction = MS
-- for: function = render_instant; fraction = US
CREATE OR REPLACE FUNCTION hooklog.<function>(value timestamptz) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT to_char(value AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.<fraction>"Z"')
$$;
