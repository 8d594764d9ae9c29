-- The workspace of a slug or, when no slug fits, of a number.
-- $1 slug text, $2 workspace_id bigint or NULL
-- → workspace_id bigint, slug text, name text, created_at timestamptz
-- Relies on workspace_slug_key and workspace_pkey.
SELECT
    w.workspace_id,
    w.slug,
    w.name,
    w.created_at
FROM hooklog.workspace AS w
WHERE w.slug = $1
    OR w.workspace_id = $2
ORDER BY w.slug = $1 DESC
LIMIT 1;
