-- Whether an API key may write: unknown_key, revoked_key, insufficient_scope or ok, with the data it sees. Always one
-- row.
-- Relies on api_key_pkey.
CREATE OR REPLACE FUNCTION hooklog.authenticate_writer(workspace bigint, key_id bigint, key_sha256 bytea)
RETURNS TABLE (outcome text, livemode boolean)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 1 AS $$
    SELECT
        CASE WHEN a.outcome = 'ok' AND a.scope NOT IN ('write', 'admin') THEN 'insufficient_scope' ELSE a.outcome END,
        a.livemode
    FROM hooklog.authenticate($1, $2, $3) AS a
$$;
