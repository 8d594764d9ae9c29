-- Makes the log's monthly partitions from the month of $1 on, $2 months in all. Returns the names of the new ones. Gives the
-- trigger that refuses changes (see hooklog.refuse_change()) to every table of the log and its ledger that lacks it: that waits
-- for appends in flight; inserts fire no such trigger.
-- CREATE … PARTITION OF would wait behind any open query on the log and stop all appends behind it. A table made
-- apart and then attached takes only a lock that reads and appends pass; its CHECK saves the scan.
-- A lock that is not had in 100 ms fails with 55P03: try again.
CREATE OR REPLACE FUNCTION hooklog.make_partitions(from_time timestamptz, months integer)
RETURNS SETOF text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET TimeZone = 'UTC'
SET lock_timeout = '100ms'
AS $$
DECLARE
    lower_bound timestamptz;
    upper_bound timestamptz;
    partition text;
    unguarded regclass;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('hooklog.make_partitions'));
    FOR month IN 0 .. months - 1 LOOP
        lower_bound := date_trunc('month', from_time) + make_interval(months => month);
        upper_bound := date_trunc('month', from_time) + make_interval(months => month + 1);
        partition := 'event_' || to_char(lower_bound, 'YYYY_MM');
        CONTINUE WHEN to_regclass('hooklog.' || partition) IS NOT NULL;
        EXECUTE format(
            'CREATE TABLE hooklog.%I ('
                'LIKE hooklog.event INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING COMPRESSION)',
            partition);
        EXECUTE format(
            'ALTER TABLE hooklog.%I ADD CONSTRAINT received_at_check CHECK (received_at >= %L AND received_at < %L)',
            partition, lower_bound, upper_bound);
        EXECUTE format(
            'ALTER TABLE hooklog.event ATTACH PARTITION hooklog.%I FOR VALUES FROM (%L) TO (%L)',
            partition, lower_bound, upper_bound);
        EXECUTE format('ALTER TABLE hooklog.%I DROP CONSTRAINT received_at_check', partition);
        RETURN NEXT partition;
    END LOOP;
    FOR unguarded IN SELECT u FROM hooklog.unguarded_tables() AS u LOOP
        EXECUTE format(
            'CREATE OR REPLACE TRIGGER refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON %s'
                ' FOR EACH STATEMENT EXECUTE FUNCTION hooklog.refuse_change()',
            unguarded);
    END LOOP;
END
$$;
