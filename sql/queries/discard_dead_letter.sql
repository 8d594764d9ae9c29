-- Discards a dead letter: an event of its own. See sql/functions/discard_dead_letter.sql.
-- $1 workspace bigint, $2 projection text, $3 position bigint, $4 actor text
-- Returns one row. Relies on dead_letter_pkey.
SELECT
    outcome,
    "position"
FROM hooklog.discard_dead_letter($1::bigint, $2::text, $3::bigint, $4::text)
