-- The SQL condition on an event e for "a table of this projection reads it, and it cannot be folded": a dead letter.
-- A body that is not JSON has no type, so it counts for every projection that reads its system.
CREATE OR REPLACE FUNCTION hooklog.refuses_condition(definition jsonb) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
    SELECT '(' || string_agg(
        format('%s AND NOT coalesce(%s, false)', hooklog.reads_condition(t -> 'reads'), hooklog.accepts_condition(t)),
        ' OR ' ORDER BY t ->> 'name')
        || format(' OR e.payload IS NULL AND e.system = ANY (%L::text[]))', hooklog.systems_read(definition))
    FROM jsonb_array_elements(definition -> 'tables') AS t
$$;
