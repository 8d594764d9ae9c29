-- Says of each line of an import whether the log needs it: compares the objects with what the log says they are, and gives
-- the events to append.
--
-- $1 workspace bigint
-- $2 connector text         the source's
-- $3 live      boolean      whether the objects are live data; events say it themselves
-- $4 at        timestamptz  when the lines were read: the time of objects that do not say when they changed
-- $5 kinds     text[]       the entity type of each, for objects that do not say it in a member "object"; or NULL
-- $6 lines     bytea[]      each one an object or an event as JSON
--
-- Returns a row per line in their order. outcome:
--   append     with body: the event (NULL: the line as it is), event_id: the delivery id to append it under, or NULL,
--              and headers
--   unchanged  the log has it
--   again      an earlier line is about the same entity: compare once that one is in the log
--   skipped, refused   with reason: not_json, not_object, no_id, unknown_type, other_system, thin, no_payload
--
-- An object is in the log when its members are those of the entity's document, now or at the object's own time. The log
-- itself is asked and no read model, so that nothing need be caught up. Usually the entity's last event answers; only
-- where it does not, the history is folded.
--
-- The id of the event is a hash of the object and of the position of the event that it supersedes. So the ledger takes an
-- object once however often it is sent, and still takes A after B after A.
-- Relies on event_entity_idx. Plans are made on an empty log; the settings leave them only that index.
CREATE OR REPLACE FUNCTION hooklog.compare_import(
    workspace bigint,
    connector text,
    live boolean,
    at timestamptz,
    kinds text[],
    lines bytea[]
) RETURNS TABLE (ordinal integer, outcome text, reason text, event_id text, headers jsonb, body bytea)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 500
SET search_path = pg_catalog, pg_temp
SET TimeZone = 'UTC'
SET enable_seqscan = off
SET enable_bitmapscan = off
SET enable_sort = off
SET jit = off
SET plan_cache_mode = force_generic_plan
AS $$
#variable_conflict use_column
DECLARE
    known_kinds text[] := hooklog.entity_types(connector);
    -- Leaves out the partitions of the months to come.
    until timestamptz := clock_timestamp() + interval '32 days';
BEGIN
    RETURN QUERY
    WITH input AS MATERIALIZED (
        SELECT
            i.ordinal,
            i.line,
            i.payload,
            i.form,
            CASE i.form
                WHEN 'object' THEN CASE
                    WHEN hooklog.text(i.payload, 'object') = ANY (known_kinds) THEN hooklog.text(i.payload, 'object')
                    WHEN i.kind = ANY (known_kinds) THEN i.kind
                END
                WHEN 'event' THEN e.entity_type
                WHEN 'exported' THEN hooklog.text(i.payload, 'entity_type')
            END AS entity_type,
            CASE i.form
                WHEN 'object' THEN hooklog.document_id(i.payload, 'id')
                WHEN 'event' THEN e.entity_id
                WHEN 'exported' THEN hooklog.text(i.payload, 'entity_id')
            END AS entity_id
        FROM (
            SELECT
                l.ordinal,
                l.line,
                l.kind,
                l.payload,
                CASE WHEN jsonb_typeof(l.payload) = 'object' THEN hooklog.import_form(connector, l.payload) END AS form
            FROM unnest(lines, kinds, hooklog.parse_bodies(lines)) WITH ORDINALITY
                AS l (line, kind, payload, ordinal)
            OFFSET 0
        ) AS i
        LEFT JOIN LATERAL hooklog.envelope(connector, i.payload, '{}') AS e ON i.form = 'event'
    ),
    judged AS MATERIALIZED (
        SELECT
            i.*,
            CASE
                WHEN i.payload IS NULL THEN 'not_json'
                WHEN i.form IS NULL THEN 'not_object'
                WHEN i.form = 'thin' THEN 'thin'
                WHEN i.form = 'exported' THEN CASE
                    WHEN i.payload ->> 'system' IS DISTINCT FROM connector THEN 'other_system'
                    WHEN jsonb_typeof(i.payload -> 'payload') = 'null' THEN 'no_payload'
                    WHEN connector = 'piriod' AND i.payload ->> 'entity_type' = 'notification' THEN 'thin'
                END
                WHEN i.form = 'object' AND i.entity_type IS NULL THEN 'unknown_type'
                WHEN i.form = 'object' AND i.entity_id IS NULL THEN 'no_id'
            END AS reason,
            i.ordinal >= min(i.ordinal) FILTER (WHERE i.form = 'object' AND i.nth > 1) OVER (
                PARTITION BY i.entity_type, i.entity_id
            ) AND i.entity_id IS NOT NULL AS is_again
        FROM (
            SELECT
                i.*,
                row_number() OVER (PARTITION BY i.entity_type, i.entity_id ORDER BY i.ordinal) AS nth
            FROM input AS i
        ) AS i
    ),
    object AS MATERIALIZED (
        SELECT
            j.ordinal,
            j.line,
            j.entity_type,
            j.entity_id,
            j.payload AS object,
            t.made_at,
            t.changed_at,
            k.position,
            CASE
                WHEN t.changed_at IS NOT NULL THEN t.changed_at
                WHEN t.tells_changes OR k.position IS NULL THEN coalesce(t.made_at, at)
                ELSE at
            END AS happened_at,
            coalesce(NOT hooklog.deletes(k.type) AND k.document || j.payload = k.document, false) AS is_last
        FROM judged AS j
        CROSS JOIN LATERAL hooklog.object_times(connector, j.payload) AS t
        LEFT JOIN LATERAL (
            SELECT
                e.position,
                e.type,
                hooklog.document(connector, e.type, e.payload) AS document
            FROM hooklog.event AS e
            WHERE e.workspace_id = workspace
                AND e.livemode = live
                AND e.system = connector
                AND e.entity_type = j.entity_type
                AND e.entity_id = j.entity_id
                AND e.received_at <= until
            ORDER BY e.occurred_at DESC, e.position DESC
            LIMIT 1
        ) AS k ON true
        WHERE j.form = 'object'
            AND j.reason IS NULL
            AND NOT coalesce(j.is_again, false)
    ),
    compared AS MATERIALIZED (
        SELECT
            o.*,
            coalesce(h.anchor, 0) AS anchor,
            coalesce(
                o.is_last
                    OR NOT h.is_gone AND h.document || o.object = h.document
                    OR NOT h.was_gone AND h.former || o.object = h.former,
                false) AS is_known
        FROM object AS o
        LEFT JOIN LATERAL (
            SELECT
                hooklog.merge(e.document ORDER BY e.occurred_at, e.position) AS document,
                hooklog.merge(e.document ORDER BY e.occurred_at, e.position) FILTER (
                    WHERE e.occurred_at <= o.happened_at
                ) AS former,
                (array_agg(e.deletes ORDER BY e.occurred_at DESC, e.position DESC))[1] AS is_gone,
                (array_agg(e.deletes ORDER BY e.occurred_at DESC, e.position DESC) FILTER (
                    WHERE e.occurred_at <= o.happened_at
                ))[1] AS was_gone,
                (array_agg(e.position ORDER BY e.occurred_at DESC, e.position DESC) FILTER (
                    WHERE e.occurred_at <= o.happened_at
                ))[1] AS anchor
            FROM (
                SELECT
                    e.occurred_at,
                    e.position,
                    hooklog.deletes(e.type) AS deletes,
                    hooklog.document(connector, e.type, e.payload) AS document
                FROM hooklog.event AS e
                WHERE e.workspace_id = workspace
                    AND e.livemode = live
                    AND e.system = connector
                    AND e.entity_type = o.entity_type
                    AND e.entity_id = o.entity_id
                    AND e.received_at <= until
                    AND o.position IS NOT NULL
                    AND NOT o.is_last
                OFFSET 0
            ) AS e
            WHERE jsonb_typeof(e.document) = 'object'
        ) AS h ON true
    ),
    enveloped AS MATERIALIZED (
        SELECT
            c.ordinal,
            c.line,
            c.event_id,
            v.head,
            v.tail
        FROM (
            SELECT
                c.*,
                'import:' || encode(
                    sha256(
                        convert_to(
                            concat_ws(
                                E'\n', connector, live, c.entity_type, c.entity_id, c.anchor, c.object::text
                            ),
                            'UTF8')),
                    'hex') AS event_id
            FROM compared AS c
            WHERE NOT c.is_known
            OFFSET 0
        ) AS c
        CROSS JOIN LATERAL hooklog.import_envelope(
            connector,
            workspace,
            live,
            c.event_id,
            c.entity_type || CASE
                WHEN c.anchor = 0 AND coalesce(c.changed_at <= c.made_at, true) THEN '.created'
                ELSE '.updated'
            END,
            c.entity_id,
            c.happened_at
        ) AS v
    )
    SELECT
        j.ordinal::integer,
        CASE
            WHEN j.reason IN ('thin', 'no_payload') THEN 'skipped'
            WHEN j.reason IS NOT NULL THEN 'refused'
            WHEN j.is_again THEN 'again'
            WHEN j.form = 'object' AND v.ordinal IS NULL THEN 'unchanged'
            ELSE 'append'
        END,
        j.reason,
        CASE
            WHEN j.form = 'exported' THEN hooklog.text(j.payload, 'id')
            WHEN j.form = 'object' AND connector <> 'pivotal' THEN v.event_id
        END,
        CASE
            WHEN j.form = 'exported' AND jsonb_typeof(j.payload -> 'headers') = 'object' THEN j.payload -> 'headers'
            ELSE '{}'
        END,
        CASE
            WHEN j.reason IS NOT NULL THEN NULL
            WHEN j.form = 'exported' THEN
                convert_to((convert_from(j.line, 'UTF8')::json -> 'payload')::text, 'UTF8')
            WHEN j.form = 'object' THEN
                convert_to(v.head, 'UTF8') || v.line || convert_to(v.tail, 'UTF8')
        END
    FROM judged AS j
    LEFT JOIN enveloped AS v ON v.ordinal = j.ordinal
    ORDER BY j.ordinal;
END
$$;
