-- Appends deliveries to a workspace's log, in one autocommit statement, and says of each what became of it.
--
-- $1 workspace    bigint
-- $2 sources      bigint[]   the source of each delivery
-- $3 connectors   text[]     the connector of each
-- $4 delivery_ids text[]     the signed delivery id of each, or NULL
-- $5 event_ids    text[]     what the envelope of each says: the event's own id, or NULL
-- $6 types        text[]     its type, or NULL; no longer than 255 bytes, as the others are
-- $7 entity_types text[]     the kind of object that it is about, or NULL
-- $8 entity_ids   text[]     the object's id, or NULL
-- $9 times        timestamptz[]  when it happened, or NULL
-- $10 modes       boolean[]  whether it is about live data, or NULL
-- $11 sequences   bigint[]   its place among the events of the same time, or NULL
-- $12 headers     jsonb[]    what is kept of each delivery's headers, names in lower case
-- $13 bodies      bytea[]    the exact bytes of each
-- $14 actor       text       who did it, NULL for a webhook
--
-- $15 unread_entity_types text[], $16 unread_times timestamptz[], $17 unread_sequences bigint[]  what is said of each without
--                            its body; NULL for nothing
-- $18 are_plain boolean      whether the bodies need not be searched; see hooklog.parse_bodies()
--
-- What the envelope says in the body counts only where the body is representable; else $15 to $17 do.
-- Returns a row per delivery in their order: inserted, duplicate (same id and body) or conflict (same id, other body:
-- the first one stays, this one is kept in delivery_conflict), with the position of the event that bears the id.
--
-- The bodies are read before the lock, for that takes seconds where they are large; each entry of the arrays is that of the
-- delivery of its ordinal, and no row carries a body along. Then come the lock and the reads, in statements of
-- their own, so they see all that committed while it waited; nobody else numbers or writes the ledger of this workspace
-- meanwhile. Positions are therefore 1, 2, 3, … in commit order.
-- A log that does not end where its floor and its ledger say has lost events, such as a month's partition that an empty
-- one took the place of: the append fails with 58000 and numbers nothing anew. Events that were archived are not lost.
-- Whoever prunes the ledger leaves its last row.
-- Relies on event_pkey, delivery_pkey and delivery_position_key.
CREATE OR REPLACE FUNCTION hooklog.append(
    workspace bigint,
    sources bigint[],
    connectors text[],
    delivery_ids text[],
    event_ids text[],
    types text[],
    entity_types text[],
    entity_ids text[],
    times timestamptz[],
    modes boolean[],
    sequences bigint[],
    headers jsonb[],
    bodies bytea[],
    actor text DEFAULT NULL,
    unread_entity_types text[] DEFAULT NULL,
    unread_times timestamptz[] DEFAULT NULL,
    unread_sequences bigint[] DEFAULT NULL,
    are_plain boolean DEFAULT false
) RETURNS TABLE (ordinal integer, outcome text, "position" bigint)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER ROWS 64
SET TimeZone = 'UTC'
AS $$
#variable_conflict use_column
DECLARE
    payloads jsonb[];
    notes text[];
    hashes bytea[];
    ids text[];
    floor record;
    last record;
    entered bigint;
    now_at timestamptz;
BEGIN
    SELECT p.payloads, p.notes INTO payloads, notes
    FROM hooklog.parse_bodies(bodies, are_plain) AS p;
    SELECT
        array_agg(i.body_sha256),
        array_agg(
            coalesce(
                CASE WHEN payloads[i.ordinal] IS NOT NULL THEN i.event_id END,
                nullif(i.delivery_id, ''),
                'sha256:' || encode(i.body_sha256, 'hex')))
    INTO hashes, ids
    FROM (
        SELECT d.ordinal, d.event_id, d.delivery_id, sha256(bodies[d.ordinal]) AS body_sha256
        FROM unnest(event_ids, delivery_ids) WITH ORDINALITY AS d (event_id, delivery_id, ordinal)
        OFFSET 0
    ) AS i;

    SELECT h.floor_position, h.floor_received_at, h.archived_position INTO floor
    FROM hooklog.log_head AS h
    WHERE h.workspace_id = workspace
    FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'workspace % does not exist', workspace USING ERRCODE = 'HL001';
    END IF;

    SELECT e.position, e.received_at INTO last
    FROM hooklog.last_event(workspace, floor.floor_position, floor.floor_received_at) AS e;
    SELECT d.position INTO entered
    FROM hooklog.delivery AS d
    WHERE d.workspace_id = workspace
        AND d.position >= floor.floor_position
    ORDER BY d.position DESC
    LIMIT 1;
    last.position := coalesce(last.position, floor.archived_position);
    IF last.position < floor.floor_position OR last.position <> coalesce(entered, floor.archived_position) THEN
        RAISE EXCEPTION 'the log of workspace % ends at position %, but its floor is at % and its ledger ends at %',
            workspace, last.position, floor.floor_position, coalesce(entered, 0)
            USING ERRCODE = '58000';
    END IF;
    now_at := greatest(clock_timestamp(), last.received_at, floor.floor_received_at);

    RETURN QUERY
    WITH identified AS MATERIALIZED (
        SELECT
            i.ordinal,
            i.source,
            i.event_id,
            i.body_sha256,
            (
                SELECT d
                FROM hooklog.delivery AS d
                WHERE d.workspace_id = workspace
                    AND d.source_id = i.source
                    AND d.event_id = i.event_id
            ) AS known,
            row_number() OVER (PARTITION BY i.source, i.event_id ORDER BY i.ordinal) AS nth
        FROM unnest(sources, ids, hashes) WITH ORDINALITY AS i (source, event_id, body_sha256, ordinal)
    ),
    numbered AS MATERIALIZED (
        SELECT
            i.ordinal,
            i.source,
            i.event_id,
            i.body_sha256,
            last.position + row_number() OVER (ORDER BY i.ordinal) AS position,
            payloads[i.ordinal] IS NOT NULL AS is_read,
            CASE WHEN payloads[i.ordinal] IS NULL THEN unread_times[i.ordinal] ELSE times[i.ordinal] END AS told_at
        FROM identified AS i
        WHERE i.known IS NULL
            AND i.nth = 1
    ),
    logged AS (
        INSERT INTO hooklog.event (
            workspace_id, position, received_at, occurred_at, source_id, size, livemode, system, type, entity_type,
            entity_id, event_id, delivery_id, actor, headers, body_sha256, body, payload, payload_note, sequence
        )
        SELECT
            workspace,
            n.position,
            now_at,
            CASE WHEN n.told_at <= now_at + interval '5 minutes' THEN n.told_at ELSE now_at END,
            n.source,
            octet_length(bodies[n.ordinal]),
            coalesce(CASE WHEN n.is_read THEN modes[n.ordinal] END, true),
            connectors[n.ordinal],
            CASE WHEN n.is_read THEN coalesce(types[n.ordinal], 'unknown') ELSE 'unparsed' END,
            CASE WHEN n.is_read THEN entity_types[n.ordinal] ELSE unread_entity_types[n.ordinal] END,
            CASE WHEN n.is_read THEN entity_ids[n.ordinal] END,
            n.event_id,
            delivery_ids[n.ordinal],
            actor,
            headers[n.ordinal],
            n.body_sha256,
            bodies[n.ordinal],
            payloads[n.ordinal],
            notes[n.ordinal],
            CASE WHEN n.is_read THEN sequences[n.ordinal] ELSE unread_sequences[n.ordinal] END
        FROM numbered AS n
        ORDER BY n.position
    ),
    entered AS (
        INSERT INTO hooklog.delivery (workspace_id, source_id, event_id, position, received_at, body_sha256)
        SELECT workspace, n.source, n.event_id, n.position, now_at, n.body_sha256
        FROM numbered AS n
    ),
    judged AS MATERIALIZED (
        SELECT
            i.ordinal,
            i.source,
            i.event_id,
            i.body_sha256,
            coalesce((i.known).position, n.position) AS position,
            CASE
                WHEN i.known IS NULL AND i.nth = 1 THEN 'inserted'
                WHEN coalesce((i.known).body_sha256, n.body_sha256) = i.body_sha256 THEN 'duplicate'
                ELSE 'conflict'
            END AS outcome
        FROM identified AS i
        LEFT JOIN numbered AS n ON n.source = i.source AND n.event_id = i.event_id
    ),
    set_aside AS (
        INSERT INTO hooklog.delivery_conflict (
            workspace_id, source_id, event_id, body_sha256, position, received_at, body
        )
        SELECT workspace, j.source, j.event_id, j.body_sha256, j.position, now_at, bodies[j.ordinal]
        FROM judged AS j
        WHERE j.outcome = 'conflict'
        ON CONFLICT DO NOTHING
    )
    SELECT j.ordinal::integer, j.outcome, j.position
    FROM judged AS j
    ORDER BY j.ordinal;
END
$$;
