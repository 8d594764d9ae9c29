-- Where the ledger says that the log ends, one event a position: what an append compares the log with.
CREATE UNIQUE INDEX delivery_position_key ON hooklog.delivery (workspace_id, position);

-- Up to where the events of a log may lie elsewhere, because they were archived.
ALTER TABLE hooklog.log_head ADD COLUMN archived_position bigint NOT NULL DEFAULT 0;

-- Written and rolled back by those who ask whether the database takes writes; always empty.
CREATE TABLE hooklog.write_trial (
    filler text NOT NULL
);
ALTER TABLE hooklog.write_trial ALTER COLUMN filler SET STORAGE PLAIN;

-- What is to be known of an event's payload; see hooklog.parse_body(). NULL: it says what the body says, or the event is
-- from before this was recorded.
ALTER TABLE hooklog.event ADD COLUMN payload_note text;

-- Bodies and payloads are compressed while the log's lock is held: lz4, where this PostgreSQL has it, takes a fifth of the
-- time. For each partition; new ones are made alike.
DO $$
DECLARE
    compressed regclass;
BEGIN
    FOR compressed IN
        SELECT p.relid
        FROM pg_partition_tree('hooklog.event'::regclass) AS p
    LOOP
        EXECUTE format(
            'ALTER TABLE %s ALTER COLUMN body SET COMPRESSION lz4, ALTER COLUMN payload SET COMPRESSION lz4', compressed);
    END LOOP;
EXCEPTION WHEN feature_not_supported THEN
    NULL;
END
$$;

-- The place of an event among those of its entity that happened at the same time, by its source's own count; NULL where the
-- source has none. Its source says where it stands.
ALTER TABLE hooklog.event ADD COLUMN sequence bigint;
