-- Tries a dead letter again in the active generation. See hooklog.retry_dead_letter().
-- $1 workspace bigint, $2 projection text, $3 position bigint
-- Returns one row, or none when there is no such projection. Relies on checkpoint_pkey and dead_letter_pkey.
SELECT hooklog.retry_dead_letter($1, g.projection, g.generation, $3) AS outcome
FROM hooklog.active_generation($2) AS g
