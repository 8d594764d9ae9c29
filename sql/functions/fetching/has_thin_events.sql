-- Whether a connector's events only name objects, which are fetched.
-- for: vendors = @connectors/*/fetched_*
CREATE OR REPLACE FUNCTION hooklog.has_thin_events(connector text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT connector = ANY (string_to_array('<vendors>', ' '))
$$;
