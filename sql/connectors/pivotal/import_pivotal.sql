-- What stands before and after an object in an event of Pivotal's; see hooklog.import_envelope().
CREATE OR REPLACE FUNCTION hooklog.import_pivotal(
    workspace bigint, live boolean, event_id text, type text, entity_id text, at text
) RETURNS text[]
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT ARRAY[
        format(
            '{"id":"%s","type":"%s","created_at":"%s","org_id":"org_%s","livemode":%s,"api_version":"v1",'
                '"data":{"object":',
            event_id, type, at, workspace, live::text),
        '}}']
$$;
