-- The SQL condition on an event e for "a table of this projection reads it, and it cannot be folded": a dead letter. A table
-- folds what it reads, but for what its own SELECT refuses, when that is not too large, its object is a JSON object, and an
-- entity table knows whose it is.
-- A body that is not JSON has no type, so it counts for every projection that reads its system.
CREATE OR REPLACE FUNCTION hooklog.refuses_condition(definition jsonb) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
    SELECT '(' || string_agg(
        format(
            '%1$s AND NOT coalesce(%1$s%2$s AND e.size <= hooklog.event_limit() '
            'AND jsonb_typeof(hooklog.document(e.system, e.type, e.payload)) = ''object'', false)',
            hooklog.reads_condition(t -> 'reads'),
            CASE WHEN t ->> 'kind' = 'event' THEN '' ELSE ' AND e.entity_id IS NOT NULL' END),
        ' OR ' ORDER BY t ->> 'name')
        || format(' OR e.payload IS NULL AND e.system = ANY (%L::text[]))', hooklog.systems_read(definition))
    FROM jsonb_array_elements(definition -> 'tables') AS t
$$;
