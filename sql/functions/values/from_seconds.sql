-- A time from Unix seconds; NULL outside the years 1970 to 9999. Never fails.
CREATE OR REPLACE FUNCTION hooklog.from_seconds(value numeric) RETURNS timestamptz
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN value BETWEEN 0 AND 253402300799 THEN to_timestamp(value::double precision) END
$$;
