-- The logs in which positions are missing between partitions, or before the first: a month that was lost, or replaced by an
-- empty table. after is the last position before the hole, before the first one behind it.
-- Costs two index probes of each partition for each log; locks nothing. Relies on event_pkey.
CREATE OR REPLACE FUNCTION hooklog.log_holes()
RETURNS TABLE (workspace_id bigint, after bigint, before bigint)
LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN QUERY EXECUTE (
        SELECT format(
            'SELECT s.workspace_id, s.after, s.first
            FROM (
                SELECT p.workspace_id, p.first,
                    coalesce(lag(p.last) OVER (PARTITION BY p.workspace_id ORDER BY p.first), h.archived_position) AS after
                FROM (%s) AS p
                JOIN hooklog.log_head AS h ON h.workspace_id = p.workspace_id
                WHERE p.first IS NOT NULL
            ) AS s
            WHERE s.first <> s.after + 1',
            string_agg(
                format(
                    'SELECT h.workspace_id,
                        (SELECT min(e.position) FROM %1$s AS e WHERE e.workspace_id = h.workspace_id) AS first,
                        (SELECT max(e.position) FROM %1$s AS e WHERE e.workspace_id = h.workspace_id) AS last
                    FROM hooklog.log_head AS h',
                    t.relid::regclass),
                ' UNION ALL '))
        FROM pg_partition_tree('hooklog.event'::regclass) AS t
        WHERE t.isleaf
            AND t.level > 0);
END
$$;
