-- Who an API key is: unknown_key (no such key, or another secret), revoked_key or ok, with the data it sees and its
-- scope. Always one row and the same work. Meant to be inlined into the statement that answers the request, so that a
-- revoked key fails on the very next one. Relies on api_key_pkey.
CREATE OR REPLACE FUNCTION hooklog.authenticate(workspace bigint, key_id bigint, key_sha256 bytea)
RETURNS TABLE (outcome text, livemode boolean, scope text)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 1 AS $$
    SELECT
        CASE
            WHEN k.key_sha256 IS DISTINCT FROM $3 THEN 'unknown_key'
            WHEN k.revoked_at IS NOT NULL THEN 'revoked_key'
            ELSE 'ok'
        END,
        k.livemode,
        k.scope
    FROM (SELECT) AS always
    LEFT JOIN hooklog.api_key AS k ON k.workspace_id = $1 AND k.key_id = $2
$$;
