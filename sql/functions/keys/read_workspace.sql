-- The workspace of an API key, by a UUID that is always the same.
--
-- outcome: what hooklog.authenticate_surface() says; body: the answer's JSON when it is ok. Relies on workspace_pkey.
CREATE OR REPLACE FUNCTION hooklog.read_workspace(
    workspace bigint, key_id bigint, key_sha256 bytea, workspace_name text, OUT outcome text, OUT body json
)
LANGUAGE plpgsql STABLE SECURITY DEFINER AS $$
#variable_conflict use_column
BEGIN
    SELECT a.outcome INTO read_workspace.outcome
    FROM hooklog.authenticate_surface(workspace, key_id, key_sha256, workspace_name) AS a;
    IF outcome <> 'ok' THEN
        RETURN;
    END IF;
    SELECT json_build_object(
        'id', overlay(overlay(md5('hooklog.workspace/' || w.workspace_id) PLACING '4' FROM 13) PLACING 'a' FROM 17)::uuid,
        'name', w.name)
    INTO body
    FROM hooklog.workspace AS w
    WHERE w.workspace_id = workspace;
END
$$;
