-- The types of the objects that a system has and the directory reads; NULL for a sender whose events are only logged.
CREATE OR REPLACE FUNCTION hooklog.entity_types(connector text) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT array_agg(k.entity_type)
    FROM hooklog.object_kinds(connector) AS k
$$;
