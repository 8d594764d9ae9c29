-- The string or number at a place of a delivery, the latter in its one spelling (see hooklog.scalar()): 'header:x-event',
-- or 'body:/event/type' with a JSON pointer. NULL when there is none or something else. Never fails.
CREATE OR REPLACE FUNCTION hooklog.located(payload jsonb, headers jsonb, place text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN place LIKE 'header:%' THEN hooklog.text(headers, substr(place, 8))
        WHEN jsonb_typeof(found.value) = 'string' THEN found.value #>> '{}'
        WHEN jsonb_typeof(found.value) = 'number' THEN trim_scale(found.value::numeric)::text
    END
    FROM (
        SELECT payload #> ARRAY(
            SELECT replace(replace(s.step, '~1', '/'), '~0', '~')
            FROM unnest(CASE substr(place, 7) WHEN '' THEN ARRAY[''] ELSE string_to_array(substr(place, 7), '/') END) WITH ORDINALITY AS s (step, nth)
            ORDER BY s.nth
        ) AS value
    ) AS found
$$;
