-- Adds to the counts of refused deliveries, and keeps samples: 100 per source and minute, 10 000 in all. Older samples
-- make room.
--
-- The lock makes the bounds hold when several processes write at once. Its later statements see what committed while it
-- waited. Relies on rejected_delivery_count_pkey, rejected_delivery_pkey and rejected_delivery_time_idx.
CREATE OR REPLACE FUNCTION hooklog.record_rejections(
    workspace bigint,
    counted_sources bigint[],
    counted_reasons text[],
    counts bigint[],
    last_times timestamptz[],
    sample_sources bigint[],
    sample_reasons text[],
    sample_times timestamptz[],
    sample_headers text[],
    sample_hashes bytea[],
    sample_sizes bigint[]
) RETURNS void
LANGUAGE plpgsql VOLATILE
SET TimeZone = 'UTC'
AS $$
DECLARE
    most_per_minute CONSTANT integer := 100;
    most_in_all CONSTANT integer := 10000;
    kept bigint;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('hooklog.record_rejections'));

    INSERT INTO hooklog.rejected_delivery_count AS c (workspace_id, source_id, reason, count, last_received_at)
    SELECT workspace, n.source, n.reason, n.count, n.last_time
    FROM unnest(counted_sources, counted_reasons, counts, last_times) AS n (source, reason, count, last_time)
    ON CONFLICT (workspace_id, source_id, reason) DO UPDATE
    SET count = c.count + excluded.count,
        last_received_at = greatest(c.last_received_at, excluded.last_received_at);

    INSERT INTO hooklog.rejected_delivery (
        workspace_id, source_id, received_at, reason, header_names, body_sha256, size
    )
    SELECT workspace, s.source, s.time, s.reason, string_to_array(s.headers, E'\n'), s.hash, s.size
    FROM (
        SELECT
            i.*,
            row_number() OVER (PARTITION BY i.source, date_trunc('minute', i.time) ORDER BY i.ordinal) AS nth
        FROM unnest(sample_sources, sample_reasons, sample_times, sample_headers, sample_hashes, sample_sizes)
            WITH ORDINALITY AS i (source, reason, time, headers, hash, size, ordinal)
    ) AS s
    WHERE s.nth + (
        SELECT count(*)
        FROM hooklog.rejected_delivery AS r
        WHERE r.workspace_id = workspace
            AND r.source_id = s.source
            AND r.received_at >= date_trunc('minute', s.time)
            AND r.received_at < date_trunc('minute', s.time) + interval '1 minute'
    ) <= most_per_minute;
    GET DIAGNOSTICS kept = ROW_COUNT;

    IF kept > 0 THEN
        DELETE FROM hooklog.rejected_delivery AS r
        USING (
            SELECT o.workspace_id, o.source_id, o.rejection_id
            FROM hooklog.rejected_delivery AS o
            ORDER BY o.received_at DESC, o.rejection_id DESC
            OFFSET most_in_all
        ) AS oldest
        WHERE r.workspace_id = oldest.workspace_id
            AND r.source_id = oldest.source_id
            AND r.rejection_id = oldest.rejection_id;
    END IF;
END
$$;
