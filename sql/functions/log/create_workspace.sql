-- Makes a workspace and its empty log. Returns its id; a slug that exists fails with 23505 on workspace_slug_key.
CREATE OR REPLACE FUNCTION hooklog.create_workspace(slug text, name text) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER AS $$
DECLARE
    made bigint;
BEGIN
    INSERT INTO hooklog.workspace (slug, name, created_at)
    VALUES (slug, name, clock_timestamp())
    RETURNING workspace_id INTO made;
    INSERT INTO hooklog.log_head (workspace_id, floor_position, floor_received_at)
    VALUES (made, 0, date_trunc('month', clock_timestamp(), 'UTC'));
    RETURN made;
END
$$;
