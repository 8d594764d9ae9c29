-- The SQL condition on an event e for "this table folds it", but for what its own SELECT refuses: the table reads it,
-- it is not too large, its object is a JSON object, and an entity table knows whose it is.
CREATE OR REPLACE FUNCTION hooklog.accepts_condition(spec jsonb) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
    SELECT hooklog.reads_condition(spec -> 'reads')
        || CASE WHEN spec ->> 'kind' = 'event' THEN '' ELSE ' AND e.entity_id IS NOT NULL' END
        || ' AND e.size <= hooklog.event_limit()'
        || ' AND jsonb_typeof(hooklog.document(e.system, e.type, e.payload)) = ''object'''
$$;
