-- Whether a text names a workspace, by its slug or its id (42, acc_42 or org_42); NULL names any. Relies on workspace_pkey.
CREATE OR REPLACE FUNCTION hooklog.names_workspace(workspace bigint, name text) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT $2 IS NULL OR EXISTS (
        SELECT
        FROM hooklog.workspace AS w
        WHERE w.workspace_id = $1
            AND $2 IN (w.slug, w.workspace_id::text, 'acc_' || w.workspace_id, 'org_' || w.workspace_id)
    )
$$;
