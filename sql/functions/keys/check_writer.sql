-- Checks alone whether a key may write: unknown_key, revoked_key, insufficient_scope or ok. Relies on api_key_pkey.
CREATE OR REPLACE FUNCTION hooklog.check_writer(workspace bigint, key_id bigint, key_sha256 bytea, OUT outcome text)
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
    SELECT a.outcome FROM hooklog.authenticate_writer(workspace, key_id, key_sha256) AS a
$$;
