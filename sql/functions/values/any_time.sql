-- A time in RFC 3339, or in seconds or, with twelve digits and more, milliseconds since 1970; NULL for anything else. Never
-- fails. In plpgsql so that it is not inlined: most sources have no use for it, and appends prepare what is inlined.
CREATE OR REPLACE FUNCTION hooklog.any_time(value text) RETURNS timestamptz
LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
    RETURN CASE
        WHEN value ~ '^[0-9]{1,11}(\.[0-9]{1,9})?$' THEN hooklog.from_seconds(value::numeric)
        WHEN value ~ '^[0-9]{12,14}$' THEN hooklog.from_seconds(value::numeric / 1000)
        ELSE hooklog.parse_time(value)
    END;
END
$$;
