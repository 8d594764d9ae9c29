-- An RFC 3339 time; NULL for anything else ('infinity', 'now', '01/02/2026', 30 February). Never fails.
-- Days up to 28 exist in every month, so only other shapes need the slow path, which has to try. The first branch takes
-- what nearly every sender writes, for a third of the price of the second, which takes all that needs no trying.
CREATE OR REPLACE FUNCTION hooklog.parse_time(value text) RETURNS timestamptz
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN translate(value, '123456789', '000000000') IN (
                '0000-00-00T00:00:00Z', '0000-00-00T00:00:00.000Z', '0000-00-00T00:00:00.000000Z')
            AND substr(value, 1, 4) > '0000'
            AND substr(value, 6, 2) BETWEEN '01' AND '12'
            AND substr(value, 9, 2) BETWEEN '01' AND '28'
            AND substr(value, 12, 2) < '24'
            AND substr(value, 15, 2) < '60'
            AND substr(value, 18, 2) < '60'
            THEN value::timestamptz
        WHEN value ~ '^(?!0000)[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])[Tt]([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,9})?([Zz]|[+-](0[0-9]|1[0-4]):[0-5][0-9])$'
            THEN value::timestamptz
        WHEN value ~ '^[0-9]{4}-[0-9][0-9]-[0-9][0-9][Tt ][0-9][0-9]:[0-9][0-9]:[0-9][0-9](\.[0-9]{1,12})?([Zz]|[+-][0-9][0-9]:[0-9][0-9])$'
            THEN hooklog.try_time(value)
    END
$$;
