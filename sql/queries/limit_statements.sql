-- Limits how long the session's statements may take, until it is reset.
-- $1 milliseconds text
SELECT set_config('statement_timeout', $1::text, false)
