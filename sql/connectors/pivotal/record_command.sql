-- Records what a command decided as events in the shape of Pivotal's webhooks, and returns the position of the last. See
-- hooklog.record_bodies().
--
-- $1 workspace   bigint
-- $2 generation  bigint         the one that is held
-- $3 live        boolean
-- $4 key_id      bigint         recorded as the actor
-- $5 at          timestamptz    when it was decided
-- $6 types       text[]         of each event, in order
-- $7 documents   jsonb[]        the whole object after it
-- $8 previous    jsonb[]        what the attributes that it changed were, or NULL
-- $9 since       timestamptz[]  when the object last changed, or NULL: an event is never older, so that it always shows
--
-- Times go out to the microsecond, since the time of an event decides what it overrides.
CREATE OR REPLACE FUNCTION hooklog.record_command(
    workspace bigint,
    generation bigint,
    live boolean,
    key_id bigint,
    at timestamptz,
    types text[],
    documents jsonb[],
    previous jsonb[],
    since timestamptz[]
) RETURNS bigint
LANGUAGE plpgsql VOLATILE
SET search_path = pg_catalog, pg_temp
SET TimeZone = 'UTC'
AS $$
#variable_conflict use_column
DECLARE
    bodies bytea[];
BEGIN
    bodies := ARRAY(
        SELECT convert_to(
            json_build_object(
                'id', 'evt_' || replace(gen_random_uuid()::text, '-', ''),
                'type', f.type,
                'created_at', to_char(greatest(at, f.since), 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
                'org_id', 'org_' || workspace,
                'livemode', live,
                'api_version', 'v1',
                'data', CASE
                    WHEN f.previous IS NULL THEN json_build_object('object', f.document)
                    ELSE json_build_object('object', f.document, 'previous_attributes', f.previous)
                END)::text,
            'UTF8')
        FROM unnest(types, documents, previous, since) WITH ORDINALITY AS f (type, document, previous, since, ordinal)
        ORDER BY f.ordinal);
    RETURN hooklog.record_bodies(
        workspace, generation, key_id, 'pivotal', array_fill(NULL::text, ARRAY[cardinality(bodies)]), bodies);
END
$$;
