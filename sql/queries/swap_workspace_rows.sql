-- Puts what a scratch generation has built for a workspace in the place of the active rows.
-- $1 workspace bigint, $2 projection text, $3 generation bigint
-- Returns one row: whether it was done. Relies on checkpoint_pkey.
SELECT hooklog.swap_workspace_rows($1::bigint, $2::text, $3::bigint) AS swapped
