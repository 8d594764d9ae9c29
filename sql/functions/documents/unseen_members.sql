-- The members of an entity's late documents that no accepted event after them carries.
--
-- known      what the entity is but for these documents: a member that is not there, nobody carries
-- documents, times, sequences, positions   the late events, in the order of the fold
-- horizon, until, refused, projection, generation   which later events count; see create_fold_function
--
-- Each member counts where it was carried last. The entity's events are read once, the newest first, until each member
-- was seen or the first of the late events is reached; where events carry whole objects, that is one event.
-- Relies on event_entity_idx.
CREATE OR REPLACE FUNCTION hooklog.unseen_members(
    known jsonb, documents jsonb[], times timestamptz[], sequences bigint[], positions bigint[], workspace bigint,
    livemode boolean, system text, entity_type text, entity_id text, horizon bigint, until timestamptz, refused bigint[],
    projection text, generation bigint
) RETURNS jsonb
LANGUAGE plpgsql STABLE
SET plan_cache_mode = force_generic_plan
SET enable_sort = off
AS $$
#variable_conflict use_column
DECLARE
    members jsonb;
    -- The number of the last document that carries each.
    carriers jsonb;
    first integer;
    item record;
    overridden text[];
BEGIN
    SELECT jsonb_object_agg(m.key, m.value), jsonb_object_agg(m.key, m.nth) FILTER (WHERE known ? m.key)
    INTO members, carriers
    FROM (
        SELECT DISTINCT ON (v.key) v.key, v.value, d.nth
        FROM unnest(documents) WITH ORDINALITY AS d (document, nth)
        CROSS JOIN LATERAL jsonb_each(d.document) AS v
        ORDER BY v.key, d.nth DESC
    ) AS m;
    SELECT min(c.value::integer) INTO first
    FROM jsonb_each_text(carriers) AS c;
    IF first IS NULL THEN
        RETURN coalesce(members, '{}');
    END IF;
    FOR item IN
        SELECT e.occurred_at, e.sequence, e.position, e.document
        FROM (
            SELECT
                e.occurred_at,
                coalesce(e.sequence, hooklog.no_sequence()) AS sequence,
                e.position,
                CASE WHEN e.size <= hooklog.event_limit() THEN hooklog.document(e.system, e.type, e.payload) END AS document
            FROM hooklog.event AS e
            WHERE e.workspace_id = workspace
                AND e.livemode = unseen_members.livemode
                AND e.system = unseen_members.system
                AND e.entity_type = unseen_members.entity_type
                AND e.entity_id = unseen_members.entity_id
                AND e.occurred_at >= times[first]
                AND e.position <= horizon
                AND e.received_at <= until
                AND e.position <> ALL (refused)
                AND NOT EXISTS (
                    SELECT
                    FROM hooklog.dead_letter AS d
                    WHERE d.workspace_id = workspace
                        AND d.projection = unseen_members.projection
                        AND d.generation = unseen_members.generation
                        AND d.position = e.position
                        AND d.reason <> ALL (hooklog.reasons_of_entities())
                        AND d.resolution IS DISTINCT FROM 'retried'
                )
            ORDER BY e.occurred_at DESC, e.position DESC
        ) AS e
    LOOP
        CONTINUE WHEN jsonb_typeof(item.document) IS DISTINCT FROM 'object';
        SELECT array_agg(k.key) INTO overridden
        FROM jsonb_object_keys(item.document) AS k (key)
        WHERE carriers ? k.key
            AND (item.occurred_at, item.sequence, item.position) > (
                times[(carriers ->> k.key)::integer],
                sequences[(carriers ->> k.key)::integer],
                positions[(carriers ->> k.key)::integer]);
        CONTINUE WHEN overridden IS NULL;
        members := members - overridden;
        carriers := carriers - overridden;
        EXIT WHEN carriers = '{}';
    END LOOP;
    RETURN members;
END
$$;
