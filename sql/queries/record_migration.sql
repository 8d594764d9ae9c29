-- Records that a migration has been applied.
-- $1 version integer, $2 name text
INSERT INTO hooklog.migration (version, name, applied_at)
VALUES ($1, $2, clock_timestamp());
