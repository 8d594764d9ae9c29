-- Writes as an append does, and takes it back. See functions/log/try_writing.sql.
-- → done boolean
SELECT hooklog.try_writing() IS NOT NULL AS done;
