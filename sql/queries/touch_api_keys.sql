-- Notes when keys of one workspace were last used.
-- $1 workspace bigint
-- $2 keys      bigint[]
-- $3 used_at   timestamptz[]  of each key
-- Returns touched, the number of rows that changed. Relies on api_key_pkey.
SELECT hooklog.touch_api_keys($1, $2, $3) AS touched
