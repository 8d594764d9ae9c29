-- How far read models are, for those who wait for a position. See hooklog.read_model_positions().
-- $1 workspaces bigint[], $2 projections text[]
-- Returns a row per pair, in their order; is_primary tells whether the log cannot be further elsewhere. Relies on checkpoint_pkey and event_pkey.
SELECT
    "position",
    head,
    NOT pg_is_in_recovery() AS is_primary
FROM hooklog.read_model_positions($1::bigint[], $2::text[])
ORDER BY ordinal
