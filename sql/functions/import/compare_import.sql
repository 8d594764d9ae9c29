-- Says of each line of an import whether the log needs it: compares the objects with what the log says they are, and gives
-- the events to append.
--
-- $1 workspace  bigint
-- $2 source     bigint       the source in whose name is appended
-- $3 connector  text         the source's
-- $4 live       boolean      whether the objects are live data; events say it themselves
-- $5 at         timestamptz  when the lines were read: the time of objects that do not say when they changed
-- $6 kinds      text[]       the entity type of each, for objects that do not say it in a member "object"; or NULL
-- $7 certain    boolean[]    whether an object is of that type whatever it says
-- $8 body_limit integer      the most bytes that the source takes as a body, or NULL
-- $9 event_ids, $10 entity_types, $11 entity_ids  text[]  what each says of itself if it is an event; see hooklog.append()
-- $12 lines     bytea[]      each one an object or an event as JSON
--
-- Returns a row per line in their order. outcome:
--   append     with body: the event (NULL: the line as it is), event_id: the delivery id to append it under, or NULL,
--              headers, and is_object
--   unchanged  the log has it
--   again      an earlier line is about the same entity: compare it with the others of its round, once the lines of the
--              rounds before are in the log
--   skipped, refused   with reason, see read_import_lines; and for other_system the system
--
-- An object is in the log when its members are those of the entity's document, now or at the object's own time. The log
-- itself is asked and no read model, so that nothing need be caught up. An event is in the log when its source has
-- delivered it; one that Hooklog printed, when any source of the workspace has, its own commands included.
--
-- The id of the event is a hash of the object and of the position of the event that it supersedes. So the ledger takes an
-- object once however often it is sent, and still takes A after B after A.
-- Relies on event_entity_idx and delivery_pkey.
CREATE OR REPLACE FUNCTION hooklog.compare_import(
    workspace bigint,
    source bigint,
    connector text,
    live boolean,
    at timestamptz,
    kinds text[],
    certain boolean[],
    body_limit integer,
    event_ids text[],
    entity_types text[],
    entity_ids text[],
    lines bytea[]
) RETURNS TABLE (
    ordinal integer,
    outcome text,
    reason text,
    system text,
    round integer,
    is_object boolean,
    event_id text,
    headers jsonb,
    body bytea
)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 500
SET TimeZone = 'UTC'
SET enable_sort = off
AS $$
#variable_conflict use_column
DECLARE
    -- 0 is Hooklog's own API.
    sources bigint[] := ARRAY[0, source]
        || ARRAY(SELECT s.source_id FROM hooklog.source AS s WHERE s.workspace_id = workspace AND s.source_id <> source);
BEGIN
    RETURN QUERY
    WITH line AS MATERIALIZED (
        SELECT l.*
        FROM hooklog.read_import_lines(
            connector, kinds, certain, body_limit, event_ids, entity_types, entity_ids, lines
        ) AS l
    ),
    lacking AS MATERIALIZED (
        SELECT
            l.ordinal,
            l.line,
            i.event_id,
            v.head,
            v.tail,
            v.has_id
        FROM line AS l
        CROSS JOIN LATERAL hooklog.compare_object(
            workspace, connector, live, at, l.entity_type, l.entity_id, l.payload
        ) AS c
        CROSS JOIN LATERAL (
            SELECT 'import:' || encode(
                sha256(
                    convert_to(
                        concat_ws(E'\n', connector, live, l.entity_type, l.entity_id, c.anchor, l.payload::text),
                        'UTF8')),
                'hex') AS event_id
            OFFSET 0
        ) AS i
        CROSS JOIN LATERAL hooklog.import_envelope(
            connector,
            workspace,
            live,
            i.event_id,
            l.entity_type || CASE WHEN c.is_first THEN '.created' ELSE '.updated' END,
            l.entity_id,
            c.happened_at
        ) AS v
        WHERE l.form = 'object'
            AND l.reason IS NULL
            AND l.round = 0
            AND NOT l.is_repeated
            AND NOT c.is_known
    )
    SELECT
        l.ordinal,
        CASE
            WHEN l.reason IN ('thin', 'no_payload', 'other_system') THEN 'skipped'
            WHEN l.reason IS NOT NULL THEN 'refused'
            WHEN l.is_repeated THEN 'unchanged'
            WHEN l.round > 0 THEN 'again'
            WHEN l.form = 'object' AND n.ordinal IS NULL THEN 'unchanged'
            WHEN l.form = 'exported'
                AND hooklog.is_event_in_log(workspace, sources, connector, l.own_id, l.payload -> 'payload') THEN 'unchanged'
            WHEN l.form = 'event'
                AND hooklog.is_event_in_log(workspace, ARRAY[source], connector, l.own_id, l.payload) THEN 'unchanged'
            ELSE 'append'
        END,
        l.reason,
        CASE WHEN l.reason = 'other_system' THEN left(coalesce(hooklog.text(l.payload, 'system'), '?'), 64) END,
        l.round,
        coalesce(l.form = 'object', false),
        CASE
            WHEN l.form = 'exported' THEN l.own_id
            WHEN l.form = 'object' AND NOT n.has_id THEN n.event_id
        END,
        CASE
            WHEN l.form = 'exported' AND jsonb_typeof(l.payload -> 'headers') = 'object' THEN l.payload -> 'headers'
            ELSE '{}'
        END,
        CASE
            WHEN l.reason IS NOT NULL THEN NULL
            WHEN l.form = 'exported' THEN hooklog.exported_body(l.line)
            WHEN l.form = 'object' THEN convert_to(n.head, 'UTF8') || n.line || convert_to(n.tail, 'UTF8')
        END
    FROM line AS l
    LEFT JOIN lacking AS n ON n.ordinal = l.ordinal
    ORDER BY l.ordinal;
END
$$;
