-- An event of Pivotal's with an object that is imported; see hooklog.import_envelope().
CREATE OR REPLACE FUNCTION hooklog.import_pivotal() RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT '{"id":"%1$s","type":"%2$s","created_at":"%3$s","org_id":"org_%4$s","livemode":%5$s,"api_version":"v1",'
        || '"data":{"object":|}}'
$$;
