-- What Pivotal's /me says of an API key: the key and its workspace, without the secret.
-- outcome: ok; body: the answer's JSON. Relies on api_key_pkey and workspace_pkey.
CREATE OR REPLACE FUNCTION hooklog.read_identity(
    workspace bigint, live boolean, key_id bigint, OUT outcome text, OUT body json
)
LANGUAGE plpgsql STABLE SECURITY DEFINER AS $$
#variable_conflict use_column
BEGIN
    outcome := 'ok';
    SELECT json_build_object(
        'object', 'me',
        'api_key', json_build_object(
            'id', 'api_' || k.key_id,
            'name', k.name,
            'prefix', k.prefix,
            -- A wider scope holds the narrower ones.
            'scopes', CASE k.scope
                WHEN 'read' THEN '["read:customers", "read:contacts", "read:onboardings"]'::json
                ELSE json_build_array(
                    'read:customers', 'write:customers', 'read:contacts', 'write:contacts', 'read:onboardings',
                    'write:onboardings')
            END,
            'rate_limit_tier', 'standard'),
        'organization', json_build_object(
            'id', 'org_' || w.workspace_id,
            'slug', w.slug,
            'name', w.name)) INTO body
    FROM hooklog.api_key AS k
    CROSS JOIN hooklog.workspace AS w
    WHERE k.workspace_id = workspace
        AND k.key_id = read_identity.key_id
        AND w.workspace_id = workspace;
END
$$;
