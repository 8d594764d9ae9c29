-- The SQL condition on an event e for "this table reads it", from [{"system", "entity_type"}, …]; "*" is any type.
CREATE OR REPLACE FUNCTION hooklog.reads_condition(reads jsonb) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
    SELECT '(' || string_agg(
        CASE
            WHEN r ->> 'entity_type' = '*' THEN format('e.system = %L', r ->> 'system')
            ELSE format('(e.system = %L AND e.entity_type = %L)', r ->> 'system', r ->> 'entity_type')
        END, ' OR ' ORDER BY r ->> 'system', r ->> 'entity_type') || ')'
    FROM jsonb_array_elements(reads) AS r
$$;
