-- Where each member of an entity was carried last, and what of its late documents counts: the members that no accepted event
-- after them carries.
--
-- known      what the entity is but for the late documents
-- noted      what this function said of the entity the last time (stamps); NULL: nothing
-- documents, times, sequences, positions   the late events, in the order of the fold; NULL: none. The last three may go on
--            with those after them.
-- last_at, last_sequence, last_position    the place of the entity's last event
-- horizon, until, refused, projection, generation   which events count; see create_table_functions
--
-- members    the members of the late documents that count
-- stamps     {"through": place, "members": {name: place}}, a place being [time, sequence, position]. A member that is not
--            named was carried by the event at "through".
--
-- Of the entity's events those after "through" are read, the newest first, until each member was seen; where events carry
-- whole objects, that is one event. Relies on event_entity_idx.
CREATE OR REPLACE FUNCTION hooklog.place_members(
    known jsonb, noted jsonb, documents jsonb[], times timestamptz[], sequences bigint[], positions bigint[],
    last_at timestamptz, last_sequence bigint, last_position bigint, workspace bigint, livemode boolean, system text,
    entity_type text, entity_id text, horizon bigint, until timestamptz, refused bigint[], projection text,
    generation bigint,
    OUT members jsonb, OUT stamps jsonb
)
LANGUAGE plpgsql STABLE
SET enable_sort = off
AS $$
#variable_conflict use_column
DECLARE
    through_at constant timestamptz := coalesce((noted #>> '{through,0}')::timestamptz, '-infinity');
    through_sequence constant bigint := coalesce((noted #>> '{through,1}')::bigint, 0);
    through_position constant bigint := coalesce((noted #>> '{through,2}')::bigint, 0);
    last_place constant jsonb := jsonb_build_array(last_at, last_sequence, last_position);
    -- The members of the late documents, and where the last of these that has each stands.
    late jsonb;
    late_places jsonb;
    -- The places of members that were seen, and the names of those that were not.
    places jsonb := '{}';
    missing jsonb;
    item record;
    seen record;
BEGIN
    SELECT
        coalesce(jsonb_object_agg(m.key, m.value), '{}'),
        coalesce(jsonb_object_agg(m.key, jsonb_build_array(times[m.nth], sequences[m.nth], positions[m.nth])), '{}')
    INTO late, late_places
    FROM (
        SELECT DISTINCT ON (v.key) v.key, v.value, d.nth
        FROM unnest(documents) WITH ORDINALITY AS d (document, nth)
        CROSS JOIN LATERAL jsonb_each(d.document) AS v
        ORDER BY v.key, d.nth DESC
    ) AS m;
    SELECT coalesce(jsonb_object_agg(k.key, NULL), '{}') INTO missing
    FROM jsonb_object_keys(known || late) AS k (key);
    FOR item IN
        SELECT
            e.place,
            CASE WHEN e.size <= hooklog.event_limit() THEN hooklog.document(e.system, e.type, e.payload) END AS document
        FROM (
            SELECT
                jsonb_build_array(e.occurred_at, coalesce(e.sequence, hooklog.no_sequence()), e.position) AS place,
                e.system,
                e.type,
                e.size,
                e.payload
            FROM hooklog.event AS e
            WHERE e.workspace_id = workspace
                AND e.livemode = place_members.livemode
                AND e.system = place_members.system
                AND e.entity_type = place_members.entity_type
                AND e.entity_id = place_members.entity_id
                AND e.occurred_at >= through_at
                AND e.position <= horizon
                AND e.received_at <= until
                AND (e.occurred_at, coalesce(e.sequence, hooklog.no_sequence()), e.position)
                    > (through_at, through_sequence, through_position)
                AND e.position <> ALL (refused)
                AND NOT EXISTS (
                    SELECT
                    FROM hooklog.dead_letter AS d
                    WHERE d.workspace_id = workspace
                        AND d.projection = place_members.projection
                        AND d.generation = place_members.generation
                        AND d.position = e.position
                        -- Those tell of the entity: the event at whose fold that was seen was accepted.
                        AND d.reason NOT IN ('outgrown', 'refused_as_a_whole')
                        AND d.resolution IS DISTINCT FROM 'retried'
                )
            ORDER BY e.occurred_at DESC, coalesce(e.sequence, hooklog.no_sequence()) DESC, e.position DESC
            OFFSET 0
        ) AS e
    LOOP
        CONTINUE WHEN jsonb_typeof(item.document) IS DISTINCT FROM 'object';
        SELECT jsonb_object_agg(k.key, item.place) AS places, array_agg(k.key) AS names INTO seen
        FROM jsonb_object_keys(item.document) AS k (key)
        WHERE missing ? k.key;
        CONTINUE WHEN seen.names IS NULL;
        places := places || seen.places;
        missing := missing - seen.names;
        EXIT WHEN missing = '{}';
    END LOOP;

    SELECT
        coalesce(jsonb_object_agg(m.name, late -> m.name) FILTER (WHERE m.counts), '{}'),
        jsonb_build_object('through', last_place)
            || CASE
                WHEN bool_or(m.place <> last_place)
                    THEN jsonb_build_object('members', jsonb_object_agg(m.name, m.place) FILTER (WHERE m.place <> last_place))
                ELSE '{}'
            END
    INTO members, stamps
    FROM (
        SELECT k.name, l.counts, CASE WHEN l.counts THEN late_places -> k.name ELSE o.place END AS place
        FROM jsonb_object_keys(places || missing) AS k (name)
        CROSS JOIN LATERAL (
            SELECT coalesce(
                places -> k.name, noted -> 'members' -> k.name, CASE WHEN known ? k.name THEN noted -> 'through' END) AS place
            OFFSET 0
        ) AS o
        CROSS JOIN LATERAL (
            SELECT late ? k.name
                AND (
                    o.place IS NULL
                    OR (
                        (late_places -> k.name ->> 0)::timestamptz,
                        (late_places -> k.name ->> 1)::bigint,
                        (late_places -> k.name ->> 2)::bigint
                    ) >= ((o.place ->> 0)::timestamptz, (o.place ->> 1)::bigint, (o.place ->> 2)::bigint)
                ) AS counts
            OFFSET 0
        ) AS l
        OFFSET 0
    ) AS m;
END
$$;
