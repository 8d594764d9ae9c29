-- What stands before and after an object in an event of Piriod's; see hooklog.import_envelope().
CREATE OR REPLACE FUNCTION hooklog.import_piriod(
    workspace bigint, live boolean, event_id text, type text, entity_id text, at text
) RETURNS text[]
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT ARRAY[
        format(
            '{"event":"%s","object_id":%s,"occurred_at":"%s","livemode":%s,"data":', type, to_json(entity_id), at, live::text),
        '}']
$$;
