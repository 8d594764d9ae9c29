-- The entity type of the object that a thin event of a system tells of, hooklog.fetched_VENDOR(); NULL when it is not one that
-- is fetched, or the id is none of such an object. Never fails.
-- for: vendors = @connectors/*/fetched_*
CREATE OR REPLACE FUNCTION hooklog.fetched_type(system text, type text, id text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE system
<vendors:        WHEN '*' THEN hooklog.fetched_*(type, id)
>    END
$$;
