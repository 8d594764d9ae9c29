-- Every workspace.
-- → workspace_id bigint, slug text, name text, created_at timestamptz, by slug
SELECT w.*
FROM hooklog.workspace AS w
ORDER BY w.slug;
