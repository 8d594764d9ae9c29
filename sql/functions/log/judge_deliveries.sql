-- What becomes of each of the deliveries that are not all new, in their order, and the position of the event that bears the
-- id. Enters the new ones into the ledger, numbered on from a position, and sets conflicts aside; their events are left to
-- hooklog.append(), which says what the arguments are and holds the lock. Relies on delivery_pkey.
CREATE OR REPLACE FUNCTION hooklog.judge_deliveries(
    workspace bigint,
    sources bigint[],
    ids text[],
    hashes bytea[],
    bodies bytea[],
    last_position bigint,
    now_at timestamptz,
    OUT outcomes text[],
    OUT places bigint[]
)
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
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
    entered AS (
        INSERT INTO hooklog.delivery (workspace_id, source_id, event_id, position, received_at, body_sha256)
        SELECT workspace, i.source, i.event_id, last_position + row_number() OVER (ORDER BY i.ordinal), now_at, i.body_sha256
        FROM identified AS i
        WHERE i.known IS NULL
            AND i.nth = 1
        RETURNING source_id, event_id, position, body_sha256
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
        LEFT JOIN entered AS n ON n.source_id = i.source AND n.event_id = i.event_id
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
    SELECT array_agg(j.outcome ORDER BY j.ordinal), array_agg(j.position ORDER BY j.ordinal) INTO outcomes, places
    FROM judged AS j;
END
$$;
