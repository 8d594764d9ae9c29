-- A key's scope in Pivotal's grammar, <verb>:<objects>; a wider scope holds the narrower ones.
CREATE OR REPLACE FUNCTION hooklog.render_scopes(scope text) RETURNS json
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT CASE scope
        WHEN 'read' THEN '["read:customers", "read:contacts", "read:onboardings"]'::json
        ELSE json_build_array(
            'read:customers', 'write:customers', 'read:contacts', 'write:contacts', 'read:onboardings',
            'write:onboardings')
    END
$$;
