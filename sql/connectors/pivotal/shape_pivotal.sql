-- An event in the shape of Pivotal's webhooks; see hooklog.record_objects().
CREATE OR REPLACE FUNCTION hooklog.shape_pivotal(
    workspace bigint, live boolean, type text, object_id text, at text, document jsonb, previous jsonb
) RETURNS json
LANGUAGE sql VOLATILE AS $$
    SELECT json_build_object(
        'id', 'evt_' || replace(gen_random_uuid()::text, '-', ''),
        'type', type,
        'created_at', at,
        'org_id', 'org_' || workspace,
        'livemode', live,
        'api_version', 'v1',
        'data', CASE
            WHEN previous IS NULL THEN json_build_object('object', document)
            ELSE json_build_object('object', document, 'previous_attributes', previous)
        END)
$$;
