-- Reads the lines of an import: what each is, what it is about, and whether it can be imported at all.
--
-- $1 connector  text      the source's
-- $2 kinds      text[]    the entity type of each, for objects that do not say it in a member "object"; or NULL
-- $3 certain    boolean[] whether an object is of that type whatever it says
-- $4 body_limit integer   the most bytes that the source takes as a body, or NULL
-- $5 event_ids, $6 entity_types, $7 entity_ids  text[]  what each says of itself if it is an event; see hooklog.append()
-- $8 lines      bytea[]
--
-- Returns a row per line. own_id is the id of an event. reason says why it is left out: not_json, not_object, no_id,
-- unknown_type, too_long, other_system, thin, no_payload. is_repeated: the line before it about the same entity is the same
-- object, so this one changes nothing. round counts the objects that must be in the log before it can be compared: 0 is now.
CREATE OR REPLACE FUNCTION hooklog.read_import_lines(
    connector text,
    kinds text[],
    certain boolean[],
    body_limit integer,
    event_ids text[],
    entity_types text[],
    entity_ids text[],
    lines bytea[]
) RETURNS TABLE (
    ordinal integer,
    line bytea,
    payload jsonb,
    form text,
    entity_type text,
    entity_id text,
    own_id text,
    reason text,
    is_repeated boolean,
    round integer
)
LANGUAGE sql STABLE ROWS 500 AS $$
    WITH input AS MATERIALIZED (
        SELECT
            i.ordinal,
            i.line,
            i.payload,
            i.form,
            CASE i.form
                WHEN 'object' THEN CASE
                    WHEN NOT i.certain AND hooklog.text(i.payload, 'object') = ANY (i.types)
                        THEN hooklog.text(i.payload, 'object')
                    WHEN i.kind = ANY (i.types) THEN i.kind
                END
                WHEN 'event' THEN i.event_entity_type
                WHEN 'exported' THEN hooklog.text(i.payload, 'entity_type')
            END AS entity_type,
            CASE i.form
                WHEN 'object' THEN hooklog.document_id(i.payload, 'id')
                WHEN 'event' THEN i.event_entity_id
                WHEN 'exported' THEN hooklog.text(i.payload, 'entity_id')
            END AS entity_id,
            CASE i.form WHEN 'event' THEN i.event_id WHEN 'exported' THEN hooklog.text(i.payload, 'id') END AS own_id
        FROM (
            SELECT
                l.*,
                k.types,
                CASE
                    WHEN jsonb_typeof(l.payload) = 'object'
                        THEN hooklog.import_form(connector, k.types IS NOT NULL, l.payload)
                END AS form
            FROM unnest(
                lines, kinds, certain, event_ids, entity_types, entity_ids, (hooklog.parse_bodies(lines)).payloads
            ) WITH ORDINALITY
                AS l (line, kind, certain, event_id, event_entity_type, event_entity_id, payload, ordinal)
            CROSS JOIN (SELECT hooklog.entity_types(connector) AS types OFFSET 0) AS k
            OFFSET 0
        ) AS i
    ),
    followed AS MATERIALIZED (
        SELECT
            i.*,
            row_number() OVER same_entity AS nth,
            coalesce(
                i.entity_id IS NOT NULL
                    AND i.form = 'object'
                    AND lag(i.form) OVER same_entity = 'object'
                    AND lag(i.payload) OVER same_entity = i.payload,
                false) AS is_repeated
        FROM input AS i
        WINDOW same_entity AS (PARTITION BY i.entity_type, i.entity_id ORDER BY i.ordinal)
    )
    SELECT
        f.ordinal::integer,
        f.line,
        f.payload,
        f.form,
        f.entity_type,
        f.entity_id,
        f.own_id,
        CASE
            WHEN f.payload IS NULL THEN 'not_json'
            WHEN f.form IS NULL THEN 'not_object'
            WHEN f.form = 'thin' THEN 'thin'
            WHEN f.form = 'object' AND f.entity_type IS NULL THEN 'unknown_type'
            WHEN f.form = 'object' AND f.entity_id IS NULL THEN 'no_id'
            WHEN f.form = 'exported' AND f.payload ->> 'system' IS DISTINCT FROM connector THEN 'other_system'
            WHEN f.form = 'exported' AND jsonb_typeof(f.payload -> 'payload') = 'null' THEN 'no_payload'
            WHEN f.form = 'exported' AND hooklog.import_form(connector, true, f.payload -> 'payload') = 'thin' THEN 'thin'
            WHEN octet_length(f.line) > body_limit
                AND (f.form <> 'exported' OR octet_length(hooklog.exported_body(f.line)) > body_limit) THEN 'too_long'
        END,
        f.is_repeated,
        CASE WHEN f.entity_id IS NULL THEN 0 ELSE
            count(*) FILTER (WHERE f.form = 'object' AND f.nth > 1 AND NOT f.is_repeated) OVER (
                PARTITION BY f.entity_type, f.entity_id
                ORDER BY f.ordinal
            )
        END::integer
    FROM followed AS f
$$;
