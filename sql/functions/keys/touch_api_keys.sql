-- Notes when keys of a workspace were last used; never moves a time back. Relies on api_key_pkey.
CREATE OR REPLACE FUNCTION hooklog.touch_api_keys(workspace bigint, keys bigint[], used_at timestamptz[]) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER AS $$
    UPDATE hooklog.api_key AS k
    SET last_used_at = u.used_at
    FROM unnest(keys, used_at) AS u (key_id, used_at)
    WHERE k.workspace_id = workspace
        AND k.key_id = u.key_id
        AND (k.last_used_at IS NULL OR k.last_used_at < u.used_at)
$$;
