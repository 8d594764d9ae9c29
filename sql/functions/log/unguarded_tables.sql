-- The tables of the log, its partitions and its ledger that lack the trigger which refuses changes, or have it disabled.
-- Statement triggers are not cloned to partitions, and TRUNCATE has no others. Reads the catalogue only.
CREATE OR REPLACE FUNCTION hooklog.unguarded_tables() RETURNS SETOF regclass
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $$
    SELECT t.relid
    FROM (
        SELECT p.relid
        FROM pg_partition_tree('hooklog.event'::regclass) AS p
        UNION ALL
        VALUES ('hooklog.delivery'::regclass), ('hooklog.delivery_conflict'::regclass)
    ) AS t
    WHERE NOT EXISTS (
        SELECT
        FROM pg_trigger AS g
        WHERE g.tgrelid = t.relid
            AND g.tgname = 'refuse_change'
            AND g.tgenabled IN ('O', 'A')
    )
$$;
