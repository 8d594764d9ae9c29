-- Records the hash of the functions that have been installed.
-- $1 sha256 text
INSERT INTO hooklog.installed_functions (sha256)
VALUES ($1)
ON CONFLICT (one_row) DO UPDATE
SET sha256 = excluded.sha256;
