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
-- Deliveries are mostly new, so all are entered into the ledger at first, in a subtransaction; where its keys refuse that, it is
-- undone, and each is looked up. A batch with a repeated id leaves dead rows in the ledger, at most one for each delivery.
-- A log that does not end where its floor and its ledger say has lost events, such as a month's partition that an empty
-- one took the place of: the append fails with 58000 and numbers nothing anew. Events that were archived are not lost.
-- Empty months ahead make the look for the last event dear; they are asked only if what is before them is not what the ledger
-- ends with, as after a clock was put back. Events of more than a month ahead of clock and floor whose ledger is lost as well
-- are not seen here: hooklog.damaged_logs() sees them before the next append, hooklog.log_holes() after it.
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
    places bigint[];
    outcomes text[];
BEGIN
    SELECT p.payloads, p.notes INTO payloads, notes
    FROM hooklog.parse_bodies(bodies, are_plain) AS p;
    hashes := ARRAY(SELECT sha256(bodies[i.ordinal]) FROM generate_subscripts(bodies, 1) AS i (ordinal));
    ids := ARRAY(
        SELECT
            coalesce(
                CASE WHEN payloads[i.ordinal] IS NOT NULL THEN event_ids[i.ordinal] END,
                nullif(delivery_ids[i.ordinal], ''),
                'sha256:' || encode(hashes[i.ordinal], 'hex'))
        FROM generate_subscripts(bodies, 1) AS i (ordinal));

    SELECT h.floor_position, h.floor_received_at, h.archived_position INTO floor
    FROM hooklog.log_head AS h
    WHERE h.workspace_id = workspace
    FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'workspace % does not exist', workspace USING ERRCODE = 'HL001';
    END IF;

    now_at := greatest(clock_timestamp(), floor.floor_received_at);
    SELECT e.position, e.received_at INTO last
    FROM hooklog.last_event(
        workspace, floor.floor_position, floor.floor_received_at, now_at + interval '31 days') AS e;
    SELECT d.position INTO entered
    FROM hooklog.delivery AS d
    WHERE d.workspace_id = workspace
        AND d.position >= floor.floor_position
    ORDER BY d.position DESC
    LIMIT 1;
    IF (last.position = entered) IS NOT TRUE THEN
        SELECT e.position, e.received_at INTO last
        FROM hooklog.last_event(workspace, floor.floor_position, floor.floor_received_at) AS e;
    END IF;
    last.position := coalesce(last.position, floor.archived_position);
    IF last.position < floor.floor_position OR last.position <> coalesce(entered, floor.archived_position) THEN
        RAISE EXCEPTION 'the log of workspace % ends at position %, but its floor is at % and its ledger ends at %',
            workspace, last.position, floor.floor_position, coalesce(entered, 0)
            USING ERRCODE = '58000';
    END IF;
    now_at := greatest(now_at, last.received_at);

    BEGIN
        INSERT INTO hooklog.delivery (workspace_id, source_id, event_id, position, received_at, body_sha256)
        SELECT workspace, sources[i.ordinal], ids[i.ordinal], last.position + i.ordinal, now_at, hashes[i.ordinal]
        FROM generate_subscripts(ids, 1) AS i (ordinal);
        places := ARRAY(SELECT last.position + i.ordinal FROM generate_subscripts(ids, 1) AS i (ordinal));
    EXCEPTION WHEN unique_violation THEN
        SELECT j.outcomes, j.places INTO outcomes, places
        FROM hooklog.judge_deliveries(workspace, sources, ids, hashes, bodies, last.position, now_at) AS j;
    END;

    INSERT INTO hooklog.event (
        workspace_id, position, received_at, occurred_at, source_id, size, livemode, system, type, entity_type,
        entity_id, event_id, delivery_id, actor, headers, body_sha256, body, payload, payload_note, sequence
    )
    SELECT
        workspace,
        places[n.ordinal],
        now_at,
        CASE WHEN n.told_at <= now_at + interval '5 minutes' THEN n.told_at ELSE now_at END,
        sources[n.ordinal],
        octet_length(bodies[n.ordinal]),
        coalesce(CASE WHEN n.is_read THEN modes[n.ordinal] END, true),
        connectors[n.ordinal],
        CASE WHEN n.is_read THEN coalesce(types[n.ordinal], 'unknown') ELSE 'unparsed' END,
        CASE WHEN n.is_read THEN entity_types[n.ordinal] ELSE unread_entity_types[n.ordinal] END,
        CASE WHEN n.is_read THEN entity_ids[n.ordinal] END,
        ids[n.ordinal],
        delivery_ids[n.ordinal],
        actor,
        headers[n.ordinal],
        hashes[n.ordinal],
        bodies[n.ordinal],
        payloads[n.ordinal],
        notes[n.ordinal],
        CASE WHEN n.is_read THEN sequences[n.ordinal] ELSE unread_sequences[n.ordinal] END
    FROM (
        SELECT
            i.ordinal,
            payloads[i.ordinal] IS NOT NULL AS is_read,
            CASE WHEN payloads[i.ordinal] IS NULL THEN unread_times[i.ordinal] ELSE times[i.ordinal] END AS told_at
        FROM generate_subscripts(ids, 1) AS i (ordinal)
        WHERE outcomes IS NULL OR outcomes[i.ordinal] = 'inserted'
    ) AS n;

    RETURN QUERY
    SELECT i.ordinal, coalesce(outcomes[i.ordinal], 'inserted'), places[i.ordinal]
    FROM generate_subscripts(ids, 1) AS i (ordinal);
END
$$;
