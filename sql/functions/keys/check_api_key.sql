-- Checks a key alone: unknown_key, revoked_key or ok. Relies on api_key_pkey.
CREATE OR REPLACE FUNCTION hooklog.check_api_key(workspace bigint, key_id bigint, key_sha256 bytea, OUT outcome text)
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
    SELECT a.outcome FROM hooklog.authenticate(workspace, key_id, key_sha256) AS a
$$;
