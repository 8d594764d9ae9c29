-- An event of Piriod's with an object that is imported; see hooklog.import_envelope().
CREATE OR REPLACE FUNCTION hooklog.import_piriod() RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT '{"event":"%2$s","object_id":%6$s,"occurred_at":"%3$s","livemode":%5$s,"data":|}'
$$;
