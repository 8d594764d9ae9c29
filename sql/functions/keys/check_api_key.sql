-- Checks a key alone: unknown_key, revoked_key or ok. hooklog.check_writer() checks whether it may write, which may also be
-- insufficient_scope. Relies on api_key_pkey.
-- for: check = check_api_key; authenticate = authenticate
-- for: check = check_writer; authenticate = authenticate_writer
CREATE OR REPLACE FUNCTION hooklog.<check>(workspace bigint, key_id bigint, key_sha256 bytea, OUT outcome text)
LANGUAGE sql STABLE SECURITY DEFINER AS $$
    SELECT a.outcome FROM hooklog.<authenticate>(workspace, key_id, key_sha256) AS a
$$;
