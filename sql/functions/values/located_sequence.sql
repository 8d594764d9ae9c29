-- The sequence that an event bears where its source says that it stands, which is kept with the headers under a reserved name:
-- a whole number of 64 bits, as a number or in a string. NULL for anything else, and where the source says nothing.
CREATE OR REPLACE FUNCTION hooklog.located_sequence(payload jsonb, headers jsonb) RETURNS bigint
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN found.value ~ '^-?[0-9]{1,19}$' THEN CASE
            WHEN found.value::numeric BETWEEN -9223372036854775808 AND 9223372036854775807 THEN found.value::bigint
        END
    END
    FROM (
        SELECT hooklog.located(payload, headers, hooklog.text(headers, 'hooklog-sequence-at')) AS value
        OFFSET 0
    ) AS found
$$;
