-- An event in the shape of a snapshot that was fetched from Piriod; see hooklog.record_objects().
CREATE OR REPLACE FUNCTION hooklog.shape_piriod(
    workspace bigint, live boolean, type text, object_id text, at text, document jsonb, previous jsonb
) RETURNS json
LANGUAGE sql VOLATILE AS $$
    SELECT json_build_object(
        'event', type, 'object_id', object_id, 'occurred_at', at, 'livemode', live, 'data', document)
$$;
