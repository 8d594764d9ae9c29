-- Writes as an append does, and takes it back. See hooklog.try_writing().
-- → done boolean
SELECT hooklog.try_writing() IS NOT NULL AS done;
