-- Makes the log's monthly partitions ahead of time.
-- $1 months integer
-- → partition text, for each one made
SELECT p AS partition
FROM hooklog.make_partitions(clock_timestamp(), $1) AS p;
