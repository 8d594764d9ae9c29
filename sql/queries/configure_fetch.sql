-- Says how a source's objects are fetched, and tells the receivers. See hooklog.configure_fetch().
-- $1 workspace_id bigint, $2 source_id bigint, $3 settings jsonb, $4 sealed bytea or NULL, $5 now timestamptz,
-- $6 text of the source's id
-- → is_configured boolean
-- Relies on source_pkey, source_fetch_pkey and fetch_pkey.
SELECT
    c.is_configured,
    pg_notify('hooklog_source', $6)
FROM (SELECT hooklog.configure_fetch($1, $2, $3, $4, $5) AS is_configured OFFSET 0) AS c;
