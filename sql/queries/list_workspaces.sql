-- Every workspace.
-- → workspace_id bigint, slug text, name text, created_at timestamptz, by slug
SELECT
    w.workspace_id,
    w.slug,
    w.name,
    w.created_at
FROM hooklog.workspace AS w
ORDER BY w.slug;
