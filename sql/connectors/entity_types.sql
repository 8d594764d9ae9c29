-- The kinds of objects that a system has and the directory reads; NULL for a sender whose events are only logged.
-- for: vendors = @connectors/*/kinds_*
CREATE OR REPLACE FUNCTION hooklog.entity_types(connector text) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE connector
<vendors:        WHEN '*' THEN ARRAY(SELECT v.entity_type FROM hooklog.kinds_*() AS v)
>    END
$$;
