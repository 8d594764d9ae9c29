-- An RFC 3339 time; NULL for anything else ('infinity', 'now', '01/02/2026', 30 February). Never fails.
-- Days up to 28 exist in every month, so only other shapes need the slow path, which has to try.
CREATE OR REPLACE FUNCTION hooklog.parse_time(value text) RETURNS timestamptz
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN value ~ '^(?!0000)\d{4}-(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])[Tt]([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?([Zz]|[+-](0\d|1[0-4]):[0-5]\d)$'
            THEN value::timestamptz
        WHEN value ~ '^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d{1,12})?([Zz]|[+-]\d\d:\d\d)$'
            THEN hooklog.try_time(value)
    END
$$;
