-- Makes a workspace with an empty log.
-- $1 slug text, $2 name text
-- → workspace_id bigint, slug text, name text, created_at timestamptz
-- A function's write is not seen by the statement that calls it, so what it wrote is given back from the parameters.
SELECT
    hooklog.create_workspace($1, $2) AS workspace_id,
    $1::text AS slug,
    $2::text AS name,
    now() AS created_at;
