-- The systems whose events a projection reads.
CREATE OR REPLACE FUNCTION hooklog.systems_read(definition jsonb) RETURNS text[]
LANGUAGE sql IMMUTABLE AS $$
    SELECT array_agg(DISTINCT r ->> 'system')
    FROM jsonb_array_elements(definition -> 'tables') AS t
    CROSS JOIN LATERAL jsonb_array_elements(t -> 'reads') AS r
$$;
