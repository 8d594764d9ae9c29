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
