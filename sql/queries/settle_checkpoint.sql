-- Waits until nobody is at work on a checkpoint.
-- $1 workspace bigint, $2 projection text, $3 generation bigint
-- Returns one row: its position, or NULL. Relies on checkpoint_pkey.
SELECT hooklog.settle_checkpoint($1::bigint, $2::text, $3::bigint) AS "position"
