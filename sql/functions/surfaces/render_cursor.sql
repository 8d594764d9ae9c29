-- The cursor after a row of a list: its created_at to the microsecond, then its first position as nineteen further
-- digits of the fraction. Still an ISO 8601 datetime, ordered as the rows are; cut short, it means "strictly older".
CREATE OR REPLACE FUNCTION hooklog.render_cursor(created_at timestamptz, first_position bigint) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US')
        || lpad(first_position::text, 19, '0') || 'Z'
$$;
